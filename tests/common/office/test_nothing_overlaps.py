"""No text of a printed sheet runs out of its cell, at any length: every stretch without a place to break fits its column."""

from hypothesis import given
from hypothesis import strategies as st

from dianping.base.papers.layout import ems
from dianping.common.office.writing_pdf import _held_together, _softened

TEXTS = st.text("支部党员2011年1月09日abcXYZ-，。）（“”、 \n", max_size=80)


def stretches(text: str) -> list[str]:
    """The runs inside which no line may end."""
    runs, run = [], ""
    for before, character in zip(" " + text, text, strict=False):
        if run and not _held_together(before, character):
            runs, run = [*runs, run], ""
        run += character
    return [part for whole in [*runs, run] for part in whole.split("\u200b")]


@given(TEXTS, st.floats(1.0, 12.0))
def test_every_stretch_fits_its_column(text: str, room: float) -> None:
    for run in stretches(_softened(text, room)):
        assert len(run.strip()) <= 1 or ems(run.strip()) <= max(room, 1.0) + 1e-9


@given(TEXTS, st.floats(1.0, 12.0))
def test_nothing_of_a_text_is_lost(text: str, room: float) -> None:
    assert _softened(text, room).replace("\u200b", "") == text
