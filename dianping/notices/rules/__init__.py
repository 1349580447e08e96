"""Reading a notice: a text in, everything a careful clerk would mark in it out. It proposes and never decides."""

from dianping.notices.rules.model import Reading
from dianping.notices.rules.reading import read_notice
from dianping.notices.rules.shape import as_json

__all__ = ["Reading", "as_json", "read_notice"]
