"""Classes of target on pages."""

from django import template

from dianping.duties.selectors.lines import target_words

register = template.Library()
register.filter(target_words)
