"""Kinds of words in notices, each with what a careful clerk reads; one instance stands for all like it."""

from datetime import date

import pytest

from dianping.notices.rules import read_notice

ISSUED = date(2012, 11, 20)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("述职一般从12月开始，原则上年底前全部结束。", [(None, "2012-12-31")]),
        ("各支部结合年初制定的目标自查。", []),
        ("对照去年底点评时指出的问题逐条对账。", []),
        ("抓住春节前党员返乡的时机，组织学习。", []),
        ("原定11月30日截止的报名延长至12月7日。", [(None, "2012-12-07")]),
        ("原定11月28日的点评会推迟至12月5日召开。", [("2012-12-05", "2012-12-05")]),
        ("国庆节后一周内完成。", []),
        ("三年内点评一遍。", []),
        ("每年6月、12月各集中点评一次。", []),
        ("上、下半年各点评一次。", []),
        ("听取第三季度工作汇报。", []),
        ("“填表日期”统一写2012年12月31日。", []),
        ("开放时间：2012/12/9 8:00 至 2012/12/20 17:30。", [("2012-12-09", "2012-12-20")]),
        ("12/28前报材料。", [(None, "2012-12-28")]),
        ("腊月二十三前完成。", [(None, "2013-02-02")]),
        ("于2012年12月12日下午下班前交组织部。", [(None, "2012-12-12")]),
        ("自本通知印发之日起施行。", [("2012-11-20", None)]),
        ("11月份新成立的支部不参加。", []),
    ],
)
def test_only_days_that_bind_are_dates(words, days):
    read = read_notice(words, issued=ISSUED).dates
    told = [(str(m.opens) if m.opens else None, str(m.due) if m.due else None) for m in read]
    assert told == days


@pytest.mark.parametrize(
    ("words", "kind", "reading"),
    [
        ("2013115日前完成。", "date", "2013-01-15 或 2013-11-05"),
        ("请于□月□日前报来。", "date", "读不出日期"),
        ("定于X月X日召开。", "date", "读不出日期"),
    ],
)
def test_a_broken_day_is_a_doubt_and_no_day(words, kind, reading):
    told = read_notice(words, issued=ISSUED)
    assert [(doubt.kind, doubt.reading) for doubt in told.doubts] == [(kind, reading)]
    assert told.dates == ()


@pytest.mark.parametrize(
    ("words", "pairs"),
    [
        ("校领导到各单位进行点评。", [("校领导", "各单位")]),
        ("请乡联系领导到支部点评一次。", [("乡联系领导", "支部")]),
        ("经济学院党委书记对各支部书记进行点评。", [("经济学院党委书记", "各支部书记")]),
        ("对外联络处党支部书记点评本支部党员。", [("对外联络处党支部书记", "本支部党员")]),
        ("在职党员由社区党组织书记点评。", [("社区党组织书记", "在职党员")]),
        ("支部书记述职，接受党员评议，党总支书记逐一点评。", [("党总支书记", "支部书记")]),
        ("县委书记评乡镇书记，乡镇书记评村书记。", [("县委书记", "乡镇书记"), ("乡镇书记", "村书记")]),
        ("坚持“书记评书记”。", []),
        ("党委书记对各支部书记作了点评。", []),
        ("可以委托分管副书记代为点评。", []),
        ("支部书记点评党员要有名有事。", [("支部书记", "党员")]),
        ("企业党组织由区委组织部指派党建指导员点评。", [("党建指导员", "企业党组织")]),
        ("市委常委按照联系分工，分别点评各县（市、区）委书记。", [("市委常委", "各县（市、区）委书记")]),
        ("院领导班子成员对科室党员进行一对一点评。", [("院领导班子成员", "科室党员")]),
        ("《党员点评表》由支部书记填写。", [("支部书记", "党员")]),
        ("点评人：校党委常委；点评对象：二级党组织书记。", [("校党委常委", "二级党组织书记")]),
        ("各单位党组织负责人要对班子成员进行点评。", [("各单位党组织负责人", "班子成员")]),
        ("党小组长对组员打分点评。", [("党小组长", "组员")]),
        ("以往一些支部书记对党员点评流于形式。", []),
    ],
)
def test_who_reviews_whom(words, pairs):
    assert [(one.reviewer, one.about) for one in read_notice(words).responsibilities] == pairs


@pytest.mark.parametrize(
    ("words", "papers"),
    [
        ("根据《考核办法》（某交党〔2019〕37号）有关要求开展考核。", []),
        ("填报《统计表》，报书记审阅同意后，报省委组织部。", [("", "《统计表》", "省委组织部", None)]),
        (
            "请将《甲表》（附件1）、《乙表》纸质版一式两份（加盖公章）于12月5日前交组织部（行政楼305），电子版发至a@example.com。",
            [("", "《甲表》（附件1）", "组织部", "2012-12-05"), ("", "《乙表》", "组织部", "2012-12-05")],
        ),
        ("旧登记卡12月5日前上缴县档案局。", [("", "旧登记卡", "县档案局", "2012-12-05")]),
        ("根据点评反馈意见和上报数据完善资料。", []),
        ("对点评中发现的问题，要及时反馈给被点评人。", []),
        ("点评表12月1日前不再报送。", []),
        ("有关材料由支部存档，不需上报。", []),
        ("责任单位应书面回告点评领导。", [("责任单位", "书面回告", "点评领导", None)]),
        (
            "各党支部12月底前将整改情况报送镇党委，镇党委汇总后于1月5日前报县委组织部。",
            [
                ("各党支部", "整改情况", "镇党委", "2012-12-31"),
                ("镇党委", "整改情况", "县委组织部", "2013-01-05"),
            ],
        ),
        (
            "1.方案，11月25日前报；2.总结，12月25日前报；以上材料均报局党办。",
            [("", "方案", "局党办", "2012-11-25"), ("", "总结", "局党办", "2012-12-25")],
        ),
        (
            "请将《评议表》收齐后密封，连同《汇总表》一并交组织科。",
            [("", "《评议表》", "组织科", None), ("", "《汇总表》", "组织科", None)],
        ),
        (
            "请把照片3-5张和简报一篇发到党委邮箱a@example.com。",
            [("", "照片", "党委", None), ("", "简报", "党委", None)],
        ),
        ("要制定整改措施，整改情况于12月底前上报组织部。", [("", "整改情况", "组织部", "2012-12-31")]),
        ("此前未报到会名单的，12月1日前报协会党办。", [("", "到会名单", "协会党办", "2012-12-01")]),
    ],
)
def test_what_has_to_be_handed_in(words, papers):
    read = read_notice(words, issued=ISSUED).deliverables
    assert [(one.by, one.what, one.to, str(one.due) if one.due else None) for one in read] == papers


@pytest.mark.parametrize(
    "table",
    [
        "材料\t单位\t截止时间\n登记表\t各支部\t12月1日\n总结\t各总支\t12月5日前报组织部",
        "| 材料 | 单位 | 截止时间 |\n|---|---|---|\n| 登记表 | 各支部 | 12月1日 |\n| 总结 | 各总支 | 12月5日前报组织部 |",
        "材料    单位    截止时间\n登记表    各支部    12月1日\n总结    各总支    12月5日前报组织部",
        "材料 单位 截止时间\n登记表 各支部 12月1日\n总结 各总支 12月5日前报组织部",
        "材料\n单位\n截止时间\n登记表\n各支部\n12月1日\n总结\n各总支\n12月5日前报组织部",
    ],
)
def test_a_table_is_read_however_its_cells_are_parted(table):
    read = read_notice(f"请按下表报送。\n{table}\n以上请认真落实。", issued=ISSUED).deliverables
    assert [(one.by, one.what, one.to, str(one.due)) for one in read] == [
        ("各支部", "登记表", "", "2012-12-01"),
        ("各总支", "总结", "组织部", "2012-12-05"),
    ]


def test_a_table_of_reviewers_is_read_and_the_cell_above_counts():
    read = read_notice(
        "点评领导\t被点评单位\t时间\n张书记\t一支部\t12月5日\n〃\t二支部\t12月6日", issued=ISSUED
    )
    assert [(one.reviewer, one.about) for one in read.responsibilities] == [
        ("张书记", "一支部"),
        ("张书记", "二支部"),
    ]
    assert [str(one.due) for one in read.dates] == ["2012-12-05", "2012-12-06"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("附件：1．方案.docx\n2．征求意见表.doc\n3. 模板（略）", ["方案", "征求意见表", "模板"]),
        ("附件：1.登记表；2.标准。", ["登记表", "标准"]),
        ("附：推荐表2份", ["推荐表"]),
        ("【附件】：记录表.doc", ["记录表"]),
        (
            "附件【附件1：记录（空白）.doc】已下载12次\n附件【附件2：一览.xlsx】已下载31次",
            ["记录（空白）", "一览"],
        ),
        ("附件：《甲登记表》、《乙登记表》", ["《甲登记表》", "《乙登记表》"]),
        ("附件：无", []),
        ("附表1 登记表\n附表2 统计表", ["登记表", "统计表"]),
    ],
)
def test_attachments_by_name(words, names):
    assert [one.name for one in read_notice(words).attachments] == names


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("采取会议点评、书面点评和现场点评。", ["会议点评", "书面点评", "现场点评"]),
        ("采取集中、个别等方式进行点评。", ["集中点评", "个别点评"]),
        ("点评方式：集中与个别相结合。", ["集中点评", "个别点评"]),
        ("□集中点评　☑个别点评", ["个别点评"]),
        ("不搞集中点评。", []),
        ("领导点评要辣味足。", []),
        ("把日常点评与定期点评结合起来。", []),
    ],
)
def test_ways_of_reviewing(words, ways):
    assert [one.about for one in read_notice(words).modes] == ways


HEADS = {
    "number and title on one line": "某委〔2014〕3号 关于做好点评工作的通知\n各支部：\n请认真落实。\n中共某区委\n2014年6月5日",
    "title above the number": "关于做好点评工作的通知\n某委〔2014〕3号\n各支部：\n请认真落实。\n中共某区委\n2014年6月5日",
    "number in brackets": "关于做好点评工作的通知（某委〔2014〕3号）\n各支部：\n请认真落实。\n中共某区委\n2014年6月5日",
    "one line": "某委〔2014〕3号 关于做好点评工作的通知 各支部： 请认真落实。 中共某区委 2014年6月5日",
    "fields": "标  题：关于做好点评工作的通知\n发文字号：某委〔2014〕3号  密级：普通  拟稿：某某\n正文：\n各支部：\n请认真落实。\n中共某区委\n2014年6月5日",
    "whom to ask before the signature": "某委〔2014〕3号\n关于做好点评工作的通知\n各支部：\n请认真落实。\n联系人：某某 电话：80000000\n中共某区委\n2014年6月5日",
    "a page's fields": "首页 > 通知 > 正文\n关于做好点评工作的通知\n发文机关：中共某区委　成文日期：2014-06-05\n发文字号：某委〔2014〕3号\n各支部：\n请认真落实。",
    "page numbers": "— 1 —\n某委〔2014〕3号\n关于做好点评\n— 2 —\n工作的通知\n各支部：\n请认真\n— 3 —\n落实。\n中共某区委\n2014年6月5日",
}


@pytest.mark.parametrize("kind", HEADS)
def test_a_head_is_read_in_any_order(kind):
    read = read_notice(HEADS[kind])
    assert (read.title, read.number, read.issuer) == (
        "关于做好点评工作的通知",
        "某委〔2014〕3号",
        "中共某区委",
    )
    assert (read.addressees, read.dated) == (("各支部",), date(2014, 6, 5))
    assert [clause.text.strip() for clause in read.clauses][-1].replace("\n— 3 —\n", "") == "请认真落实。"


def test_two_issuers_are_two():
    read = read_notice(
        "关于做好点评工作的通知\n各支部：\n请认真落实。\n中共甲县委组织部        甲县民政局\n2016年10月10日"
    )
    assert read.issuer == "中共甲县委组织部、甲县民政局"


def test_two_papers_issued_under_one_cover_are_two():
    read = read_notice(
        "关于印发《点评办法》和《点评参考标准》的通知\n各支部：\n现将《点评办法》《点评参考标准》印发给你们。\n甲校党委\n2014年4月14日\n\n"
        "点评办法\n一、每季度点评一次。\n\n点评参考标准\n一、履职。"
    )
    assert [paper.title for paper in read.enclosed] == ["点评办法", "点评参考标准"]


def test_traditional_characters_are_read_and_told():
    read = read_notice("關於開展領導點評工作的通知\n各黨總支：\n黨支部書記要對本支部每名黨員進行點評。")
    assert (read.title, read.addressees) == ("关于开展领导点评工作的通知", ("各党总支",))
    assert [(one.reviewer, one.about) for one in read.responsibilities] == [("党支部书记", "本支部每名党员")]
    assert [doubt.kind for doubt in read.doubts] == ["traditional"]


@pytest.mark.parametrize(
    "unit",
    ["|a|b|c|\n", "材料\n单位\n时间\n", "附件：1.登记表2.表\n", "（", "《", "甲书记评乙书记，", "集中、个别", "将总结报组织部，", "关于x的函\n"],
)  # fmt: skip
def test_long_repetitions_are_read_to_the_end(unit):
    assert read_notice(unit * (20_000 // len(unit))) is not None
