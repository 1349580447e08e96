"""docs/glossary.md names where each idea lives; a name that is gone or moved fails here."""

import importlib
import re
from pathlib import Path

import pytest

GLOSSARY = (Path(__file__).resolve().parents[1] / "docs" / "glossary.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ") and not line.startswith("| 中文")
]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`([\w.]+)`", row[2])})


def test_every_row_has_its_five_cells_and_most_have_a_place() -> None:
    assert [row for row in ROWS if len(row) != 5] == []
    assert sum(row[2] != "—" for row in ROWS) > len(ROWS) // 2


@pytest.mark.parametrize("name", NAMED)
def test_the_name_in_code_is_there(name: str) -> None:
    parts = name.split(".")
    for at in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(["dianping", *parts[:at]]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[at:]:
            found = getattr(found, attribute)
        return
    pytest.fail(f"nothing is called {name}")
