"""The kinds of duty, said once: everything that tells one kind from another takes it from here.

A new kind is one member below and the page it names, and who opens it: a programme's window (windows, opening, statements) or an act of
its own, with a table for what is written (written_report). Standard library only, so that models, statements, pages and rules may
all read it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


@dataclass(frozen=True, slots=True)
class Basis:
    """The clause a kind of duty rests on: the paper's number, the place in it, and what it says there."""

    paper: str
    place: str
    says: str


@dataclass(frozen=True, slots=True)
class KindOfDuty:
    """What is to be known of one kind.

    `label` names it in lists; `verb` begins its line on a desk (点评 …, 报送 …); `act` stands on its button and `page` is the
    name of the url where it is done (the duty's key is its one argument); `basis` is the clause shown where no window brings
    its own. `about` says what one is about, with {place}, {who} and {window} filled in: "" where the target says it. `many`
    says how many stand in one line, with {n}. `group` is the group of figures its windows are counted in, "" where it
    stands in no window or its targets say it. `singly`: demanded one by one by an act of its own, not opened in sets, so that the chain
    notes each as it is added. `handed_in`: done by somebody's noting on which day it came.
    """

    key: str
    label: str
    verb: str
    act: str
    page: str
    basis: Basis
    about: str = ""
    many: str = ""
    group: str = ""
    singly: bool = False
    handed_in: bool = False


class Kind(StrEnum):
    """What is owed; `Kind.REVIEW == "review"`, `Kind.REVIEW.of.verb == "点评"`.

    A review is owed about a class of target (`Target`); every other kind is a class of its own, under its own key.
    """

    of: KindOfDuty

    def __new__(cls, of: KindOfDuty) -> Self:
        """The key is the value, as it stands in the database."""
        member = str.__new__(cls, of.key)
        member._value_ = of.key
        member.of = of
        return member

    REVIEW = KindOfDuty(
        key="review",
        label="点评",
        verb="点评",
        act="登记点评",
        page="reviews:write",
        basis=Basis("豫创组办发〔2010〕26号", "四.4", "书记都作点评，组织和党员都被点评"),
    )
    PAPER = KindOfDuty(
        key="paper",
        label="材料",
        verb="报送",
        act="看材料",
        page="duties:duty",
        basis=Basis("平学院创组文〔2010〕1号", "2", "1月9日前报各单位践诺的整体情况"),
        about="{place}的{window}",
        many="{n} 份材料",
        group="papers",
        handed_in=True,
    )
    REPORT = KindOfDuty(
        key="report",
        label="专门书面报告",
        verb="写出",
        act="写报告",
        page="rectification:report",
        basis=Basis("豫创组办发〔2010〕26号", "四.1", "问题没有得到较好解决的，下次点评前写出专门书面报告"),
        about="专门书面报告（{who}）",
        many="{n} 份专门书面报告",
        singly=True,
    )

    HEARING = KindOfDuty(
        key="hearing",
        label="听取汇报",
        verb="召开",
        act="定日期和地点",
        page="occasions:hearing",
        basis=Basis("平学院创组文〔2010〕1号", "4", "元月中旬党委集中听取汇报，并对书记集中点评"),
        about="{window}",
        many="{n} 次听取汇报",
        group="hearings",
    )
    PREPARE = KindOfDuty(
        key="prepare",
        label="汇报材料",
        verb="准备",
        act="看汇报安排",
        page="duties:duty",
        basis=Basis("平学院创组文〔2010〕1号", "4", "元月中旬党委集中听取汇报，并对书记集中点评"),
        about="{place}的汇报材料（{window}）",
        many="{n} 份汇报材料",
        group="prepared",
        handed_in=True,
    )

    @property
    def names_itself(self) -> bool:
        """Whether what it is about already says what kind it is."""
        return self.of.label in self.of.about

    @property
    def names_its_window(self) -> bool:
        """Whether what it is about already says the window it stands in."""
        return "{window}" in self.of.about


# The target, and the responsibility, of the windows that count who has done all he owes: nothing is owed in them.
REVIEWERS, REVIEWERS_LINE = "reviewer", "reviewers"
OTHER_THAN_REVIEWS = tuple(kind for kind in Kind if kind is not Kind.REVIEW)


_BY_KEY = {str(kind.value): kind for kind in Kind}


def kind_of(key: str) -> Kind:
    """The kind a duty's column names. Raises KeyError for a key there is no kind of."""
    return _BY_KEY[key]


def kind_choices() -> list[tuple[str, str]]:
    """Key and label of every kind, for the column; a migration names this function, so that a new kind needs none."""
    return [(key, kind.of.label) for key, kind in _BY_KEY.items()]
