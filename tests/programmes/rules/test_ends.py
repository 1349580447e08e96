"""What becomes of every accepted line, what a paper says is looked at, and deadlines it moves."""

import tomllib
from datetime import date

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from dianping.notices.rules import as_json, read_notice
from dianping.programmes.rules import lay_over, read_programme
from dianping.programmes.rules.accepted import FORM, AcceptedLine, Head
from dianping.programmes.rules.amending import NotAmendable, amended
from dianping.programmes.rules.drafting import drafted
from dianping.programmes.rules.focus import points_of, whom_of
from tests.programmes.rules.papers import PROVINCE, PROVINCE_TEXT, SCHOOL_TEXT
from tests.programmes.rules.test_drafting import KINDS, LIFE_MEETING, PLEDGES

REVIEWS = """关于做好领导干部点评工作的通知
各分党委、党总支、直属党支部：
一、点评内容。对党组织，要重点围绕推动中心工作、开展公开承诺、为师生办实事办好事、加强党组织和党员队伍建设、党群共建等情况进行点评；对党组织书记，要重点围绕其带头创先争优和组织党员开展创先争优等情况进行点评；对党员，要重点围绕本职岗位业绩、开展公开承诺、联系和服务师生等情况进行点评。
二、把集中点评、个别点评、随机点评结合起来，与年度考核结合起来。校领导对分管或联系的单位进行点评；各分党委、党总支书记要对所属党支部及其书记进行点评；党支部书记要对本支部每名党员进行点评。各单位要在2011年1月14日之前完成首次点评，今后每学期至少点评一次。
三、整改情况由各单位于3月底前上报学校创先争优活动领导小组办公室。
学校创先争优活动领导小组
2010年12月29日
"""


def accepted(text, day=None):
    reading = read_notice(text, issued=day)
    lines = []
    for key, kind in KINDS.items():
        for one in as_json(reading)[key]:
            if isinstance(one, dict):
                start, end = one["at"]
                begins = max(text.rfind(mark, 0, start) for mark in "。；;\n") + 1
                after = [at for mark in "。；;\n" if (at := text.find(mark, max(start, end - 1))) >= 0]
                sentence = text[begins : min(after, default=len(text))]
                lines.append(
                    AcceptedLine(
                        kind, one, one.get("clause", ""), one["text"], (start, end), sentence, begins
                    )
                )
    head = Head(
        reading.title,
        reading.number,
        reading.issuer,
        reading.dated or day,
        addressees="、".join(reading.addressees),
    )
    return head, lines


def draft_of(text, *, base=None, day=None):
    head, lines = accepted(text, day)
    return drafted(head, lines, base=base)


def programme_of(draft):
    return read_programme(tomli_w.dumps(draft.values))


@pytest.mark.parametrize("text", [REVIEWS, LIFE_MEETING, PLEDGES])
@pytest.mark.parametrize("base", [None, PROVINCE])
def test_every_accepted_line_ends_as_something_told_in_a_sentence(text, base):
    _, lines = accepted(text)
    draft = draft_of(text, base=base)
    assert [end.line for end in draft.ends] == lines
    assert all(end.told.endswith("。") for end in draft.ends)
    programme_of(draft)


def test_a_pace_of_reviews_as_such_is_of_those_the_paper_has_reviewed():
    programme = programme_of(draft_of(REVIEWS))
    (pace,) = [rule for rule in programme.rules if rule.cadence]
    assert (pace.cadence.months, pace.cadence.times) == (6, 1)
    assert set(pace.about) == {
        "member", "branch", "branch_secretary", "direct_branch", "direct_branch_secretary", "unit", "unit_secretary",
        "contact",
    }  # fmt: skip


def test_a_pace_of_nobody_is_told_as_not_carried_out():
    draft = draft_of(
        "关于有关事项的通知\n各党总支：\n一、今后每学期至少点评一次。\n某校党委\n2010年12月29日\n"
    )
    assert [end.line.kind for end in draft.not_carried_out] == ["cadence"]
    assert "对谁" in draft.not_carried_out[0].told


def test_branches_and_their_secretaries_are_owed_a_review_by_their_units_secretary():
    rounds = [rule for rule in programme_of(draft_of(REVIEWS)).rules if rule.round]
    assert {rule.about for rule in rounds} == {
        ("direct_branch", "direct_branch_secretary", "unit", "unit_secretary", "contact"), ("branch", "branch_secretary"), ("member",),
    }  # fmt: skip
    assert {rule.round.due for rule in rounds} == {date(2011, 1, 14)}


def test_what_is_looked_at_is_the_papers_own_list_uncut():
    both = lay_over(PROVINCE, programme_of(draft_of(REVIEWS)))
    assert both.template("organisation").look_at == (
        "推动中心工作", "开展公开承诺", "为师生办实事办好事", "加强党组织和党员队伍建设", "党群共建",
    )  # fmt: skip
    assert both.template("secretary").look_at == ("带头创先争优", "组织党员开展创先争优")
    assert both.template("member").look_at == ("本职岗位业绩", "开展公开承诺", "联系和服务师生")
    assert both.template("organisation").parts == PROVINCE.template("organisation").parts
    assert len(both.template("organisation").by_unit_kind) == 9
    assert [mode.name for mode in both.modes] == ["集中点评", "个别点评", "现场点评", "随机点评"]


def test_a_paper_that_orders_nothing_of_the_form_leaves_it():
    for paper in (PLEDGES, LIFE_MEETING):
        both = lay_over(PROVINCE, programme_of(draft_of(paper)))
        assert (both.templates, both.modes, both.forms) == (
            PROVINCE.templates,
            PROVINCE.modes,
            PROVINCE.forms,
        )
    three = lay_over(lay_over(PROVINCE, programme_of(draft_of(PLEDGES))), read_programme(SCHOOL_TEXT))
    assert three.templates == PROVINCE.templates


def test_a_paper_alone_that_names_no_parts_asks_for_the_usual_ones():
    programme = programme_of(draft_of(PLEDGES))
    assert [part.key for part in programme.template("member").parts] == [
        "evaluation",
        "achievements",
        "problems",
        "direction",
    ]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("重点围绕本职岗位上的业绩、公开承诺的兑现、联系和服务群众情况进行点评", ("本职岗位上的业绩", "公开承诺的兑现", "联系和服务群众")),
        ("重点围绕履行岗位职责、兑现公开承诺和服务群众等情况进行点评", ("履行岗位职责", "兑现公开承诺", "服务群众")),
        ("主要点评其思想建设和作风建设", ("思想建设", "作风建设")),
        ("重点围绕加强党组织和党员队伍建设进行点评", ("加强党组织和党员队伍建设",)),
        ("重点围绕学习和工作情况进行点评", ("学习和工作",)),
        ("重点点评党员干部和群众关系", ("党员干部和群众关系",)),
    ],
)  # fmt: skip
def test_lists_of_points_are_not_cut_inside_a_point(text, points):
    assert points_of(text) == points


WORD = st.text("甲乙丙丁戊己庚辛", min_size=4, max_size=8)


@given(st.lists(WORD, min_size=2, max_size=6, unique=True), st.sampled_from(["党员", "党组织", "党组织书记"]))
def test_any_list_comes_back_whole(points, whom):
    text = f"对{whom}，要重点围绕{'、'.join(points)}等情况进行点评"
    assert points_of(text) == tuple(points)
    assert whom_of(text) == {"党员": "member", "党组织": "organisation", "党组织书记": "secretary"}[whom]


# ---- moved deadlines
STANDING, PROVINCE_VALUES = tomllib.loads(SCHOOL_TEXT), tomllib.loads(PROVINCE_TEXT)
PAPER = "关于调整有关安排的通知\n各党总支：\n现调整如下：\n{}\n某委\n2011年1月4日\n"


def moved(text):
    draft = draft_of(PAPER.format(text))
    return draft, [(one.what, one.due) for one in draft.moved]


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("一、将领导点评的完成时间由2011年2月2日延长至4月30日。", "round", date(2011, 4, 30)),
        ("一、普遍开展一次领导点评的时间延长到2011年3月10日。", "round", date(2011, 3, 10)),
        ("一、春节前普遍点评一轮的期限推迟到3月底。", "round", date(2011, 3, 31)),
        ("一、首次点评完成期限延期至2011年4月30日前。", "round", date(2011, 4, 30)),
        ("一、首次点评提前至2011年1月20日前完成。", "round", date(2011, 1, 20)),
        ("一、原定1月11日至20日的听取汇报推迟到1月25日至28日进行。", "hearing", date(2011, 1, 28)),
        ("一、点评工作开展情况报告的报送时间提前至1月8日。", "paper", date(2011, 1, 8)),
    ],
)
def test_a_moved_deadline_orders_nothing_new(text, what, due):
    draft, found = moved(text)
    assert found == [(what, due)]
    assert [draft.values.get(kind, []) for kind in ("rule", "deliverable", "hearing")] == [[], [], []]
    assert draft.not_carried_out == []


def test_a_moved_round_is_the_same_round_with_its_old_day_kept():
    draft, _ = moved("一、将领导点评的完成时间由2011年2月2日延长至4月30日。")
    outcome = amended(PROVINCE_VALUES, [with_moved(draft)])
    assert [(c.was, c.now) for c in outcome.changes] == [
        ("2010-12-15 至 2011-02-02", "2010-12-15 至 2011-04-30")
    ]
    programme = read_programme(tomli_w.dumps(outcome.values))
    (one,) = [rule for rule in programme.rules if rule.round]
    assert (one.code, one.round.due) == ("round", date(2011, 4, 30))
    assert [(cited.clause, cited.due) for cited in one.cited] == [("一", None), ("四.4", date(2011, 2, 2))]
    assert programme.templates == PROVINCE.templates


def test_a_moved_hearing_and_a_moved_paper_keep_their_codes_and_old_days():
    for text, code, was in (
        ("一、原定1月11日至20日的听取汇报推迟到1月25日至28日进行。", "hearing", date(2011, 1, 20)),
        ("一、原定1月11日至20日党委听取各党总支汇报推迟到1月25日至28日进行。", "hearing", date(2011, 1, 20)),
        ("一、点评工作开展情况报告的报送时间提前至1月8日。", "work_report", date(2011, 1, 10)),
    ):
        draft, ((_, due),) = moved(text)
        outcome = amended(STANDING, [with_moved(draft)])
        programme = read_programme(tomli_w.dumps(outcome.values))
        assert (len(programme.deliverables), len(programme.hearings), len(outcome.changes)) == (3, 1, 1)
        (one,) = [one for one in (*programme.deliverables, *programme.hearings) if one.code == code]
        assert (one.window.due, one.before[0].due) == (due, was)
        assert code != "hearing" or one.window.opens == date(2011, 1, 25)


def test_a_hearing_that_an_older_programme_has_among_its_papers_is_moved_there():
    (hearing,) = STANDING["hearing"]
    paper = {key: hearing[key] for key in ("code", "name", "opens", "due", "clause", "says")}
    paper |= {"kinds": hearing["units"], "to": hearing["heard_by"]}
    older = {key: value for key, value in STANDING.items() if key != "hearing"}
    older["deliverable"] = [*STANDING["deliverable"], paper]
    draft, _ = moved("一、原定1月11日至20日的听取汇报推迟到1月25日至28日进行。")
    programme = read_programme(tomli_w.dumps(amended(older, [with_moved(draft)]).values))
    (one,) = [one for one in programme.deliverables if one.code == "hearing"]
    assert (one.window.due, one.before[0].due) == (date(2011, 1, 28), date(2011, 1, 20))


def test_what_nobody_ordered_cannot_be_moved():
    draft, _ = moved("一、述职材料的报送时间延长至2月8日。")
    with pytest.raises(NotAmendable, match="没有这样一项安排"):
        amended(PROVINCE_VALUES, [with_moved(draft)])


def with_moved(draft):
    return {**draft.values, "moved": [new.as_entry() for new in draft.moved]}


@pytest.mark.parametrize(
    ("text", "binds"),
    [
        (
            "一、将领导点评的完成时间由2011年2月2日延长至2月20日。",
            date(2011, 1, 10),
        ),  # the nearer one stays the school's own
        ("一、将领导点评的完成时间由2011年2月2日提前至1月20日。", date(2011, 1, 10)),
        (
            "一、将领导点评的完成时间由2011年2月2日提前至1月8日。",
            date(2011, 1, 8),
        ),  # nearer still, it binds, and refuses no paper
    ],
)
def test_a_moved_round_leaves_the_stricter_day_of_a_lower_paper_binding(text, binds):
    draft, _ = moved(text)
    programme = read_programme(tomli_w.dumps(amended(PROVINCE_VALUES, [with_moved(draft)]).values))
    both = lay_over(programme, read_programme(SCHOOL_TEXT))
    due = {
        line.responsibility.code: line.window.due
        for line in both.lines(date(2011, 1, 5))
        if line.rule == "round"
    }
    assert due["unit"] == due["contact"] == binds
    assert due["member"] == max(rule.round.due for rule in programme.rules if rule.round)
    cited = [one.says for rule in programme.rules if rule.round for one in rule.cited]
    assert text.rstrip("。") in cited[0], "the whole sentence is cited, not the day alone"


def test_rounds_of_one_day_are_moved_together_and_another_day_s_stays():
    def round_of(code, due):
        return {
            "code": code,
            "name": code,
            "opens": date(2010, 12, 29),
            "due": due,
            "about": ["member"],
            "clause": "二",
        }

    first, later = date(2011, 1, 14), date(2011, 6, 30)
    rounds = [round_of("a", first), round_of("b", first), round_of("c", later)]
    values = {**PROVINCE_VALUES, "rule": rounds}
    draft, _ = moved("一、首次点评完成期限由1月14日延长至3月10日。")
    told = amended(values, [with_moved(draft)]).values["rule"]
    assert [rule["due"] for rule in told] == [date(2011, 3, 10), date(2011, 3, 10), later]
    unclear, _ = moved("一、点评完成期限延长至3月10日。")
    with pytest.raises(NotAmendable, match="有 2 项"):
        amended(values, [with_moved(unclear)])


# ---- laid over a superior
OVER = """关于做好点评工作的通知
各党总支、直属党支部：
一、校领导在2011年1月10日前对分管单位进行点评。
二、党支部及其书记的点评每季度至少一次。
三、党支部及其书记的点评每两个月至少一次。
四、党支部书记要对本支部每名党员进行点评。
某校党委
2010年12月31日
"""


def test_what_the_superior_orders_already_is_told_and_not_ordered_twice():
    draft = draft_of(OVER, base=PROVINCE)
    by_clause = {(end.line.clause, end.line.kind): end for end in draft.ends}
    assert by_clause["一", "responsibility"].what == "规则"
    assert "已有" in by_clause["二", "cadence"].told
    assert by_clause["四", "responsibility"].what == "记入文件"
    assert by_clause["三", "cadence"].what == "规则"
    paces = {
        rule.code: rule.cadence for rule in lay_over(PROVINCE, programme_of(draft)).rules if rule.cadence
    }
    assert {code: pace.months for code, pace in paces.items()} == {"quarter": 2, "half_year": 6}


def test_whatever_is_left_out_of_a_paper_the_rest_still_ends():
    head, lines = accepted(REVIEWS)
    for at in range(len(lines)):
        some = [*lines[:at], *lines[at + 1 :]]
        assert [end.line for end in drafted(head, some).ends] == some


# ---- hearings
HEARING = """关于听取汇报的通知
各党总支、直属党支部：
四、{}
某校党委
2010年12月31日
"""


@pytest.mark.parametrize(
    "text",
    [
        "2011年1月11日至20日，党委要集中听取对各党总支、直属党支部活动开展情况汇报，并对各党总支、直属党支部书记进行集中点评。",
        "2011年1月11日至20日，听取各党总支汇报。",
    ],
)
@pytest.mark.parametrize("base", [None, PROVINCE])
def test_a_hearing_with_its_days_ends_as_a_duty_with_them(text, base):
    draft = draft_of(HEARING.format(text), base=base)
    (hearing,) = programme_of(draft).hearings
    assert (hearing.window.opens, hearing.window.due) == (date(2011, 1, 11), date(2011, 1, 20))
    assert hearing.collective == ("集中点评" in text)
    told = [
        end.what
        for end in draft.ends
        if end.line.kind == "hearing" or end.line.value.get("kind") == "hearing"
    ]
    assert told
    assert set(told) == {"应办"}
    assert draft.values.get("deliverable", []) == []


def test_a_hearing_without_a_day_is_told_as_not_carried_out():
    said = {"hearer": "党委", "units": "各党总支", "start": None, "end": None, "collective": False}
    line = AcceptedLine("hearing", said, "四", "党委听取各党总支汇报")
    draft = drafted(Head("通知", "", "某校党委", date(2010, 12, 31)), [line])
    assert [end.line for end in draft.not_carried_out] == [line]
    assert "止" in draft.not_carried_out[0].told


def test_a_hearing_added_by_hand_says_in_its_own_words_whether_secretaries_are_reviewed():
    added = {"end": "2011-01-20", "start": None, "hearer": "", "units": "", "added": True}
    head = Head("通知", "", "某校党委", date(2010, 12, 31), (), "各党总支：")
    line = AcceptedLine("hearing", added, "四", "元月中旬听取汇报并对书记集中点评")
    (entry,) = drafted(head, [line]).values["hearing"]
    assert (entry["heard_by"], entry["opens"], entry["collective"]) == ("党委", date(2010, 12, 31), True)


def test_a_way_of_reviewing_no_record_knows_is_kept_as_words():
    head = Head("通知", "", "某校党委", date(2010, 12, 31))
    ways = [("other", "书面点评"), ("collective", "集中讲评"), ("collective", "集中点评")]
    lines = [AcceptedLine("mode", {"kind": kind, "about": about}, "三", about) for kind, about in ways]
    draft = drafted(head, lines)
    assert [end.what for end in draft.ends] == ["记入文件", "写法和台账", "写法和台账"]
    assert [mode["key"] for mode in draft.values["mode"]] == ["collective"]


def test_a_contact_point_the_superior_says_nothing_of_is_told_so():
    values = {**PROVINCE_VALUES}
    values["responsibility"] = [one for one in values["responsibility"] if one["code"] != "contact"]
    values["rule"] = [
        {**one, "about": [code for code in one["about"] if code != "contact"]} for one in values["rule"]
    ]
    base = read_programme(tomli_w.dumps(values))
    draft = draft_of(OVER.replace("在2011年1月10日前对分管单位", "对分管和联系的单位"), base=base)
    (end,) = [end for end in draft.ends if end.line.clause == "一" and end.line.kind == "responsibility"]
    assert (end.what, "联系点" in end.told) == ("记入文件", True)


BASIS = """关于开展领导点评的通知
各党总支：
一、党支部书记要对本支部每名党员进行点评，于2011年3月1日前完成。
二、领导点评要在{}的基础上进行。
某某大学委员会
2011年1月3日
"""


@pytest.mark.parametrize(("words", "demanded"), [("广泛征求意见、深入调查研究", True), ("实事求是", False)])
def test_that_reviews_rest_on_what_was_looked_into_becomes_a_demand(words, demanded):
    draft = draft_of(BASIS.format(words))
    grounds = read_programme(tomli_w.dumps(draft.values)).grounds
    assert (grounds is not None) is demanded
    if demanded:
        assert grounds.about == {"organisation", "secretary"}
        (end,) = [end for end in draft.ends if "依据" in end.told]
        assert end.what == FORM
        standing = {"code": "a", "number": "甲〔2010〕1号", "rule": [], "issued": date(2010, 1, 1)}
        change = next(c for c in amended(standing, [draft.values]).changes if c.what == "点评的依据")
        assert words in change.now
