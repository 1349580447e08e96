"""Like texts: one new text against earlier ones (`alike`), and all groups among many (`groups_alike`)."""

from dianping.common.likeness.earlier import Earlier, Likeness, alike
from dianping.common.likeness.sweep import Shown, groups_alike
from dianping.common.likeness.wording import SAME, likeness

__all__ = ["SAME", "Earlier", "Likeness", "Shown", "alike", "groups_alike", "likeness"]
