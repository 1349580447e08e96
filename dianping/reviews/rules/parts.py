"""The parts of a review, once: the form, its templates, the offline workbook, the register, the person's file, corrections and
comparisons go through this list. Basis: 豫创组办发〔2010〕26号 二 (what is said of an organisation and of a member), 四.1, 四.3.

Another part is a column of `reviews.Review` (with its migration), a field of `ReviewInput`, and a line here. Whether a part must be
written is the programme's to say (`Template.parts`); `kept_of` says of whom it is never emptied again.
"""

from dataclasses import dataclass

ALL = frozenset({"organisation", "secretary", "member"})
BODIES = frozenset({"organisation", "secretary"})


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """One part, under the name of its column.

    many: problems, each a row of its own, instead of a text. said: what is said of the target; other reviews are compared by it,
    and it is a column of the register. reason: why an entry stands as it does; asked for only where there is cause. shown_empty: its
    absence is told where the review is read. rows, width: of the box on a page, of the column in the register. missing: what the
    register says in an empty cell that the programme demands.
    """

    key: str
    label: str
    clause: str
    many: bool = False
    said: bool = True
    reason: bool = False
    shown_empty: bool = False
    kept_of: frozenset[str] = frozenset()
    rows: int = 3
    width: int = 22
    heading: str = ""
    missing: str = ""

    @property
    def column(self) -> str:
        """What stands above it in the register."""
        return self.heading or self.label

    @property
    def told_missing(self) -> str:
        """The words of an empty cell of the register that should hold it."""
        return self.missing or f"尚未写{self.label}"


_PAPER = "豫创组办发〔2010〕26号"
PARTS = (
    ReviewPart("evaluation", "评价", f"{_PAPER} 二", kept_of=ALL, width=25),
    ReviewPart("achievements", "成绩", f"{_PAPER} 二", kept_of=BODIES),
    ReviewPart(
        "problems",
        "问题",
        f"{_PAPER} 二",
        many=True,
        width=28,
        heading="不足（问题）",
        missing="尚未指出不足",
    ),
    ReviewPart("direction", "努力方向", f"{_PAPER} 二", kept_of=ALL),
    ReviewPart("evidence", "依据", f"{_PAPER} 四.1", said=False, shown_empty=True, rows=2),
    ReviewPart("ground_absence", "没有在案依据的原因", f"{_PAPER} 四.1", said=False, reason=True, rows=2),
    ReviewPart("late_reason", "补录原因", f"{_PAPER} 四.3", said=False, reason=True, kept_of=ALL, rows=2),
    ReviewPart(
        "report_absence",
        "没有书面报告的原因",
        f"{_PAPER} 四.1",
        said=False,
        reason=True,
        kept_of=ALL,
        rows=2,
    ),
)
GROUNDS = "在案的依据"  # rows of their own beside the parts, ticked and not written
SAID = tuple(part for part in PARTS if part.said)
TEXTS = tuple(part for part in PARTS if not part.many)
CORRECTED = tuple(part for part in TEXTS if not part.reason)  # what the page of a correction offers
LABELS = {part.key: part.label for part in TEXTS}
CHANGED = LABELS | {"grounds": GROUNDS}  # what a correction may have changed


def problems_label(about: str) -> str:
    """What problems are called of a target: a member has 不足."""
    return "不足" if about == "member" else "问题"


def label_of(part: ReviewPart, about: str) -> str:
    """What a part is called of a target."""
    return problems_label(about) if part.many else part.label
