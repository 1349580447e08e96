"""What a web page leaves around a notice is kept in the paper, shown struck through, and nothing is read from it."""

from datetime import date
from types import SimpleNamespace

from dianping.notices.rules.furniture import places_of_furniture
from dianping.pages.notices.shown import pieces_of

PAGE = """首页 > 通知公告 > 正文
关于做好点评工作的通知
发布日期：2011-03-18　　浏览次数：56
各党支部：
各党支部于4月15日前将总结报校党委组织部。
校党委组织部
2011年3月18日
上一篇：没有了
"""


def test_the_page_shows_it_struck_through_and_says_so_once():
    notice = SimpleNamespace(text=PAGE, begins=0, ends=len(PAGE))
    pieces = pieces_of(notice, [], places_of_furniture(PAGE))
    assert "".join(piece.text for piece in pieces) == PAGE
    assert [(piece.text, piece.around) for piece in pieces if piece.around] == [
        ("首页 > 通知公告 > 正文", "first"),
        ("发布日期：2011-03-18　　浏览次数：56", "more"),
        ("上一篇：没有了", "more"),
    ]


def test_places_are_those_of_the_text_as_entered():
    text = PAGE.replace("\n", "\r\n").replace("关于", "　　关于")
    assert [text[start:end] for start, end in places_of_furniture(text)] == [
        PAGE[start:end] for start, end in places_of_furniture(PAGE)
    ]


def test_nothing_is_read_from_it():
    from dianping.notices.rules import read_notice

    reading = read_notice(PAGE)
    assert (reading.title, reading.issuer, reading.dated) == (
        "关于做好点评工作的通知",
        "校党委组织部",
        date(2011, 3, 18),
    )
    assert [moment.due for moment in reading.dates] == [date(2011, 4, 15)]
    assert reading.addressees == ("各党支部",)


def test_words_of_a_notice_are_not_taken_for_it():
    for words in (
        "经费来源：党费。",
        "时间：12月10日",
        "一、点评时间为3月18日。",
        "12月10日 9:00在三楼会议室召开点评会，请准时参加",
        "打印三份，分送各支部。",
        "1月5日前报组织部",
        "党委组织部 2011年3月18日",
        "各党支部：",
    ):
        assert places_of_furniture(words) == [], words


def test_days_and_limits_are_no_stamps():
    for words in (
        "12月29日 14:30",
        "29日 下午14:30",
        "截止 17:30",
        "报到 8:30",
        "报送 17:00",
        "节前 17:00",
        "上报截止　市委组织部 2010-12-20 17:00",
        "报送时限 2010-12-20 17:00",
        "国庆节前 各支部 2010/9/30 17:00",
        "登记表 2010-12-20 17:00 前",
        "报送截止 2010年12月20日 17:00",
    ):
        assert places_of_furniture(words) == [], words
    for words in (
        "老陈 10:32",
        "昨天 下午3:20",
        "原创 岚州先锋 2021-03-16 07:30",
        "2025/9/16 10:22　通知公告-前锋街道",
        "2010年12月29日 00:00 岚州 点击:[]",
    ):
        assert places_of_furniture(words) == [(0, len(words))], words


def test_a_day_with_its_hour_alone_on_a_line_is_read():
    from dianping.notices.rules import read_notice

    reading = read_notice("点评会时间\n12月29日 14:30", issued=date(2010, 12, 1))
    assert reading.furniture == ()
    assert date(2010, 12, 29) in {moment.due for moment in (*reading.dates, *reading.mentions)}
