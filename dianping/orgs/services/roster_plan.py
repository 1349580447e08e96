"""What taking a roster would change, as values: the preview shows them, the writer writes them and nothing else."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from dianping.base.sheets import Problem
from dianping.orgs.models import Charge, Membership, Organisation, Role
from dianping.orgs.rules.roster import MemberRow, OrganisationRow, Roster
from dianping.orgs.services.roster_scope import Scope

VACANT = "空缺"
# Every kind of change, and how it is called.
KINDS = (
    ("founded", "新设组织"),
    ("revived", "恢复组织"),
    ("gone", "撤销组织"),
    ("altered", "更改组织"),
    ("joined", "新增党员"),
    ("left", "离开"),
    ("moved", "转移支部"),
    ("amended", "更改信息"),
    ("posts", "党内职务"),
    ("leaders", "班子成员"),
    ("charges", "分管和联系点"),
)
HEAVY_MEMBERS, HEAVY_SHARE, HEAVY_ORGANISATIONS = 10, 0.05, 2  # beyond these what goes must be typed out


class Someone(NamedTuple):
    """A person of the system, or of a row that makes one: `person` is a key, `member` and `leader` are indexes of rows."""

    name: str
    person: int | None = None
    member: int | None = None
    leader: int | None = None


class Seat(NamedTuple):
    """A seat of the system (`post`), or one an import makes."""

    organisation: str
    role: str
    title: str
    post: int | None = None
    number: int = 0  # tells new leaders' seats of one organisation apart

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it this seat."""
        return ("post", self.post) if self.post else ("new", self.organisation, self.role, self.number)


class PostChange(NamedTuple):
    """Who sits in a seat: before, after. `who` is None when it falls vacant; `why`: named, unnamed, left, gone, titled."""

    seat: Seat
    before: str
    after: str
    who: Someone | None
    why: str
    title_before: str = ""

    @property
    def is_leaders(self) -> bool:
        """Whether it is a seat of a leading group."""
        return self.seat.role == Role.LEADER

    def __str__(self) -> str:
        if self.why == "titled":
            return f"{self.after}：{self.title_before} → {self.seat.title}（{self.seat.organisation}）"
        return f"{self.seat.organisation}{self.seat.title}：{self.before} → {self.after}"


class ChargeChange(NamedTuple):
    """Who is in charge of, or in contact with, an organisation: before, after. `seat` is None when it ends."""

    kind: str
    organisation: str
    before: str
    after: str
    seat: Seat | None
    ended: int | None = None  # the charge that ends

    def __str__(self) -> str:
        return f"{Charge.Kind(self.kind).label}{self.organisation}：{self.before} → {self.after}"


class Amended(NamedTuple):
    """One word about a person: what it is called, before, after."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label} {self.before or '空白'} → {self.after or '空白'}"


@dataclass(frozen=True, slots=True)
class MemberChange:
    """One member whose record differs from the roster: where he stands now, the row that says otherwise, and in what."""

    membership: Membership
    row: MemberRow
    mark: str | None = None
    amended: tuple[Amended, ...] = ()

    def __str__(self) -> str:
        words = "，".join(map(str, self.amended))
        if self.membership.organisation.name == self.row.branch_name:
            return f"{self.row.name}（{words}）"
        moved = f"{self.row.name}：{self.membership.organisation.name} → {self.row.branch_name}"
        return f"{moved}（{words}）" if words else moved


@dataclass(slots=True)
class RosterPlan:
    """A judged workbook and what it would change. Only a plan without problems can be written."""

    file_name: str
    digest: str
    roster: Roster
    scope: Scope = field(default_factory=Scope)
    proposed: Scope = field(default_factory=Scope)
    fingerprints: list[str | None] = field(default_factory=list)  # one a member row
    founded: list[OrganisationRow] = field(default_factory=list)
    revived: list[Organisation] = field(default_factory=list)  # dissolved, and listed again
    gone: list[Organisation] = field(default_factory=list)  # no longer in the list of organisations
    altered: list[tuple[Organisation, OrganisationRow]] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)  # indexes into roster.members
    left: list[Membership] = field(default_factory=list)
    moved: list[MemberChange] = field(default_factory=list)
    amended: list[MemberChange] = field(default_factory=list)
    posts: list[PostChange] = field(default_factory=list)
    charges: list[ChargeChange] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)  # sentences on what lies outside the scope
    places: dict[str, Organisation] = field(
        default_factory=dict
    )  # what each name of the file means in the system
    people: dict[int, int] = field(
        default_factory=dict
    )  # the person of a member row, where the system has him
    in_scope: int = 0  # members standing in the scope
    first: bool = True
    seen: tuple[int | None, ...] = ()  # `mark_of_the_roster` when it was compared

    @property
    def problems(self) -> list[Problem]:
        """Every fault found."""
        return self.roster.problems

    @property
    def notes(self) -> list[str]:
        """What is to be known before it is written."""
        return [*self.roster.notes, *self.untouched]

    def counts(self) -> dict[str, int]:
        """The numbers of the report."""
        return {
            "organisations": len(self.roster.organisations),
            "people": len(self.roster.members),
            "leaders": len(self.roster.leaders),
        }

    def changes(self) -> dict[str, int]:
        """How many of each kind of change."""
        return {key: len(lines) for key, _, lines in self.lines()}

    def lines(self) -> list[tuple[str, str, list[str]]]:
        """Every change: (key, kind in words, one line each). What is not here is not written."""
        members = self.roster.members
        joined = [f"{members[at].name}（{members[at].branch_name}）" for at in self.joined]
        found = {
            "founded": [f"{row.name}（{row.code}）" for row in self.founded],
            "revived": [f"{one.name}（{one.dissolved} 撤销）" for one in self.revived],
            "gone": [one.name for one in self.gone],
            "altered": [_altered(one, row) for one, row in self.altered],
            "joined": joined,
            "left": [f"{m.person.name}（{m.organisation.name}）" for m in self.left],
            "moved": list(map(str, self.moved)),
            "amended": list(map(str, self.amended)),
            "posts": [str(change) for change in self.posts if not change.is_leaders],
            "leaders": [str(change) for change in self.posts if change.is_leaders],
            "charges": list(map(str, self.charges)),
        }
        return [(key, word, found[key]) for key, word in KINDS]

    @property
    def mark(self) -> str:
        """What was shown, as a digest: what is written later must be the same."""
        return hashlib.sha256(repr(self.lines()).encode()).hexdigest()

    @property
    def to_confirm(self) -> int:
        """How many would leave or be dissolved, when that is so many that the number must be typed out; else 0."""
        heavy = len(self.gone) >= HEAVY_ORGANISATIONS or (
            len(self.left) > HEAVY_MEMBERS and len(self.left) > HEAVY_SHARE * self.in_scope
        )
        return len(self.left) + len(self.gone) if heavy else 0


def _altered(organisation: Organisation, row: OrganisationRow) -> str:
    parent = organisation.parent.name if organisation.parent else ""
    pairs = [
        ("名称", organisation.name, row.name),
        ("类别", organisation.kind, row.kind),
        ("单位类型", organisation.unit_kind, row.unit_kind),
        ("上级", parent, row.parent_name),
    ]
    words = "，".join(str(Amended(*pair)) for pair in pairs if pair[1] != pair[2])
    return f"{organisation.name}（{words}）"
