"""Phrases as they stand in notices, and what a careful clerk reads in them."""

import json
from datetime import date
from pathlib import Path

import pytest

from dianping.notices.rules import as_json, read_notice
from tests.given import PHRASES

ISSUED = date(2012, 3, 14)  # a Wednesday

DEADLINES = {
    "2012年5月9日前": "2012-05-09",
    "4月12前送达": "2012-04-12",
    "1月8日前": "2013-01-08",
    "3月14日前": "2012-03-14",
    "最迟不晚于4月5日": "2012-04-05",
    "报送截止时间为4月20日": "2012-04-20",
    "4月底前": "2012-04-30",
    "于9月底完成": "2012-09-30",
    "年底前": "2012-12-31",
    "年内全部销号": "2012-12-31",
    "明年2月底前": "2013-02-28",
    "本月底前": "2012-03-31",
    "下月5日前": "2012-04-05",
    "二季度末前": "2012-06-30",
    "元月20日前": "2013-01-20",
    "二〇一二年四月六日前": "2012-04-06",
    "二O一二年十一月三十日前": "2012-11-30",
    "二○一二年五月廿一日以前": "2012-05-21",
    "2012.9.15前": "2012-09-15",
    "２０１２年６月１５日前": "2012-06-15",
    "2012 年 6 月 15 日 前": "2012-06-15",
    "4月25日中午12点以前": "2012-04-25",
    "4月25日（星期三）前": "2012-04-25",
    "本周五（3月16日）下班前": "2012-03-16",
    "本周内": "2012-03-18",
    "下周末前": "2012-03-25",
    "自通知之日起10日内": "2012-03-24",
    "收到本通知后3日内": "2012-03-17",
    "接通知后一周内": "2012-03-21",
    "自本通知印发之日起一个月内": "2012-04-14",
    "本周五前": "2012-03-16",
    "春节前": "2013-02-09",
    "2014年春节前": "2014-01-30",
    "中秋节前": "2012-09-29",
    "“七一”前": "2012-06-30",
    "到6月30日前基本结束": "2012-06-30",
    "2012年5年17日前": "2012-05-17",
    "2012年8月19月前": "2012-08-19",
    "2012年农历正月十五前": "2012-02-05",
}
WINDOWS = {
    "4月16日": ("2012-04-16", "2012-04-16"),
    "2012年4月16日上午9:30": ("2012-04-16", "2012-04-16"),
    "12月中旬": ("2012-12-11", "2012-12-20"),
    "7月中下旬": ("2012-07-11", "2012-07-31"),
    "元月上旬": ("2013-01-01", "2013-01-10"),
    "5月份": ("2012-05-01", "2012-05-31"),
    "第三季度": ("2012-07-01", "2012-09-30"),
    "今年下半年": ("2012-07-01", "2012-12-31"),
    "4月16日至28日": ("2012-04-16", "2012-04-28"),
    "4月16日一4月20日": ("2012-04-16", "2012-04-20"),
    "4月16—20日": ("2012-04-16", "2012-04-20"),
    "12月26日至1月6日": ("2012-12-26", "2013-01-06"),
    "2012年12月19日至次年1月13日": ("2012-12-19", "2013-01-13"),
    "7—9月": ("2012-07-01", "2012-09-30"),
    "3月下旬至4月上旬": ("2012-03-21", "2012-04-10"),
    "从3月27日开始，到4月6日结束": ("2012-03-27", "2012-04-06"),
    "自4月10日起至5月底止": ("2012-04-10", "2012-05-31"),
    "即日起至4月15日": ("2012-03-14", "2012-04-15"),
    "从现在开始至2013年春节前": ("2012-03-14", "2013-02-09"),
    "3月8日至3月22日": ("2012-03-08", "2012-03-22"),
    "5月14日(星期一)至18日(星期五)": ("2012-05-14", "2012-05-18"),
}
NO_DATES = (
    "截至2012年2月底，共有支部26个",
    "截止2012年3月10日，已有46个支部完成点评",
    "以2011年12月31日的年报数为准",
    "述职后1个月内写出方案",
    "会前3天通知",
    "根据3月2日党委会议精神",
    "2010年10月开展活动以来",
    "2008年7月以后入党的同志",
    "贯彻云大委〔2012〕7号文件",
    "《云川大学党员教育办法（2010年9月1日）》",
    "每月5日前报送",
    "总结2011年度工作",
    "票数超过2/3，每组3-5名，1500-2000字",
)
NUMBERS = {
    "云大委〔2012〕7号": "云大委〔2012〕7号",
    "云大委[2012] 7号": "云大委〔2012〕7号",
    "云大委﹝２０１２﹞第7号": "云大委〔2012〕7号",
    "云大委„2012‟7号": "云大委〔2012〕7号",
    "云大党发20127号": "云大党发〔2012〕7号",
    "云大党发〔2012 17号": "云大党发〔2012〕17号",
    "云大党发（2012]17": "云大党发〔2012〕17号",
    "云大组通〔2O12〕１O号": "云大组通〔2012〕10号",
    "云大党字〔二〇一二〕十二号": "云大党字〔2012〕12号",
    "根据云大委〔2012〕7号文件精神": "云大委〔2012〕7号",
    "现将云大委(2012)7号文转发给你们": "云大委〔2012〕7号",
}
NO_NUMBERS = (
    "行政楼2012号会议室",
    "《云川党建》2012年第6期",
    "账号20127733号",
    "2012年3月6号上午",
    "第3号投票箱",
)
CADENCES = {
    "对各党支部及书记的点评，每半年至少进行一次": [("党支部", 6, 1), ("党支部书记", 6, 1)],
    "一季一讲评、半年一点评": [("讲评", 3, 1), ("点评", 6, 1)],
    "每月与党员谈心不少于两次": [(None, 1, 2)],
    "每两个月到联系点一次": [(None, 2, 1)],
    "每年6月、12月各点评一次": [(None, 12, 2)],
    "季度讲评、半年点评、年度评议": [("讲评", 3, 1), ("点评", 6, 1), ("评议", 12, 1)],
    "上半年和下半年各进行一次": [(None, 6, 1)],
    "三个月点评一次": [(None, 3, 1)],
    "与年度考核、责任制考核结合，2012年7月1日前完成": [],
    "两年一轮": [(None, 24, 1)],
    "实行月报告、季通报制度": [("报告", 1, 1), ("通报", 3, 1)],
    "整改情况按季度向党员公布": [(None, 3, 1)],
    "党总支逐月登记": [(None, 1, 1)],
    "每名党员填写一份，每次点评前征求意见，连续两个季度靠后": [],
}
RESPONSIBILITIES = {
    "党支部书记要对所在支部党员逐一点评": ("党支部书记", "所在支部党员"),
    "对直属支部书记的点评，由党委组织部进行": ("党委组织部", "直属支部书记"),
    "其他党员干部由本单位党组织书记进行点评": ("本单位党组织书记", "其他党员干部"),
    "局党委书记点评机关党支部": ("局党委书记", "机关党支部"),
    "各支部书记接受党总支书记的点评": ("党总支书记", "各支部书记"),
    "受党委委托，组织员对学生党支部开展工作情况进行点评": ("组织员", "学生党支部"),
    "中心校支部书记对教师党员的点评要逐人进行": ("中心校支部书记", "教师党员"),
    "支部书记的点评由上级党组织负责人进行": ("上级党组织负责人", "支部书记"),
    "领导干部对本人所联系的支部每半年点评一次": ("领导干部", "本人所联系的支部"),
    "村党支部书记由包村委员和乡镇党委书记共同点评": ("包村委员和乡镇党委书记", "村党支部书记"),
    "退休党员由退休党支部书记采取入户走访的方式点评": ("退休党支部书记", "退休党员"),
    "街道党工委委员采取“一述一评”方式，对社区党支部书记进行点评": ("街道党工委委员", "社区党支部书记"),
    "商会党组织对所属商户党组织开展点评": ("商会党组织", "所属商户党组织"),
    "各级党组织要高度重视，把点评工作抓紧抓实": None,
    "对点评工作中的好做法要及时总结推广": None,
    "党员要正确对待点评，虚心接受批评": None,
}
DELIVERABLES = {
    "各党支部于3月23日前将登记表报机关党委": ("登记表", "各党支部", "机关党委", "2012-03-23"),
    "各党总支应于10月底前向党委提交群众意见汇总": ("群众意见汇总", "各党总支", "党委", "2012-10-31"),
    "评议情况请各支部于5月24日前书面报告党总支": ("评议情况", "各支部", "党总支", "2012-05-24"),
    "述职后15日内，被点评的书记写出整改方案": ("整改方案", "被点评的书记", "", None),
    "各系党支部5月18日前上报人选名单至院党委": ("人选名单", "各系党支部", "院党委", "2012-05-18"),
    "认真填写《点评登记表》，并于每次点评后一周内报组织部备案": ("《点评登记表》", "", "组织部", None),
    "各单位要及时总结，每月25日前向党委报送工作信息不少于2篇": ("工作信息", "各单位", "党委", "2012-03-25"),
    "电子稿于4月16日前打包报送": ("电子稿", "", "", "2012-04-16"),
    "各党小组的记录，请在4月8日前交支部存档": ("记录", "各党小组", "支部", "2012-04-08"),
    "对不按时报送材料的单位予以通报": None,
    "点评结果要在一定范围内通报": None,
    "做好整改中的信息反馈等事宜": None,
}


def dates_of(phrase):
    return [(one["start"], one["end"]) for one in as_json(read_notice(phrase, issued=ISSUED))["dates"]]


@pytest.mark.parametrize(("phrase", "end"), DEADLINES.items())
def test_a_deadline_has_no_beginning_and_includes_its_day(phrase, end):
    assert dates_of(phrase) == [(None, end)]


@pytest.mark.parametrize(("phrase", "ends"), WINDOWS.items())
def test_a_window_has_two_ends(phrase, ends):
    assert dates_of(phrase) == [ends]


@pytest.mark.parametrize("phrase", NO_DATES)
def test_what_binds_nobody_is_no_date(phrase):
    assert dates_of(phrase) == []


def test_without_a_day_of_issue_a_date_without_year_counts_from_the_one_before_it():
    found = read_notice("2011年3月1日动员，12月底前结束，次年1月通报。").dates
    assert [one.due for one in found][:2] == [date(2011, 3, 1), date(2011, 12, 31)]
    assert read_notice("3月15日前").dates == ()


def test_a_day_that_is_in_no_calendar_is_a_doubt():
    reading = read_notice("2月30日前报送", issued=ISSUED)
    assert [doubt.kind for doubt in reading.doubts] == ["impossible date"]
    assert reading.dates[0].due == date(2013, 2, 28)


def test_a_weekday_that_is_not_the_days_is_a_doubt():
    assert [doubt.kind for doubt in read_notice("4月25日（星期四）前", issued=ISSUED).doubts] == ["weekday"]
    assert read_notice("4月25日（星期三）前", issued=ISSUED).doubts == ()


@pytest.mark.parametrize(("phrase", "normal"), NUMBERS.items())
def test_a_number_is_read_whatever_its_brackets(phrase, normal):
    assert read_notice(phrase).number == normal


@pytest.mark.parametrize("phrase", NO_NUMBERS)
def test_what_only_looks_like_a_number_is_none(phrase):
    reading = read_notice(phrase)
    assert (reading.number, reading.cites) == ("", ())


@pytest.mark.parametrize(("phrase", "paces"), CADENCES.items())
def test_a_cadence_is_months_and_times(phrase, paces):
    found = read_notice(phrase).cadences
    assert [(one.months, one.times) for one in found] == [pace[1:] for pace in paces]
    assert [one.about for one, pace in zip(found, paces, strict=True) if pace[0]] == [
        p[0] for p in paces if p[0]
    ]


@pytest.mark.parametrize(("phrase", "pair"), RESPONSIBILITIES.items())
def test_a_responsibility_names_reviewer_and_reviewed(phrase, pair):
    found = [(one.reviewer, one.about) for one in read_notice(phrase).responsibilities]
    assert found == ([pair] if pair else [])


def test_two_pairs_in_one_sentence_stay_apart():
    found = read_notice(
        "党委点评支部、支部点评党员；总支书记对支部书记、支部书记对党员进行讲评"
    ).responsibilities
    assert [(one.reviewer, one.about) for one in found] == [
        ("党委", "支部"),
        ("支部", "党员"),
        ("总支书记", "支部书记"),
        ("支部书记", "党员"),
    ]


@pytest.mark.parametrize(("phrase", "told"), DELIVERABLES.items())
def test_a_deliverable_says_what_by_whom_to_whom_by_when(phrase, told):
    found = as_json(read_notice(phrase, issued=ISSUED))["deliverables"]
    assert [(one["what"], one["by"], one["to"], one["due"]) for one in found] == ([told] if told else [])


def wrongly_read(cases):
    """The phrases of a set that are read otherwise than the set says, by part."""
    wrong: dict[str, list[str]] = {"dates": [], "numbers": [], "cadences": [], "responsibilities": []}
    for case in cases["dates"]:
        found = as_json(read_notice(case["phrase"], issued=date.fromisoformat(case["issued"])))["dates"]
        if [(one["start"], one["end"]) for one in found] != [(case["start"], case["end"])]:
            wrong["dates"].append(case["phrase"])
    for case in cases["numbers"]:
        reading = read_notice(case["phrase"])
        if case["normal"] not in (reading.number, *(cite.number for cite in reading.cites)):
            wrong["numbers"].append(case["phrase"])
    for case in cases["cadences"]:
        told = [(one.months, one.times) for one in read_notice(case["phrase"]).cadences]
        if told != [(one["months"], one["times"]) for one in case["reads"]]:
            wrong["cadences"].append(case["phrase"])
    for case in cases["responsibilities"]:
        pairs = [(one.reviewer, one.about) for one in read_notice(case["phrase"]).responsibilities]
        if not any(alike(case["reviewer"], who) and alike(case["about"], about) for who, about in pairs):
            wrong["responsibilities"].append(case["phrase"])
    return wrong


def alike(one, other):
    return bool(one and other) and (one in other or other in one)


def test_the_given_phrases_are_read_right():
    wrong = wrongly_read(json.loads(PHRASES.read_text("utf-8")))
    assert wrong == {"dates": [], "numbers": [], "cadences": [], "responsibilities": []}


def test_phrases_written_by_somebody_else_are_read_right():
    wrong = wrongly_read(json.loads(Path(__file__).with_name("more_phrases.json").read_text("utf-8")))
    assert wrong.pop("responsibilities") == [
        "领导小组办公室对各单位点评工作进行督促检查",  # oversight of the work, read as such
    ]
    assert wrong == {"dates": [], "numbers": [], "cadences": []}


@pytest.mark.parametrize("adverb", ["原则上", "总体上", "一般上"])
@pytest.mark.parametrize("said", ["月底前", "年底前", "半年内", "周五前"])
def test_the_last_sign_of_an_adverb_is_no_part_of_a_date(adverb, said):
    reading = read_notice(
        f"关于报送总结的通知\n各党支部：\n一、{adverb}{said}报送总结。\n某某党委\n2020年10月9日\n"
    )
    assert not any(moment.quote.text.startswith("上") for moment in reading.dates)


def test_only_what_stands_right_before_a_day_tells_that_it_is_past():
    ahead = read_notice("联系领导曾在外，12月5日召开点评会。", issued=ISSUED)
    assert [moment.due for moment in ahead.dates] == [date(2012, 12, 5)]
    past = read_notice("点评会曾在12月5日召开。", issued=ISSUED)
    assert (past.dates, [moment.due for moment in past.mentions]) == ((), [date(2011, 12, 5)])
