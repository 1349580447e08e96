"""What a list of organisations leaves out and the system supplies: codes, and kinds guessed from the names."""

from collections.abc import Iterable, Mapping

from dianping.orgs.rules.roster.rows import OrganisationRow

_LONGEST = 36  # characters of a code that still gets two more


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
