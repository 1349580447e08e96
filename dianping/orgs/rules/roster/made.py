"""What a list of organisations leaves out and the system supplies: codes, and kinds guessed from the names."""

import re
from collections.abc import Iterable, Mapping

from dianping.base.chinese_text import squeezed
from dianping.orgs.rules.roster.rows import OrganisationRow

_LONGEST = 36  # characters of a code that still gets two more
# A committee of a place: 中共某市委员会, 某县委.
_PLACE = re.compile(r"^(中共|中国共产党)?[^局院校厂公司]{1,12}(省|市|县|区|州|旗|镇|乡)委(员会)?$")
# The endings of a name and the kind they tell, the first that fits.
_ENDINGS = (
    (("临时党支部", "临时支部"), "临时党支部"),
    (("联合党支部", "联合支部"), "联合党支部"),
    (("总支", "总支部"), "党总支"),
    (("直属党支部", "直属支部"), "直属党支部"),
    (("支部",), "党支部"),
    (("工委", "工作委员会"), "工委"),
    (("党组",), "党组"),
)


def kind_told_by(name: str, *, top: bool) -> str:
    """The kind an organisation's name tells; "" when it tells none."""
    # Words in brackets at the end: （筹）.
    text = re.sub(r"[(（][^)）]*[)）]$", "", squeezed(name))
    bare = text.removesuffix("委员会") if text.endswith("支部委员会") else text
    for endings, kind in _ENDINGS:
        if bare.endswith(endings):
            return kind
    if _PLACE.match(text):
        return "地方党委"
    if text.endswith(("党委", "委员会", "分党委")):
        return "基层党委" if top else "二级党委"
    return ""


def with_codes(
    rows: list[OrganisationRow], known: Mapping[str, tuple[str, str]], taken: Iterable[str]
) -> list[OrganisationRow]:
    """The rows with a code for each that has none: the system's own for a name it knows, else its superior's and two figures."""
    used = {*taken, *(code for code, _ in known.values())}
    codes = {row.name: row.code for row in rows if row.code}
    parents = {row.name: row.parent_name for row in rows}

    def code_of(name: str, depth: int) -> str:
        if name in codes:
            return codes[name]
        if name in known:
            return codes.setdefault(name, known[name][0])
        parent = parents.get(name, "")
        above = code_of(parent, depth + 1) if parent and parent in {**parents, **known} and depth < 40 else ""
        stem = above if above and len(above) <= _LONGEST else "DZ"
        number = next(n for n in range(1, len(used) + len(rows) + 2) if f"{stem}{n:02}" not in used)
        codes[name] = f"{stem}{number:02}"
        used.add(codes[name])
        return codes[name]

    return [row if row.code or not row.name else row._replace(code=code_of(row.name, 0)) for row in rows]
