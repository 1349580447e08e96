"""Which person of the system a row of a roster is, and in what the row says something else about him."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from dianping.orgs.models import Membership, Person
from dianping.orgs.rules.roster import MemberRow
from dianping.orgs.services.roster_plan import Amended


class Finder:
    """People who stand somewhere, by everything that may tell them apart. Nobody is found twice."""

    def __init__(self, standing: Iterable[Membership], rows: Sequence[MemberRow]) -> None:
        self._seen: set[int] = set()
        self._index: dict[tuple[object, ...], list[Membership]] = {}
        self._named = Counter((row.branch_name, row.name) for row in rows)
        for membership in standing:
            for key in _keys(membership):
                self._index.setdefault(key, []).append(membership)

    def find(self, row: MemberRow, mark: str | None, branch: int | None) -> Membership | None:
        """By fingerprint, then employee number, then name and birth date, then as the only one of a name in the branch.

        Data that were blank may have been filled in since: one is the same person while nothing contradicts.
        """
        keys: list[tuple[object, ...]] = []
        if mark:
            keys.append(("fingerprint", mark))
        if row.employee_no:
            keys.append(("employee", row.employee_no))
        if row.born:
            keys.append(("born", row.name, row.born))
        if self._named[row.branch_name, row.name] == 1:
            keys.append(("branch", branch, row.name))
        for key in keys:
            free = [m for m in self._index.get(key, ()) if m.person_id not in self._seen]
            if key[0] in ("born", "branch"):
                free = [m for m in free if not _contradicts(m.person, row, mark, weak=key[0] == "branch")]
            if key[0] == "branch" and len(self._index.get(key, ())) > 1:
                free = [m for m in free if len(free) == 1]
            if key[0] == "employee":
                free = [
                    m for m in free if not (mark and m.person.fingerprint and m.person.fingerprint != mark)
                ]
            if len(free) == 1:
                self._seen.add(free[0].person_id)
                return free[0]
        return None


def _keys(membership: Membership) -> list[tuple[object, ...]]:
    person = membership.person
    keys: list[tuple[object, ...]] = [("branch", membership.organisation_id, person.name)]
    if person.fingerprint:
        keys.append(("fingerprint", person.fingerprint))
    if person.employee_no:
        keys.append(("employee", person.employee_no))
    if person.born:
        keys.append(("born", person.name, person.born))
    return keys


def _contradicts(person: Person, row: MemberRow, mark: str | None, *, weak: bool) -> bool:
    """Whether both say something of the same matter, and not the same. Found by name alone (`weak`), every matter counts."""
    numbers = (mark and person.fingerprint and mark != person.fingerprint) or (
        row.sex and person.sex and row.sex != person.sex
    )
    if numbers or not weak:
        return bool(numbers)
    employee = row.employee_no and person.employee_no and row.employee_no != person.employee_no
    return bool(employee or (row.born and person.born and not same_birth(row.born, person.born)))


def same_birth(one: date, other: date) -> bool:
    """The same day, or the same month where one of them may be only a month, written as its first day."""
    months = (one.year, one.month) == (other.year, other.month)
    return one == other or (months and 1 in (one.day, other.day))


def amends(membership: Membership, row: MemberRow, mark: str | None) -> tuple[Amended, ...]:
    """Everything the row says otherwise; a blank cell takes nothing away but a place a mobile member went to."""
    person = membership.person
    standing = "正式党员" if row.standing == "full" else "预备党员"
    born = row.born
    if born and person.born and same_birth(born, person.born) and born.day == 1:
        born = person.born  # a month says less than a day
    pairs = [
        ("姓名", person.name, row.name),
        ("类别", membership.standing, standing),
        ("流动去向", membership.mobile_to, mobile_place(row)),
        ("性别", person.sex, row.sex or person.sex),
        ("出生日期", str(person.born or ""), str(born or person.born or "")),
        ("工号", person.employee_no, row.employee_no or person.employee_no),
        ("公民身份号码", "有" if person.fingerprint else "", "有" if person.fingerprint or mark else ""),
    ]
    return tuple(Amended(*pair) for pair in pairs if pair[1] != pair[2])


def mobile_place(row: MemberRow) -> str:
    """Where a mobile member went; "" for one who did not."""
    return (row.mobile_to or "未注明") if row.mobile else ""
