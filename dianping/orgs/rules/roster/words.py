"""The words of roster workbooks, from `words.toml`: headings, yes and no; kinds of organisation from base.kinds."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dianping.base.chinese_text import squeezed
from dianping.base.coded import CodedFault
from dianping.base.kinds import spellings
from dianping.base.known_words import OneOf, Table, unknown_in
from dianping.base.toml_text import Toml

SHEET_KINDS = ("organisations", "members", "leaders")
_LISTS = Table(any_key=True)  # what is kept = [other spellings]
_COLUMN = Table(
    {
        "title": None,
        "also": None,
        "needed": OneOf(frozenset({"value", "column"})),
        "telling": None,
        "limit": None,
        "endings": None,
    }
)
SHAPE = Table(
    {
        **dict.fromkeys(SHEET_KINDS, Table(named=_COLUMN, any_key=True)),
        **dict.fromkeys(("unit_kinds", "standings", "sexes", "answers"), _LISTS),
        "other_standings": Table(dict.fromkeys(("left", "outside", "member"))),
        "not_kept": Table({"headings": None}),
        "of_another": Table({"words": None}),
        "not_records": Table({"beginnings": None}),
    }
)


class WordsFault(CodedFault):
    """`words.toml` says something nobody reads; the message lists every place."""


class Field(NamedTuple):
    """One column a kind of sheet may have. `ranks` holds its headings, the best first (rank 0); `endings` what else one may end in."""

    name: str
    title: str
    ranks: dict[str, int]
    needs_column: bool
    needs_value: bool
    telling: bool
    limit: int
    endings: tuple[str, ...] = ()


class Words(NamedTuple):
    """Everything `words.toml` says, and the kinds. The maps lead from every accepted spelling to the one that is kept."""

    fields: dict[str, dict[str, Field]]
    not_kept: frozenset[str]
    of_another: tuple[str, ...]
    organisation_kinds: dict[str, str]
    unit_kinds: dict[str, str]
    standings: dict[str, str]
    other_standings: dict[str, tuple[str, ...]]
    sexes: dict[str, str]
    answers: dict[str, str]
    not_records: tuple[str, ...]


@cache
def words() -> Words:
    """The words, read once."""
    return read_words((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def read_words(text: str) -> Words:
    """The words from the text of such a file. Raises WordsFault for a table or a key nobody knows."""
    told = tomllib.loads(text)
    if faults := unknown_in(told, SHAPE, text, where="words.toml "):
        raise WordsFault("\n".join(map(str, faults)), code="orgs.words-unknown")
    return Words(
        fields={kind: {name: _field(name, told[kind][name]) for name in told[kind]} for kind in SHEET_KINDS},
        not_kept=frozenset(map(squeezed, told["not_kept"]["headings"])),
        of_another=tuple(told["of_another"]["words"]),
        organisation_kinds=_by_spelling(spellings()),
        unit_kinds=_by_spelling(told["unit_kinds"]),
        standings=_by_spelling(told["standings"]),
        other_standings={kind: tuple(found) for kind, found in told["other_standings"].items()},
        sexes=_by_spelling(told["sexes"]),
        answers=_by_spelling(told["answers"]),
        not_records=tuple(told["not_records"]["beginnings"]),
    )


def _field(name: str, told: Toml) -> Field:
    headings = [squeezed(heading) for heading in (told["title"], *told["also"])]
    needed = told.get("needed", "")
    return Field(
        name=name,
        title=told["title"],
        ranks={heading: rank for rank, heading in reversed(list(enumerate(headings)))},
        needs_column=bool(needed),
        needs_value=needed == "value",
        telling=told.get("telling", False),
        limit=told.get("limit", 200),
        endings=tuple(told.get("endings", ())),
    )


def _by_spelling(told: dict[str, list[str]]) -> dict[str, str]:
    return {squeezed(spelling): kept for kept, others in told.items() for spelling in (kept, *others)}
