"""征求意见与群众评议. SEALED: nobody outside this room imports these tables, and no table that holds anything of an
answer refers to a person, or to an account but the typist's of a paper form. Before opening there are envelopes only; after it there is what was released.
"""

from dianping.opinions.models.box import Box, Slot
from dianping.opinions.models.key import Key
from dianping.opinions.models.paper import PaperEntry
from dianping.opinions.models.poll import Group, Poll, Subject
from dianping.opinions.models.release import Figure, Point, Saying, Stub
from dianping.opinions.models.slip import Batch, Slip

__all__ = [
    "Batch",
    "Box",
    "Figure",
    "Group",
    "Key",
    "PaperEntry",
    "Point",
    "Poll",
    "Saying",
    "Slip",
    "Slot",
    "Stub",
    "Subject",
]
