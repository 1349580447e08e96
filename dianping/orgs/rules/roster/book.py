"""The book of every organisation of the workbook and the system, for whoever refers to one by its name or a shorter one."""

import re
from collections.abc import Callable, Collection, Iterable
from os.path import commonprefix

from dianping.base.chinese_text import squeezed
from dianping.base.kinds import BRANCH_KINDS
from dianping.orgs.rules.roster.guesses import Guesses
from dianping.orgs.rules.roster.naming import ShortNames, parts_of
from dianping.orgs.rules.roster.problems import CellFault, quoted, shown
from dianping.orgs.rules.roster.rows import Known, OrganisationRow
from dianping.orgs.rules.roster.table import cell_text

_STEP = 4  # characters of one step in a place
_MOST_TOLD = 40
_MOST_GUESSED = 3
# What joins the names of two organisations: 某某支部及某某支部.
_JOINED = re.compile(r"以及|及|和|与|暨")


class Book:
    """Every organisation of the workbook and the system, by name. Spaces in a name do not tell two apart."""

    def __init__(self, known: Known) -> None:
        self._names = {squeezed(name): name for name in known.organisations}
        self.kind_of = {name: kind for name, (_, kind) in known.organisations.items()}
        self.parent_of: dict[str, str] = {}
        self._known = known
        self._region = known.region
        self._guesses: Guesses | None = None
        self._short: ShortNames | None = None
        self._own: set[str] = set()
        self._codes = {squeezed(code): name for name, (code, _) in known.organisations.items() if code}
        self._read_as: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._names)

    def enter(self, row: OrganisationRow) -> None:
        """Add an organisation of the workbook; it stands for the system's own of the same name."""
        self._names[squeezed(row.name)] = row.name
        self._own.add(row.name)
        if row.code:
            self._codes[squeezed(row.code)] = row.name
        self.kind_of[row.name] = row.kind

    def find(self, text: str, kinds: Collection[str] = ()) -> str:
        """The name as its own row writes it, or of the only one a shorter name means (that is told by `notes`).

        `kinds`: only of these. Raises a CellFault, with a guess, when there is no such organisation or several are meant.
        """
        key = squeezed(text)
        name = self._names.get(key) or self._codes.get(key) or self._one_of_several(key)
        name = name or self._short_for(key, kinds)
        if name is None:
            raise CellFault(
                f"写的是“{shown(text)}”，本表和系统中都没有这个党组织；这里应为已有党组织的全称。"
                f"{self.sentence(text)}请改成与党组织表完全一致的名称，或先在党组织表中补上它。",
                code="orgs.name-unknown",
            )
        return name

    def _short_for(self, key: str, kinds: Collection[str] = ()) -> str | None:
        found = self.all_meant(key, kinds)
        if len(found) > 1:
            raise CellFault(
                f"写的是“{shown(key)}”，可能是{'、'.join(map(quoted, found[:5]))}{'等' if len(found) > 5 else ''}，分不清是哪一个。"
                "请改成党组织的全称。",
                code="orgs.name-of-several",
            )
        if not found:
            return None
        self._read_as[key] = found[0]
        return found[0]

    def all_meant(self, key: str, kinds: Collection[str] = (), *, loosely: bool = False) -> list[str]:
        """Every organisation a short name may mean: of the workbook, and of the system as far as the file is at home there."""
        if self._short is None:
            self._short = ShortNames(name for name in self._names.values() if self._near(name))
        kinds = (*kinds, "") if kinds else ()
        if loosely:
            return self._short.within(key)
        return self._short.meant(key, (lambda name: self.kind_of.get(name, "") in kinds) if kinds else None)

    def _near(self, name: str) -> bool:
        if name in self._own or not self._region:
            return True
        code = self._known.organisations.get(name, ("", ""))[0]
        return self._known.paths.get(code, "").startswith(self._region)

    def notes(self) -> list[str]:
        """Which short names were read as which organisations."""
        if not self._read_as:
            return []
        told = [f"“{shown(text)}”按“{name}”读" for text, name in list(self._read_as.items())[:_MOST_TOLD]]
        more = f"等 {len(self._read_as)} 个" if len(self._read_as) > _MOST_TOLD else ""
        return [
            f"党组织的名称写得不全或写法不同的：{'；'.join(told)}{more}。不对的，请在名册里改成全称后再导入。"
        ]

    def settle(self, rows: Iterable[OrganisationRow]) -> None:
        """Where the file is at home, by the codes it lists: of several organisations of one name, those there are meant."""
        paths = [self._known.paths[row.code] for row in rows if row.code in self._known.paths]
        if not self._region and paths:
            self._region = common_place(paths)

    def _one_of_several(self, key: str) -> str | None:
        several = {squeezed(name): (name, found) for name, found in self._known.more.items()}.get(key)
        if several is None:
            return None
        name, found = several
        here = [
            one
            for one in found
            if self._region and self._known.paths.get(one[0], "").startswith(self._region)
        ]
        if len(here) != 1:
            raise CellFault(
                f"写的是“{shown(name)}”，系统中有 {len(found)} 个同名的党组织（代码 {'、'.join(code for code, _ in found[:5])}），"
                "分不清是哪一个。请把它和它的上级也列进党组织表，或在导入时选定范围。",
                code="orgs.name-of-several",
            )
        self._names[key] = name
        self.kind_of[name] = here[0][1]
        return name

    def is_branch(self, key: str) -> bool:
        """Whether a text without blanks is the full name of a branch."""
        return self.kind_of.get(self._names.get(key, ""), "none") in (*BRANCH_KINDS, "")

    def sentence(self, text: str) -> str:
        """`是否指“…”？`, or empty: the only one that has all its characters in their order, else the nearest."""
        if 0 < len(found := self.all_meant(squeezed(text), loosely=True)) <= _MOST_GUESSED:
            return f"是否指{'或'.join(map(quoted, found))}？"
        if self._guesses is None:
            self._guesses = Guesses(self._names.values())
        return self._guesses.sentence(squeezed(text))

    def branch_meant(self, text: str, near: Iterable[str] = ()) -> str:
        """The branch a title, a sheet's name or a section means: its full name, or the end of one name only.

        `near` are other words of the sheet, a unit's name among them perhaps: 填报单位：文学院. "" when none or several fit.
        """
        key = squeezed(text)
        if not key:
            return ""
        name = self._names.get(key) or self._names.get(key.removeprefix("中共"))
        if name is not None:
            return name if self.kind_of.get(name, "") in (*BRANCH_KINDS, "") else ""
        if "支部" not in key:
            return ""
        found = self.all_meant(key, BRANCH_KINDS)
        if len(found) > 1:
            units = [word for word in map(squeezed, near) if word and word != key]
            found = [full for full in found if any(squeezed(full).startswith(unit) for unit in units)]
        if not found:
            return self.named_in(text, BRANCH_KINDS)  # 某某党支部2010年底人员情况
        if len(found) != 1:
            return ""
        self._read_as[key] = found[0]
        return found[0]

    def committee_meant(self, titles: Iterable[str]) -> str:
        """The only organisation above branches whose name, without its body, a title begins with: 白沙乡领导班子分工表."""
        above = [name for name in self._names.values() if self.kind_of.get(name, "") not in BRANCH_KINDS]
        for title in map(squeezed, titles):
            text = title.removeprefix("中共")
            begins = {name: stem for name in above if (stem := parts_of(name)[0]) and text.startswith(stem)}
            longest = max(map(len, begins.values()), default=0)
            found = [name for name, stem in begins.items() if len(stem) == longest]
            if len(found) == 1:
                return found[0]
        return ""

    def all_named(self, text: str) -> list[str]:
        """The organisations a text names, one or several joined by 及 or 和; [] when any of them is not known."""
        for pattern in (None, _JOINED):
            parts = [text] if pattern is None else pattern.split(text)
            if not all(parts):
                continue  # the sign is part of a name: 和平村支部
            try:
                return [self.find(part) for part in parts]
            except CellFault:
                continue
        return []

    def named_in(self, text: str, kinds: Collection[str]) -> str:
        """The organisation of these kinds that a text begins with: 检修车间党总支书记."""
        key = squeezed(text)
        begins = [
            name
            for name in self._names.values()
            if self.kind_of.get(name, "") in kinds and key.startswith(squeezed(name))
        ]
        return max(begins, key=len, default="")

    def reader(self) -> Callable[[object], str]:
        """Reads a cell naming an organisation: its name as its own row writes it, empty when blank."""

        def read(cell: object) -> str:
            text = cell_text(cell)
            return self.find(text) if text else ""

        return read

    def branch_reader(self) -> Callable[[object], str]:
        """As `reader`, for organisations members may belong to."""

        def read(cell: object) -> str:
            text = cell_text(cell)
            if not text:
                return ""
            key = squeezed(text)
            name = self._names.get(key) or self._codes.get(key) or self.find(text, BRANCH_KINDS)
            kind = self.kind_of.get(name, "")
            if kind and kind not in BRANCH_KINDS:
                raise CellFault(
                    f"写的是“{shown(text)}”，它是{kind}，党员应编入党支部。请改成这名党员所在党支部的全称。",
                    code="orgs.not-a-branch",
                )
            return name

        return read


def common_place(paths: Iterable[str]) -> str:
    """The lowest place that holds all of these, four characters a step; "" when there is none."""
    common = commonprefix(list(paths))
    return common[: len(common) // _STEP * _STEP]
