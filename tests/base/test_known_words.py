"""A file people write says nothing unseen: what nobody knows is told with its line and the nearest known word."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from dianping.base.coded import CodedFault
from dianping.base.known_words import AllOf, OneOf, Spot, Table, Tables, unknown_in
from dianping.base.toml_text import parsed_toml
from dianping.common.leaving import CannotGoOn
from dianping.config.site_file import settings_found
from dianping.opinions.rules.forms import PRESETS, Form
from dianping.orgs.rules.roster import words
from dianping.programmes.rules import read_programme
from dianping.programmes.rules.file_shape import SHAPE, UNIT_KINDS
from tests.programmes.rules.papers import PROVINCE_TEXT, SCHOOL_TEXT

PACKAGE = Path(__file__).resolve().parents[2] / "dianping"
WORDS_TEXT = Path(words.__file__).with_name("words.toml").read_text("utf-8")
FORM_TEXT = (PRESETS / "20_appraisal_organisation.toml").read_text("utf-8")


def settings(text: str, folder: Path) -> None:
    (folder / "settings.toml").write_text(text, "utf-8")
    settings_found(folder, {})


# Every module that parses TOML, and the readers of files people write there; None where it reads what was read strictly before.
READERS: dict[str, tuple[Callable[[str, Path], object], list[tuple[str, str, str]]] | None] = {
    "base/toml_text.py": None,  # the parser the others call
    "programmes/services/adopting.py": None,  # a programme as it was adopted
    "acts/letters.py": None,  # the same
    "config/site_file.py": (
        settings,
        [("port = 8000", "prot = 8000", "port")],
    ),
    "orgs/rules/roster/words.py": (
        lambda text, _: words.read_words(text),
        [
            (WORDS_TEXT, WORDS_TEXT.replace("[answers]", "[anwsers]", 1), "answers"),
            (WORDS_TEXT, WORDS_TEXT.replace("needed =", "neded =", 1), "needed"),
            (WORDS_TEXT, WORDS_TEXT.replace('needed = "value"', 'needed = "valeu"', 1), "value"),
        ],
    ),
    "opinions/rules/forms.py": (
        lambda text, _: Form.read(text),
        [
            (FORM_TEXT, FORM_TEXT.replace("[validity]", "[valdity]"), "validity"),
            (FORM_TEXT, FORM_TEXT.replace("limit =", "limti ="), "limit"),
            (FORM_TEXT, FORM_TEXT.replace("quorum =", "qourum ="), "quorum"),
        ],
    ),
    "programmes/rules/reading.py": (
        lambda text, _: read_programme(text),
        [
            (SCHOOL_TEXT, SCHOOL_TEXT.replace("[[deliverable]]", "[[deliverabel]]", 1), "deliverable"),
            (SCHOOL_TEXT, SCHOOL_TEXT.replace("opens =", "opnes =", 1), "opens"),
            (SCHOOL_TEXT, SCHOOL_TEXT.replace('"党总支"', '"党总枝"', 1), "党总支"),
            (PROVINCE_TEXT, PROVINCE_TEXT.replace("required =", "requird ="), "required"),
            (PROVINCE_TEXT, PROVINCE_TEXT.replace("[entry]", "[enrty]"), "entry"),
            (PROVINCE_TEXT, PROVINCE_TEXT.replace('"民族地区" =', '"民族地域" ='), "民族地区"),
            (PROVINCE_TEXT, PROVINCE_TEXT.replace('key = "on_site"', 'key = "onsite"'), "on_site"),
            (PROVINCE_TEXT, PROVINCE_TEXT.replace('place = "top"', 'place = "tops"', 1), "top"),
        ],
    ),
}


def test_every_module_that_parses_toml_is_listed_here():
    found = set()
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        if "toml" in source and any(
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in ("tomllib.loads", "tomllib.load", "parsed_toml")
            for node in ast.walk(ast.parse(source))
        ):
            found.add(str(path.relative_to(PACKAGE)))
    assert found == set(READERS)


CASES = [
    pytest.param(read, right, wrong, near, id=f"{place}-{near}")
    for place, reader in READERS.items()
    if reader is not None
    for read, cases in [reader]
    for right, wrong, near in cases
]


@pytest.mark.parametrize(("read", "right", "wrong", "near"), CASES)
def test_what_nobody_knows_is_told_with_its_line_and_the_nearest_word(read, right, wrong, near, tmp_path):
    read(right, tmp_path)
    line = next(
        at for at, (a, b) in enumerate(zip(right.split("\n"), wrong.split("\n"), strict=True), 1) if a != b
    )
    with pytest.raises((CodedFault, CannotGoOn)) as told:
        read(wrong, tmp_path)
    assert f"第 {line} 行" in str(told.value)
    assert f"最接近的是 {near}" in str(told.value)


def test_every_key_of_a_programme_file_may_be_misspelt_and_is_told_of():
    for text in (PROVINCE_TEXT, SCHOOL_TEXT):
        values = parsed_toml(text)
        for change in misspelt(values):
            assert len(unknown_in(change, SHAPE, "", where="方案")) >= 1
        assert unknown_in(values, SHAPE, text, where="方案") == []


def misspelt(values):
    """The same values, each time with one more key that is written wrongly, at every depth."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield {(f"{key}x" if k == key else k): v for k, v in values.items()}
            for change in misspelt(value):
                yield {**values, key: change}
    elif isinstance(values, list):
        for at, value in enumerate(values):
            for change in misspelt(value):
                yield [*values[:at], change, *values[at + 1 :]]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("t", "b"), 3),
        (("l", 0, "c"), 5),
        (("l", 1, "c"), 7),
        (("l", 1, "d", 1, "e"), 10),
        (("l", 1, "s", "f"), 13),
        (("nowhere",), 0),
    ],
)
def test_a_place_is_found_in_the_text(path, line):
    text = 'a = 1 # c = 2\n[t]\nb = 2\n[[l]]\nc = 3\n[[ "l" ]]\nc = 4\nd = [\n  { k = 5 },\n  { e = 6 },\n]\n[l.s]\nf = 7\n'
    assert Spot(text, path).line == line


def test_a_table_where_a_list_stands_and_the_other_way_round_are_told():
    shape = Table(
        {
            "t": Table({"k": None}),
            "l": Tables(Table({"k": None})),
            "o": OneOf(frozenset("ab")),
            "a": AllOf(frozenset("ab")),
        }
    )
    told = unknown_in({"t": 1, "l": {"k": 1}, "o": ["a"], "a": "a"}, shape, "", where="文件")
    assert [fault.code for fault in told] == [
        "toml.not-a-table", "toml.not-a-list", "toml.word-unknown", "toml.not-a-list",
    ]  # fmt: skip


def test_the_kinds_of_unit_are_those_of_the_roster():
    from dianping.orgs.models import Organisation

    assert {value for value, _ in Organisation._meta.get_field("unit_kind").choices if value} == UNIT_KINDS
