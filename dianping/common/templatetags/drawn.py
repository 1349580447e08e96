"""Pieces of a page that are the same for many pages: drawn once for the same values, in each process."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()
KEPT = 512  # drawings kept in a process, those asked for last


@register.simple_tag
def drawn(piece: str, **values: object) -> SafeString:
    """A piece (`common/_side.html`) drawn with these values and nothing else of the page.

    What is kept is a function of the values alone, so that nothing of it can be out of date: whoever has other rights or stands
    elsewhere gives other values. Not for what one person typed. Lists are taken as tuples; what cannot be compared is drawn anew.
    """
    given = tuple(
        (name, tuple(value) if isinstance(value, list) else value) for name, value in values.items()
    )
    try:
        return _kept(piece, given)
    except TypeError:  # a value that has no hash, such as a menu of dicts
        return _draw(piece, given)


def _draw(piece: str, given: tuple[tuple[str, object], ...]) -> SafeString:
    return render_to_string(piece, dict(given))


_kept = lru_cache(KEPT)(_draw)
