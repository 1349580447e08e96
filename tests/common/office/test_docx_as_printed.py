"""A Word document is read as it would be printed: numbers Word makes, words inserted, boxes, ticks; nothing deleted or hidden."""

import zipfile
from pathlib import Path

import pytest

from dianping.common.office import reading

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def document(path: Path, body: str, *, lists: str = "", styles: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", f"{HEAD}<Types/>")
        package.writestr(
            "word/document.xml", f"{HEAD}<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
        )
        if lists:
            package.writestr("word/numbering.xml", f"{HEAD}<w:numbering {W}>{lists}</w:numbering>")
        if styles:
            package.writestr("word/styles.xml", f"{HEAD}<w:styles {W}>{styles}</w:styles>")
    return path


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    told = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{told}{run(text)}</w:p>"


def lists(*forms: tuple[str, str], more: str = "") -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'
        for at, (form, words) in enumerate(forms)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'
    )


def read_text(path: Path) -> str:
    return reading.read_text(path, reader=None)


def test_automatic_numbers_stand_before_their_paragraphs(tmp_path):
    body = (
        item("责任")
        + item("书记点评", 1)
        + item("委员点评", 1)
        + item("要求")
        + item("报送", 1)
        + item("2011年", 2)
    )
    forms = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    text = read_text(document(tmp_path / "a.docx", body, lists=lists(*forms)))
    assert text.splitlines() == [
        "一、责任",
        "（一）书记点评",
        "（二）委员点评",
        "二、要求",
        "（一）报送",
        "1、2011年",
    ]


@pytest.mark.parametrize(
    ("form", "words", "shown"),
    [
        ("decimal", "%1.", "12."),
        ("chineseCountingThousand", "第%1条", "第十二条"),
        ("decimalEnclosedCircleChinese", "%1", "⑫"),
        ("lowerLetter", "%1)", "l)"),
        ("upperRoman", "%1.", "XII."),
        ("decimalZero", "%1", "012"[-2:]),
        ("chineseLegalSimplified", "%1、", "壹拾贰、"),
        ("bullet", "●", ""),
    ],
)
def test_numbers_look_as_their_list_says(tmp_path, form, words, shown):
    body = "".join(item("条") for _ in range(12))
    lines = read_text(document(tmp_path / "a.docx", body, lists=lists((form, words)))).splitlines()
    assert lines[-1] == f"{shown}条"


def test_a_list_may_begin_anew_and_a_style_may_number(tmp_path):
    anew = '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    styles = '<w:style w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = (
        item("甲")
        + f'<w:p><w:pPr><w:pStyle w:val="Item"/></w:pPr>{run("乙")}</w:p>'
        + item("丙", number=2)
        + item("丁", number=2)
    )
    path = document(tmp_path / "a.docx", body, lists=lists(("decimal", "%1、"), more=anew), styles=styles)
    assert read_text(path).splitlines() == ["1、甲", "2、乙", "1、丙", "2、丁"]


def test_inserted_is_read_deleted_moved_and_hidden_are_not(tmp_path):
    body = (
        f"<w:p>{run('于')}<w:del><w:r><w:delText>5日</w:delText></w:r></w:del><w:ins>{run('9日')}</w:ins>{run('前')}</w:p>"
        f"<w:p><w:moveFrom>{run('走')}</w:moveFrom><w:moveTo>{run('来')}</w:moveTo>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p><w:ins><w:p>{run('新段')}</w:p></w:ins>"
    )
    assert read_text(document(tmp_path / "a.docx", body)).splitlines() == ["于9日前", "来", "新段"]


def test_a_text_box_follows_its_paragraph_once(tmp_path):
    box = f"<w:txbxContent><w:p>{run('框里的字')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{run('段落')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p><w:sdt><w:sdtContent><w:p>{run('控件里的字')}</w:p></w:sdtContent></w:sdt>"
    )
    assert read_text(document(tmp_path / "a.docx", body)).splitlines() == ["段落", "框里的字", "控件里的字"]


def test_ticks_and_readings_over_signs(tmp_path):
    body = (
        f'<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>{run("集中")}<w:r><w:sym w:char="F0A8"/></w:r>{run("个别")}</w:p>'
        f"<w:p><w:r><w:ruby><w:rt>{run('zhong')}</w:rt><w:rubyBase>{run('中')}</w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert read_text(document(tmp_path / "a.docx", body)).splitlines() == ["☑集中□个别", "中"]


def test_a_cell_of_several_paragraphs_stays_one_cell(tmp_path):
    cell = "<w:tc>{}</w:tc>"
    row = cell.format(f"<w:p>{run('登记表')}</w:p><w:p>{run('统计表')}</w:p>") + cell.format(
        f"<w:p>{run('各支部')}</w:p>"
    )
    both = f"<w:p>{run('甲')}</w:p><w:p>{run('乙')}</w:p>"
    alone = f"<w:tbl><w:tr>{cell.format(both)}</w:tr></w:tbl>"
    text = read_text(document(tmp_path / "a.docx", f"<w:tbl><w:tr>{row}</w:tr></w:tbl>{alone}"))
    assert text.splitlines() == ["登记表 统计表\t各支部", "甲", "乙"]
