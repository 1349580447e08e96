"""An invented cover notice with the paper it forwards, read whole."""

from datetime import date

from dianping.notices.rules import as_json, read_notice
from tests.notices.rules.texts import COVER


def test_a_cover_and_what_it_forwards_are_two_papers():
    cover = read_notice(COVER)
    (paper,) = cover.enclosed
    assert (cover.number, cover.kind, cover.issuer, cover.dated) == (
        "云大委〔2012〕7号",
        "转发",
        "云川大学委员会",
        date(2012, 3, 5),
    )
    assert cover.title == "关于转发《关于开展基层党组织书记点评工作的意见》的通知"
    assert cover.addressees == ("各党总支", "各直属党支部")
    assert (paper.number, paper.kind, paper.dated) == ("溪组〔2012〕5号", "意见", date(2012, 2, 27))
    assert paper.aliases == ("溪组发〔2012〕5号",)
    assert paper.addressees == ("各县（区）委组织部", "市直各单位党委")


def test_clauses_are_named_as_they_would_be_cited():
    cover = read_notice(COVER)
    assert [clause.id for clause in cover.clauses] == ["转", "1", "2"]
    assert [(clause.id, clause.level) for clause in cover.enclosed[0].clauses] == [
        ("引", 0),
        ("一", 1),
        ("二（一）", 2),
        ("二（二）", 2),
    ]


def test_every_value_keeps_its_words_and_their_place():
    cover = read_notice(COVER.replace("3月16前", "3 月 １６\u00a0前"))
    seen = 0
    for paper in (cover, *cover.enclosed):
        for value in (
            *paper.clauses,
            *paper.dates,
            *paper.cadences,
            *paper.responsibilities,
            *paper.deliverables,
            *paper.forms,
            *paper.modes,
            *paper.consequences,
            *paper.demands,
            *paper.cites,
            *paper.doubts,
        ):
            text = COVER.replace("3月16前", "3 月 １６\u00a0前")
            assert text[value.quote.start : value.quote.end] == value.text
            seen += 1
    assert seen > 20


def test_the_cover_orders_two_papers_and_a_visit():
    cover = read_notice(COVER)
    assert [(one.what, one.by, one.to, one.due) for one in cover.deliverables] == [
        ("点评工作小结", "各党总支", "党委组织部", date(2012, 3, 16)),
        ("每名党员的自评材料", "各党总支", "党委组织部", date(2012, 3, 16)),
    ]
    assert [(one.reviewer, one.about) for one in cover.responsibilities] == [("学校党委委员", "各党总支")]


def test_the_enclosed_paper_says_who_and_how_often():
    (paper,) = read_notice(COVER).enclosed
    assert [(one.reviewer, one.about, one.clause) for one in paper.responsibilities] == [
        ("基层党委书记", "所属党支部及其书记", "一"),
        ("所在党支部书记", "党员", "一"),
    ]
    assert [(one.months, one.times, one.clause) for one in paper.cadences] == [(6, 1, "二（二）")]
    assert [mode.kind for mode in paper.modes] == ["collective"]
    assert [one.clause for one in paper.consequences] == ["二（二）"]


def test_what_does_not_add_up_is_told():
    cover = read_notice(COVER)
    assert {doubt.kind for doubt in cover.doubts} == {
        "two numbers",
        "brackets",
        "left out",
        "rest day",
        "order",
        "level",
        "issuer",
    } - {"issuer"}
    assert {doubt.kind for doubt in cover.enclosed[0].doubts} == {"impossible date", "lunar date", "rest day"}


def test_lost_line_ends_between_clauses_do_not_lose_the_clauses():
    flat = read_notice(
        "现通知如下：一、抓紧点评。书记点评党员。二、按时上报。各支部于2012年3月9日前将小结报党委。"
    )
    assert [clause.id for clause in flat.clauses] == ["", "一", "二"]
    assert [one.clause for one in flat.deliverables] == ["二"]


def test_lines_cut_by_the_page_are_joined():
    reading = read_notice("各党支部要在2012年\n3月1\n6日前将小结报党\n委组织部。")
    assert [(one.to, one.due) for one in reading.deliverables] == [("党委组织部", date(2012, 3, 16))]


def test_an_empty_text_reads_as_nothing():
    assert as_json(read_notice(""))["clauses"] == []


def test_the_day_of_printing_is_not_the_day_of_the_notice():
    reading = read_notice(f"{COVER.split('中共白溪')[0]}\n云川大学党委办公室    2012年3月6日印发\n")
    assert (reading.dated, reading.signature) == (date(2012, 3, 5), "中共云川大学委员会")
    assert reading.enclosed == ()


def test_a_notice_that_lost_its_line_ends_reads_the_same():
    whole, flat = read_notice(COVER), read_notice(COVER.replace("\n", "").replace(" ", ""))
    assert [clause.id for clause in flat.clauses] == [clause.id for clause in whole.clauses]
    assert [one.due for one in flat.dates] == [one.due for one in whole.dates]
    assert [doubt.kind for doubt in flat.doubts] == [doubt.kind for doubt in whole.doubts]
    assert [clause.id for clause in flat.enclosed[0].clauses] == [
        clause.id for clause in whole.enclosed[0].clauses
    ]


def test_a_reading_is_plain_values():
    told = as_json(read_notice(COVER))
    assert told["date"] == "2012-03-05"
    assert told["enclosed"][0]["cadences"][0] | {"at": 0, "text": ""} == {
        "text": "",
        "clause": "二（二）",
        "at": 0,
        "about": "党支部",
        "months": 6,
        "times": 1,
        "days": None,
    }
