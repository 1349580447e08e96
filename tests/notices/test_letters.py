"""转发: the drafted notice names the superior's paper, lists our own arrangements, and says where there are none."""

from datetime import date
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from dianping.acts.letters import draft_letter, letter_bytes
from dianping.notices.services import accept_rest, enter_notice
from dianping.programmes.services import adopt_notice
from tests.factories import ACTOR, University
from tests.notices.test_notices import COVER, NOTICE

DAY = date(2011, 1, 6)


def test_an_unchanged_pass_through_says_so(university: University) -> None:
    notice = enter_notice(text=NOTICE, organisation=university.top, today=DAY, actor=ACTOR)
    letter = draft_letter(notice=notice, today=DAY, actor=ACTOR)
    assert letter.title == "关于转发《关于做好民主评议党员工作的通知》的通知"
    assert "（云岭党发〔2011〕3号）转发给你们" in letter.paragraphs[0]
    assert any("照转" in paragraph for paragraph in letter.paragraphs)
    assert letter.day == "2011年1月6日"


@pytest.fixture
def over(university: University) -> object:
    notice = enter_notice(text=COVER, organisation=university.top, today=DAY, actor=ACTOR)
    accept_rest(notices=[notice, *notice.enclosed.all()], today=DAY, actor=ACTOR)
    adopt_notice(notice=notice, today=DAY, actor=ACTOR)
    return draft_letter(notice=notice, today=DAY, actor=ACTOR)


def test_our_own_arrangements_are_numbered_lines(over: object) -> None:
    lines = [p for p in over.paragraphs if p[0].isdigit()]  # type: ignore[attr-defined]
    assert len(lines) == 1
    assert lines[0].startswith("1．")
    assert "2011年2月20日（星期日）前" in lines[0]


def test_the_word_file_holds_every_paragraph_in_the_official_layout(over: object) -> None:
    document = docx.Document(BytesIO(letter_bytes(letter=over, kind="docx")))  # type: ignore[arg-type]
    text = "\n".join(p.text for p in document.paragraphs)
    for paragraph in over.paragraphs:  # type: ignore[attr-defined]
        assert paragraph in text
    section = document.sections[0]
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_pdf_is_one_page_with_its_fonts(over: object) -> None:
    reader = PdfReader(BytesIO(letter_bytes(letter=over, kind="pdf")))  # type: ignore[arg-type]
    assert len(reader.pages) == 1
    assert "转发给你们" in reader.pages[0].extract_text().replace("\n", "")
