"""Frames the third set of passages taught, each in words of its own that stand in no passage."""

from datetime import date

import pytest

from dianping.notices.rules import as_json, read_notice

ISSUED = date(2014, 3, 3)  # a Monday

# Who reviews whom: every pair, no other.
PAIRS = {
    "班组长好不好，由车间支部书记来评。": [("车间支部书记", "班组长")],
    "站长兼书记的，由段党委书记评。": [("段党委书记", "站长兼书记")],
    "校党委书记每月约谈各系党总支书记，并当面点评。": [("校党委书记", "各系党总支书记")],
    "局党组成员到县局点评党组书记，县局党组书记到站所点评支部书记。": [
        ("局党组成员", "党组书记"),
        ("县局党组书记", "支部书记"),
    ],
    "点评村支书的是包片领导，点评党员的是村支书。": [("包片领导", "村支书"), ("村支书", "党员")],
    "被点评的是车间支部书记，点评的是分管厂长。": [("分管厂长", "车间支部书记")],
    "村支书（由镇党委书记点评）。": [("镇党委书记", "村支书")],
    "党员先自评，再由支部书记点评。": [("支部书记", "党员")],
    "党委副书记代党委书记点评各支部书记。": [("党委副书记", "各支部书记")],
    "党委书记不点评机关支部书记，由分管副书记点评。": [("分管副书记", "机关支部书记")],
    "各支部书记、党员分别由总支书记、支部书记点评。": [("总支书记", "各支部书记"), ("支部书记", "党员")],
    "各系党总支书记要把教工支部书记逐个点评一遍。": [("各系党总支书记", "教工支部书记")],
    "支部书记请联系领导点评，党员请支部书记点评。": [("联系领导", "支部书记"), ("支部书记", "党员")],
    "区长对局长、局长对科长、科长对科员党员，一级点评一级。": [
        ("区长", "局长"),
        ("局长", "科长"),
        ("科长", "科员党员"),
    ],
    "对村支书，镇党委书记要一个一个点评。": [("镇党委书记", "村支书")],
    "点评由镇党委书记主持，各包村领导点评所包村支书。": [("各包村领导", "所包村支书")],
    "总支书记点评中层党员。": [("总支书记", "中层党员")],
    "支部书记要把点评情况记入手册。": [],
}

# What is handed in: by, what, to, due.
PAPERS = {
    "登记表由党员本人填，交支部；支部装订成册，4月25日前寄公司党委。": [
        ("党员本人", "登记表", "支部", None),
        ("支部", "登记表", "公司党委", "2014-04-25"),
    ],
    "每人带工作小结2份，会上收。": [("", "工作小结", "", None)],
    "总结写好后先给书记看，4月底前再报组织部。": [("", "总结", "组织部", "2014-04-30")],
    "名册、统计表分别于4月10日、4月20日前报组织部。": [
        ("", "名册", "组织部", "2014-04-10"),
        ("", "统计表", "组织部", "2014-04-20"),
    ],
    "请各镇把上半年工作情况写成书面报告，于4月20日前报送县委组织部。": [
        ("各镇", "书面报告", "县委组织部", "2014-04-20")
    ],
    "发言提纲控制在5分钟以内，电子版于4月3日前发党委办公室。": [("", "发言提纲", "党委办公室", "2014-04-03")],
    "稿件两千字上下，4月30日截稿，发至编辑部信箱。": [("", "稿件", "编辑部", "2014-04-30")],
    "测评票集中到党委办公室，4月8日收毕。": [("", "测评票", "党委办公室", "2014-04-08")],
    "各总支于4月28日前填报问题清单、责任清单。": [
        ("各总支", "问题清单", "", "2014-04-28"),
        ("各总支", "责任清单", "", "2014-04-28"),
    ],
    "请工会牵头，4月5日前拿出方案，送分管领导审定后于4月9日前寄省总工会。": [
        ("工会", "方案", "省总工会", "2014-04-09")
    ],
    "各单位名册，无论有无变动，均须于4月14日前传来。": [("各单位", "名册", "", "2014-04-14")],
    "小结报告的报送时间提前至4月8日。": [],
    "支部书记要把点评意见书面反馈给被点评人。": [],
}

# How often, and what of it: about, months, times.
CADENCES = {
    "镇党委书记讲评村支书，每月一次。": [("村支书", 1, 1)],
    "总支书记点评支部书记，支部书记点评党员，均每季度一次。": [("支部书记", 3, 1), ("党员", 3, 1)],
    "党委委员包干点评企业党委书记，一季一评。": [("企业党委书记", 3, 1)],
    "每季末二十五日前，各支部将点评台账报党委。": [("点评台账", 3, 1)],
    "讲评记录由各党委于每月28日前录入并报组织部。": [("讲评记录", 1, 1)],
    "党委书记一年点评支部书记两次。": [("支部书记", 12, 2)],
    "这样的评议会每年办两回。": [("这样的评议会", 12, 2)],
}

# Dates that bind; others of the sentence tell or name.
DATES = {
    "第二季度过半，点评要跟上。": [],
    "你委2月14日《关于延期换届的请示》收悉。": [],
    "2月13日至17日，县委组织部抽查了9个乡镇。": [],
    "点评得分于次月5日前公布。": [],
    "上半年点评须在6月25日前结束。": [("6月25日前", "deadline")],
    "报送时间仍为4月9日。": [("4月9日", "deadline")],
    "自评请于4月8日送政治处汇总，政治处十号报局党组。": [("4月8日", "deadline"), ("十号", "deadline")],
    "5月底前结束。": [("5月底前", "deadline")],
}


def rows(text, name, *keys):
    return [tuple(row[key] for key in keys) for row in as_json(read_notice(text, issued=ISSUED))[name]]


@pytest.mark.parametrize("text", PAIRS)
def test_who_reviews_whom_in_unusual_words(text):
    assert rows(text, "responsibilities", "reviewer", "about") == PAIRS[text]


@pytest.mark.parametrize("text", PAPERS)
def test_papers_in_unusual_words(text):
    assert rows(text, "deliverables", "by", "what", "to", "due") == PAPERS[text]


@pytest.mark.parametrize("text", CADENCES)
def test_a_cadence_is_about_what_the_clause_before_tells(text):
    assert rows(text, "cadences", "about", "months", "times") == CADENCES[text]


@pytest.mark.parametrize("text", DATES)
def test_what_only_tells_binds_nobody(text):
    assert rows(text, "dates", "text", "role") == DATES[text]


def test_what_stands_around_is_furniture_and_a_row_is_no_sentence():
    text = (
        "柳湾先锋\n柳湾镇党群办 2023-06-13 18:20 发表于柳城\n\n关于报送点评小结的通知\n\n各支部：\n分组如下：\n"
        "组别  组长  对象  时间\n第一组  鲁某  东村  4月20日至22日\n各支部于4月17日前将小结报镇党建办。\n\n"
        "柳湾镇党委\n2014年3月3日\n\n回　执\n单位（盖章）：\n姓名　　职务　　手机\n编辑｜覃某　审核｜镇党建办\n"
    )
    reading = as_json(read_notice(text))
    assert [row["text"] for row in reading["furniture"]] == [
        "柳湾先锋",
        "柳湾镇党群办 2023-06-13 18:20 发表于柳城",
        "单位（盖章）：",
        "姓名　　职务　　手机",
        "编辑｜覃某　审核｜镇党建办",
    ]
    assert [(row["by"], row["what"], row["to"]) for row in reading["deliverables"]] == [
        ("各支部", "小结", "镇党建办")
    ]


def test_a_place_beside_the_party_body_of_another_is_of_its_name():
    text = (
        "关于填报清单的通知\n\n各县委组织部，市属各高校、国有企业党委组织部，各总支、各支部：\n请于4月1日前填报。\n\n"
        "中共柳城市委组织部\n2014年3月3日\n"
    )
    assert as_json(read_notice(text))["addressees"] == [
        "各县委组织部",
        "市属各高校、国有企业党委组织部",
        "各总支",
        "各支部",
    ]
