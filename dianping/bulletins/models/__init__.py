"""通报 and 先进典型: what is told to a chosen circle, and to whom it went."""

from dianping.bulletins.models.bulletin import Bulletin
from dianping.bulletins.models.case import ModelCase
from dianping.bulletins.models.copy import Copy

__all__ = ["Bulletin", "Copy", "ModelCase"]
