"""One table of kinds of organisation: it is sound, and no other file lists kinds."""

import re
from collections import Counter
from pathlib import Path

import pytest

from dianping.base import kinds
from dianping.base.chinese_text import squeezed
from dianping.base.kinds import KINDS, LABELS

ROOT = Path(__file__).resolve().parents[2] / "dianping"
TABLE = ROOT / "base/kinds.py"
# Files that write a kind out all the same, and why.
ALLOWED = {
    "demo/sample.py": "the invented university's own branches",
    "notices/rules/": "what the language of papers calls bodies, whatever kinds there are",
    "programmes/rules/drafting_words.py": "what people call the classes of target",
    "accounts/rules/passwords.py": "words nobody's password may be made of",
    "duties/models/duty.py": "what people call the classes of target",
    "pages/draws/views.py": "what people call all branches together, whom lots are drawn among",
    "demo/": "an invented university, as its roster writes it",
    "orgs/migrations/": "what was there then",
    "duties/migrations/": "what was there then",
}
WRITTEN = re.compile(rf"""["'](?:{"|".join(LABELS)})(?:书记)?["']""")
OTHERS = sorted(path for path in ROOT.rglob("*.py") if path != TABLE)


def test_a_kind_is_written_once_and_fits_its_column() -> None:
    assert len(set(LABELS)) == len(LABELS)
    assert all(len(label) <= 10 for label in LABELS)


def test_every_spelling_means_one_kind() -> None:
    means = Counter(squeezed(word) for kind in KINDS for word in {kind.label, *kind.spellings})
    assert [word for word, times in means.items() if times > 1] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.label)
def test_the_columns_of_a_kind_agree(kind: kinds.Kind) -> None:
    assert kind.members == (kind.level == "branch")
    assert (kind.tier is None) == (kind.reviewed_as == "")
    assert kind.secretary.endswith("书记")
    assert kind.heads
    assert not kind.official or kind.bodies


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_file_lists_kinds(path: Path) -> None:
    place = str(path.relative_to(ROOT))
    if not place.startswith(tuple(ALLOWED)):
        assert WRITTEN.findall(path.read_text("utf-8")) == []


def test_what_the_table_gives() -> None:
    """As the papers have it: changed on purpose only, with the paper that says so."""
    assert kinds.BRANCH_KINDS == ("直属党支部", "党支部", "联合党支部", "临时党支部")
    assert kinds.tiers() == (
        ("基层党委", "二级党委"),
        ("党总支", "直属党支部"),
        ("党支部", "联合党支部", "临时党支部"),
    )
    assert kinds.ADDRESSED == ("基层党委", "二级党委", "党总支", "直属党支部", "党支部")
    assert kinds.COUNTED_AS == ("党委", "党总支", "党支部")
    assert kinds.reviewed_as("unit") == ("基层党委", "二级党委", "党总支")
    assert kinds.of_level("committee") == {"地方党委", "工委", "党组", "基层党委", "二级党委"}
    assert [kinds.secretary_title(label) for label in LABELS] == [
        "党委书记",
        "工委书记",
        "党组书记",
        "党委书记",
        "党委书记",
        "党总支书记",
        *["党支部书记"] * 4,
    ]
    assert dict(kinds.official_endings()) == {
        "直属支部委员会": "直属党支部",
        "总支部委员会": "党总支",
        "总支委员会": "党总支",
        "支部委员会": "党支部",
        "工作委员会": "工委",
        "委员会": "党委",
    }
    assert [len(ending) for ending, _ in kinds.official_endings()] == [7, 6, 5, 5, 5, 3]
    assert kinds.in_order({"党支部", "基层党委", "没有这一类"}) == ["基层党委", "党支部", "没有这一类"]
