"""What has to be handed in: what, by whom, to whom, by when. Basis: 平学院创组文〔2010〕1号 2 and 3; 26号 四.1.

将X报Y, 向Y报送X, 报送X至Y, X请于…前交Y, 填写X，…报Y, 写出X交Y, and 写出专门书面报告 without a receiver.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from dianping.notices.rules.model import DeliverableRead, Moment
from dianping.notices.rules.paper_names import (
    copies_of,
    is_medium,
    is_paper,
    paper_in,
    told_apart,
    without_media,
)
from dianping.notices.rules.papers_due import due_before, due_of
from dianping.notices.rules.papers_named import made_in, measured_in, named_before, taken_by
from dianping.notices.rules.papers_timed import timed_in
from dianping.notices.rules.receivers import is_mailbox, is_step, receiver_in
from dianping.notices.rules.recurring import first_of
from dianping.notices.rules.slim import Slim, slim_of
from dianping.notices.rules.subjects import ENDING, numbering, subject_of
from dianping.notices.rules.text import PlainText, Sentence

# A verb of handing in: 报送, 上交, 上缴, 反馈, 传回, 发至, 捎到, 电邮, and 报, 交 or 送 alone; not within 通报, 抄报, 报名, 交流, 护送.
_HAND = re.compile(
    r"(?P<hand>报送|(?<!抄)上报|补报|呈报|函报|函告|报备|报来|寄来|交来|报告(?![报送交的表])|(?<![通汇简申预播年月季日快填墙板抄海专周])报(?!名(?![单册额])|[到刊纸道告考批表销])"
    r"|上交|上缴|提交|递交|移交|补交|呈交|交回|交出|送达|送交|寄交|呈送|函送|(?<!信息)反馈(?!意见|问题|的|会|表|结果|渠道)|发送|寄送|寄至|汇总至|传真(?=[至到给\d])|传[至到给回来]|(?<![流宣相遗失])传(?=[^，。；]{2,16}(?:部|办|室|科|处|委|组|党委|支部)(?:[，。；\n]|$))|集中(?=到[^，。；]{2,16}(?:部|办公?室?|科|处|委|组)(?:[，。；\n]|$))|捎[至到给]|留[给交]|电邮|邮[至到给]|上传|送到|回传|回复(?!意见|的)"
    r"|(?<![移上提递社转结成外相抄补呈送寄没])交(?![流叉换通谈接办警易代友出])|(?<![报发寄抄移欢护呈函])送(?![温别学审行达])"
    r"|(?<![邮])寄(?![存托语宿予希情送至交来])"
    r"|(?<![印下转颁分开激并])发(?=至|到|往|给|我|[^，。；]{1,14}[邮信]箱|[^，。；]{0,10}(?:群|微信|QQ|平台|系统|云盘|网盘)|[^，。；]{1,12}(?:办|部|处|室|科|委|组|[小老][\u4e00-\u9fff])(?:[，。；\n]|$))|告知(?=[^，。；的]{2,14}(?:[，。；\n]|$)))"
)
# A verb of writing and what is written: 撰写工作总结, 形成书面报告.
_WRITE = re.compile(r"(?P<write>写出|撰写|形成|提出|列出|制定|拟定)(?P<what>[^，。；：]{2,30})")
# Told back in writing: 书面回告点评领导.
_TOLD_BACK = re.compile(
    rf"(?P<what>书面(?:回告|回复|答复|反馈|报告|汇报))(?:给|至|到)?(?P<to>[^，。；：]{{2,24}}?(?:{ENDING}))(?=[，。；\n]|$)"
)
# The receiver before the verb: 向市委组织部, 向上级党委书面.
_TOWARDS = re.compile(
    r"向(?P<to>[^，。；：向]{1,30}?)(?:书面|及时|统一|再|正式|定期|集中|汇总|专题|专门|单独)*$"
)
# Who makes the paper, up to what is told next: 由各党支部于6月底前, 请各单位汇总.
_MAKER = re.compile(
    rf"(?:由|请)(?![于在将把务按以通向])(?P<by>[^，。；：]{{0,40}}?{ENDING}(?:（[^）]{{1,12}}）)?)(?=于|在|收|统一|书面|汇总|务|须|报|送|交|$|将|把|开展|填|准时|按时|参加|认真|及时|尽快|做好|完成|结合|高度|\d|[一二三四五六七八九十元]{{1,3}}月|年底|月底)"
)
# Sent on by who gathered them: 支部汇总后.
_GATHERED = re.compile(r"(?:汇总|收齐|整理|审核|汇集|集中)[^，]{0,4}后")
# No paper: what stands above, or what is done about something: 以上材料, 对发现的问题.
_NO_PAPER = re.compile(r"(?:以上|上述|以下|下列|如下|对(?![照比标口]))")
# Those something is told back to, which hands in nothing: 被点评人, 本人.
_THEMSELVES = re.compile(r"被点评|被评|本人|个人|当事人|党员群众|群众")
# In whose name it goes: 以学院党委为单位.
_UNIT = re.compile(r"以(?P<by>[^，。；：]{2,20}?)为单位")
# A paper with its owner: 各党支部的工作总结.
_OWNED = re.compile(rf"(?P<by>[各每][^，]{{0,20}}{ENDING})的(?P<what>[^，]{{2,30}})")
# The same without 的: 各单位点评材料汇编.
_OWNED_BARE = re.compile(
    rf"(?P<by>[各每][^，、的]{{0,10}}?{ENDING}(?:书记|负责人|成员|班子)?)(?P<what>(?!{ENDING}|姓名|电话|联系)[^，、]{{2,24}})"
)
# What goes with a paper: ，附优秀党员事迹材料各1篇.
_WITH_IT = re.compile(r"，(?:并|同时|另)?附(?:上|送|报)?(?![件表则])(?P<what>[^，。；：]{2,30})")
# Words before the verb that say nothing is handed in: 不按时, 逾期, 瞒 (报), 听取 (报告), 不再 (报).
_NOT_HANDED = re.compile(
    r"不(?:再|另行?|单独|重复|统一|逐一|集中|需另?|必另?)+$|不要求.{0,4}$|没$|无须$|漏$|未按时|不及时|逾期|拒不|如不|凡不|迟|未$|不$|不再$|不必再?$|不用再?$|无需$|不需要?$|免$|没有$|予以$|瞒|虚|谎|漏|可$|听取|所$|已$|已经$|领$"
)
# An object of looking or correcting, right before a verb that is no verb there: 更正 (上报材料).
_NO_VERB = re.compile(r"(?:更正|核对|根据|依据|对照|和|与|及|的)$")
# A report by its name, and nobody it is made to: 自评 (报告), not 向党委专题 (报告).
_REPORT = re.compile(r"^(?!.*向[^，]{2,24}$).*[职评作结研题合析查改估展]$")
# A report that is written, up to its last word: 写出整改落实情况 (报告).
_IS_WRITTEN = re.compile(r"(?:写出|撰写|形成|提交|写好|起草|写成|拟写)[^，。；]{0,20}$")
# What lets a verb stand without receiver, subject and a day that is read: 请 (上报名单), 每月5日前 (报台账).
_ASKED = re.compile(r"(?:请|要|应|须|及时|按时|并|统一|认真|时|日?前|日内|[月年]底|[季月年]末)$")
# All the papers before go there too: 均报, 以上均报.
_ALL_OF_THEM = re.compile(r"(?:均|一并|统一|全部)(?:请|须|应)?$")
_MOST = 12  # verbs looked at in one sentence; no sentence that was meant has more
# Of handing in itself, right behind the verb: 联系人：, 方式为.
_ASKED_FOR = re.compile(r"(?:的)?(?:联系人|联系电话|方式|途径|程序|要求|范围)(?=$|为|是|有)")
# The time of handing in is set anew behind the verb: 时间，推迟到.
_TIME_MOVED = re.compile(
    r"的?(?:截止)?(?:时间|日期|期限|时限)，?(?:一律|统一|相应)?(?:推迟|延|顺延|提前|调整|改)"
)
# Those the notice is addressed to: 你单位, 贵单位, 你们.
_YOU = re.compile(r"(?:你|贵)(?:单位|们|部|处|校|院|局)")
# By which way it is told, behind a paper: 名单电话 (报告).
_SPOKEN_WAY = re.compile(r"(?<=[\u4e00-\u9fff》])(?:电话|口头|书面|简要)$")
# Sent with something else: 一并, 随表.
_WITH_OTHERS = re.compile(r"(?:一并|一起|随[^，]{1,6})$")
# What comes round: 每季度末.
_EACH = re.compile(r"每(?:年|月|季|半年|周|学期|[两二三四六]个?月)")


@dataclass(frozen=True, slots=True)
class Made:
    """The papers one sentence has filled in or written, and who does it; the next one may say where they go."""

    papers: tuple[str, ...] = ()
    by: str = ""


NOTHING_MADE = Made()
_MADE_BEFORE = "\uf8f1"  # stands for the papers of the sentence before
# Those above, which are told apart elsewhere: 以上材料.
_ABOVE_ALL = re.compile(r"以上|上述|以下|下列")
# A paper that is still owed, at the beginning: 点评表还没交的.
_OWED = re.compile(r"(?:^|[，：])(?P<what>[^，。；：]{2,20}?)(?:还|仍|尚)?[没未]有?[上提]?[报交送]")


def made_by(sentence: Sentence) -> Made:
    """The papers a sentence has filled in or written."""
    slim = slim_of(sentence.text)
    bare = slim.text.rstrip("。；！？\n")
    papers = tuple(slim.full(name) for name in made_in(bare) or measured_in(bare))
    owed = _OWED.search(slim.text)
    if not papers and owed and (paper := paper_in(owed["what"])):
        return Made((slim.full(paper),))
    return Made(papers, subject_of(slim.text)) if papers else NOTHING_MADE


@dataclass(frozen=True, slots=True)
class _Handed:
    """What one verb hands over, to whom, where its words end, and whether the receiver is that of all before.

    Without papers it only says where those named before go (上报统计表，一式两份，送行政楼201).
    """

    whats: list[str]
    to: str
    end: int
    of_all: bool = False


def deliverables_in(
    plain: PlainText,
    sentence: Sentence,
    moments: list[Moment],
    made: Made = NOTHING_MADE,
    issued: date | None = None,
) -> Iterator[DeliverableRead]:
    """Everything a sentence asks to be handed in.

    `moments` are the dates of the same sentence, `made` the papers of the one before, which 电子版 and 纸质版 are of,
    `issued` the day from which what comes round is counted.
    """
    found: list[DeliverableRead] = []
    slim = slim_of(sentence.text)
    text = slim.text
    since, by, last_to = 0, "", ""
    dated = any(moment.binds or moment.role == "after" for moment in moments)
    for hand in islice(_HAND.finditer(text), _MOST):
        again = hand["hand"].startswith("补")  # 漏报的，请补报
        if (
            hand.start() < since
            or not again
            and _NOT_HANDED.search(text[max(0, hand.start() - 8) : hand.start()])
        ):
            continue
        if hand["hand"] == "报告" and (
            _REPORT.search(text[since : hand.start()]) or _IS_WRITTEN.search(text[since : hand.start()])
        ):
            continue
        told = _handed(text, since, hand, dated, found[-1].what if found else "", made)
        if not told:
            continue
        goes_on = last_to and not text[since : hand.start()].endswith("先")  # 先报人数: somewhere else
        to = last_to if goes_on and (not told.to or is_mailbox(told.to)) else told.to
        last_to = to
        by = _by(text[since : hand.start()], told.whats) or by
        near = _near(plain, sentence, slim, moments, since, hand.start())
        due, until = due_of(plain, sentence, near, slim, since, hand)
        if not due and not until and (first := first_of(text[since : hand.start()], issued)):
            due, until = first
        begin = since + numbering(text[since : told.end])
        quote = plain.quote(
            sentence.start + slim.place(begin), sentence.start + slim.end(told.end), sentence.clause
        )
        if told.of_all:
            found = [replace(paper, to=paper.to or to) for paper in found]
        if not told.whats or (found and all(map(is_medium, told.whats))):
            found = [going_to(paper, to, due, until) for paper in found]
            since = told.end
            continue
        days = _respective(near, text[since : hand.start()], len(told.whats))
        for nth, what in enumerate(map(slim.full, told.whats)):
            if days:
                due, until = days[nth].due, days[nth].text
            if made.papers and (is_medium(what) or what == _MADE_BEFORE):
                found += [
                    DeliverableRead(quote, paper, by or made.by, to, due, until) for paper in made.papers
                ]
                continue
            owner = _OWNED.fullmatch(what) if not by else None
            rest = what.removeprefix(by) if by[:1] in ("各", "每") else what
            before = _OWNED_BARE.fullmatch(what) if not by and not owner else None
            owner = before if before and is_paper(before["what"]) else owner
            if not owner and rest != what and "的" not in rest and len(rest) > 2 and is_paper(rest):
                what = rest  # 各支部书记汇报材料: whose and what
            found.append(
                DeliverableRead(
                    quote, owner["what"] if owner else what, owner["by"] if owner else by, to, due, until
                )
            )
        since = told.end
    found = [replace(paper, copies=copies_of(paper.what, sentence.text)) for paper in found]
    if not found:
        found += (
            _told_back(plain, sentence, slim, moments)
            or _written(plain, sentence, slim, moments)
            or list(timed_in(plain, sentence, moments, made.papers))
        )
    yield from found


def _respective(moments: list[Moment], left: str, papers: int) -> list[Moment]:
    """登记表、汇总表分别于10日、20日前报: a day for each of them; nothing where 分别 means something else."""
    days = [moment for moment in moments if moment.binds and moment.due]
    return days if papers > 1 and "分别" in left and len(days) == papers else []


def going_to(paper: DeliverableRead, to: str, due: date | None, until: str) -> DeliverableRead:
    """A paper with where it goes and by when, as far as neither was told before; a body stands before a mailbox."""
    if not paper.to or (is_mailbox(paper.to) and to):
        paper = replace(paper, to=to)
    return paper if paper.due or paper.until else replace(paper, due=due, until=until)


def _near(
    plain: PlainText, sentence: Sentence, slim: Slim, moments: list[Moment], since: int, at: int
) -> list[Moment]:
    """The dates a verb may be due by: 每季度末 owes nothing to the date before."""
    each = _EACH.search(slim.text, since, at)
    if not each:
        return moments
    place = sentence.start + slim.place(each.start())
    first = plain.quote(place, place + 1).start
    return [moment for moment in moments if moment.quote.start >= first]


def _handed(
    text: str, since: int, hand: re.Match[str], dated: bool, before: str, made: Made
) -> _Handed | None:
    """What and to whom around one verb; `before` is the paper last named, which may be sent on, `made` those of the
    sentence before, which are meant where none is named."""
    left = text[since : hand.start()]
    # The next pause: ，, 。 or ；.
    pause = re.search(r"[，。；：]", text[hand.end() :])
    end = hand.end() + pause.start() if pause else len(text)
    right = text[hand.end() : end].strip("\n")
    if right.count("）") > right.count("（"):
        right = right.rstrip("）")
    if text.startswith("：", hand.end()):
        return None  # 材料报送：, a heading or the head of a list
    if _ASKED_FOR.match(right):
        return None  # 材料报送联系人：
    if _TIME_MOVED.match(text, hand.end()):
        return None  # 材料报送时间推迟到: a change, read as such
    if right.startswith("的") or is_step(right, last=not _HAND.search(text, end)):
        return None
    to, rest = receiver_in(re.sub(r"（[^）]*$", "", right))  # …（联系人：…）: a bracket cut open by a pause
    if hand["hand"] in ("报", "报告", "上报"):
        left = _SPOKEN_WAY.sub("", left)
    towards = _TOWARDS.search(left)
    if towards:
        to, rest = towards["to"], rest or to
        left = left[: towards.start()]
    taken = taken_by(left, bool(to))
    behind = "" if _NO_VERB.search(left) else paper_in(rest)
    what = (behind if towards else "") or taken or behind
    if what and what == behind and not (to or dated or subject_of(left) or _ASKED.search(left)):
        return None
    whats = told_apart(what) if what else []
    if not whats and not (towards and hand["hand"] == "反馈"):
        whats = named_before(left, bool(to)) or ([before] if before and to and _is_sent_on(left) else [])
    whats = without_media([name for name in whats if not _NO_PAPER.match(name)])
    if not whats and before and to and left.startswith("，"):
        return _Handed([], to, end)
    if not whats and not before and to and not taken and not behind and not _ABOVE_ALL.search(left):
        whats = [_MADE_BEFORE] if made.papers else []
    if hand["hand"] == "反馈" and _THEMSELVES.search(to):
        return None
    if not whats or not (to or rest or taken or dated or _WITH_OTHERS.search(left)):
        return None
    for more in islice(_WITH_IT.finditer(text, end), 1):
        if more.start() == end and paper_in(more["what"]):
            whats, end = [*whats, paper_in(more["what"])], more.end()
    return _Handed(whats, to, end, bool(_ALL_OF_THEM.search(left)))


def _is_sent_on(left: str) -> bool:
    """Whether a paper named before goes on from here: 总支汇总后, or ，党委12月10日前."""
    return bool(
        _GATHERED.search(left) or (left.startswith("，") and "，" not in left[1:] and subject_of(left))
    )


def _by(left: str, whats: list[str]) -> str:
    unit = _UNIT.search(left)
    if unit:
        return unit["by"]
    maker = next(reversed(list(_MAKER.finditer(left))), None)
    who = maker["by"] if maker else subject_of(left)
    if _YOU.match(who):
        return ""
    if (
        who
        and whats
        and who in whats[0]
        and left.find(whats[0]) >= 0
        and not maker
        and (
            len(who) >= len(whats[0]) - 1
            or (whats[0].startswith(f"{who}点评") and left.find(who) == left.find(whats[0]))
        )
    ):
        return ""
    return who


def _told_back(
    plain: PlainText, sentence: Sentence, slim: Slim, moments: list[Moment]
) -> list[DeliverableRead]:
    """书面回告点评领导: the answer is the paper."""
    match = _TOLD_BACK.search(slim.text)
    by = subject_of(slim.text[: match.start()]) if match else ""
    if not match or not by or _THEMSELVES.search(match["to"]):
        return []
    due, until = due_before(plain, sentence, moments, slim.place(match.start()), slim.text[: match.start()])
    quote = plain.quote(
        sentence.start + slim.place(max(slim.text.find(by), 0)),
        sentence.start + slim.end(match.end()),
        sentence.clause,
    )
    return [DeliverableRead(quote, match["what"], by, match["to"], due, until)]


def _written(
    plain: PlainText, sentence: Sentence, slim: Slim, moments: list[Moment]
) -> list[DeliverableRead]:
    """写出专门书面报告: a paper owed though no receiver is named."""
    found = []
    for match in _WRITE.finditer(slim.text):
        what = match["what"]
        # The end of a paper that is owed though nobody is named to get it: 书面报告, 整改方案.
        owed = re.search(r"(?:报告|方案|材料|总结|小结|说明|清单|检查|提纲)$", what)
        if not owed or "提出" in match["write"]:
            continue
        left = slim.text[: match.start()]
        by = subject_of(left)
        if not by:
            continue
        due, until = due_before(plain, sentence, moments, slim.place(match.start()), left)
        begin = max(left.rfind(by), 0)
        quote = plain.quote(
            sentence.start + slim.place(begin), sentence.start + slim.end(match.end()), sentence.clause
        )
        found.append(DeliverableRead(quote, slim.full(what), by, "", due, until))
    return found
