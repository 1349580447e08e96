"""What has to be handed in: what, by whom, to whom, by when. Basis: 平学院创组文〔2010〕1号 2 and 3; 26号 四.1.

将X报Y, 向Y报送X, 报送X至Y, X请于…前交Y, 写出X交Y, and 写出专门书面报告 without a receiver.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from dianping.notices.rules.model import DeliverableRead, Moment
from dianping.notices.rules.subjects import ENDING, is_named, numbering, subject_of, without_lead
from dianping.notices.rules.text import PlainText, Sentence, without_titles
from dianping.notices.rules.words import DOCUMENTS

# A verb of handing in: 报送, 上交, 反馈, 发至, and 报, 交 or 送 alone; not within 通报, 报名, 交流, 护送.
_HAND = re.compile(
    r"(?P<hand>报送|上报|报告(?![报送交])|(?<![通汇简申预播年月季日快填墙板])报(?![名到刊纸道告考批表送销])|上交|提交|递交|移交|交回|(?<!信息)反馈|发送|寄送|汇总至|抄送"
    r"|(?<![移上提递社转结成外相])交(?![流叉换通谈接办警易代])|(?<![报发寄抄移欢护])送(?![温别学审行])"
    r"|(?<![印下转颁分开激])发(?=至|到|往|给|我))"
)
# A verb of writing and what is written: 撰写工作总结, 形成书面报告.
_WRITE = re.compile(r"(?P<write>写出|撰写|形成|提出|列出|制定|拟定)(?P<what>[^，。；：]{2,30})")
# What leads to a receiver: 至, 到, 送给; not 到会, 到岗.
_INTO = re.compile(r"(?!到[会场岗位])[至到给往交达送回]{1,2}")
# What becomes of a paper with its receiver, at the end: 备案, 汇总, 一式三份, 邮箱.
_KEPT = re.compile(
    r"(?:备案|存档|备查|存查|审[阅核定查]|汇总|留存|统一[^，]{0,6}|各?一[式份][^，]{0,6}|邮箱|处)+$"
)
# Everything up to the last 将 or 把, behind which the paper stands.
_TAKEN = re.compile(r".*(?:将|把)", re.S)
# The receiver before the verb: 向市委组织部, 向上级党委书面.
_TOWARDS = re.compile(r"向(?P<to>[^，。；：向]{2,30}?)(?:书面|及时|统一|再|正式|定期|集中|汇总)*$")
# A day or a deadline at the end: 于6月30日前, 2010年12月底, 每季度末.
_DATE_AT_END = re.compile(
    r"[，]?(?:于|在|务于|应于|须于|请于|务必于)?(?:\d{4}年|[一二][\d〇○零一二三四五六七八九OoОΟ]{3}年|今年|明年|本年)?"
    r"(?:[^，。；于在]{1,16}?(?:日|月|底|末|旬|节|周[一二三四五六日]|\d)(?:（[^）]{2,4}）)?(?:[^，。；]{0,8}?)?(?:之?前|以前|止|内)?|每(?:季度|月|年|半年)[末底]?)$"
)
# One manner at the end, no part of a paper's name: 书面, 统一, 一式三份, 由各支部, 经审核后.
_EXTRAS = re.compile(
    r"(?:书面|密封|统一|一并|同时|按时|及时|如期|汇总后?|打包|收[回齐]后?|整理后?|填[好写]后?|装订|盖章后?|签字后?|并|再|以书面形式|通过[^，]{2,8}"
    r"|电子版|正式|，|务必|请|应|须|要|分别|逐级|一式[^，]{1,3}份|由[^，]{2,12}|经[^，]{2,16}后)$"
)
# The word for a paper: any of DOCUMENTS, the longest first.
_DOC = rf"(?:{'|'.join(sorted(set(DOCUMENTS), key=len, reverse=True))})"
# The end of a paper's name: 总结, 附件2, 《…》, 登记表（样式）, 方案电子版.
_DOC_END = re.compile(rf"(?:{_DOC}|附[件表]\d{{0,2}}|》)(?:（[^）]{{1,20}}）)?(?:电子版|纸质版)?$")
# A paper named first, and then what is said of it: 个人总结，字数不超过2000字.
_TOPIC = re.compile(
    rf"(?:^|，)(?P<what>[^，。；：]{{1,40}}?(?:{_DOC}|附[件表]\d{{1,2}}|》)(?:（[^）]{{1,20}}）)?)(?:电子版|纸质版)?(?:一式[^，]{{1,4}})?"
    r"，?(?=字数|篇幅|控制|不超过|请|由|于|务|应|须|要|在|统一|经|一式|\d{1,2}月|\d{4}年)"
)
# Who makes the paper, up to what is told next: 由各党支部于6月底前, 请各单位汇总.
_MAKER = re.compile(
    rf"(?:由|请)(?![于在将把务按以通向])(?P<by>[^，。；：]{{0,40}}?{ENDING}(?:（[^）]{{1,12}}）)?)(?=于|在|收|统一|书面|汇总|务|须|报|送|交|$|将|把|\d|[一二三四五六七八九十元]{{1,3}}月|年底|月底)"
)
# How many, at the end: 不少于3篇, 两期.
_COUNT = re.compile(
    r"(?:不少于|不超过|不低于|至少|各)?(?:\d{1,3}|[一二两三四五六七八九十])[篇份期次条个份](?:以上)?$"
)
# A sign of an order, not of a paper's name: 要 (not 重要, 主要, 需要), 须, 应当, 及时, 认真.
_ORDERS = re.compile(r"(?<![重主需])要|须|应当|及时|认真")
# A paper with its owner: 各党支部的工作总结.
_OWNED = re.compile(rf"(?P<by>[各每][^，]{{1,20}}{ENDING})的(?P<what>[^，]{{2,30}})")
# What may join two papers: 和, 以及, 、.
_JOINTS = re.compile(r"和|以及|及|、|与|并")
# A verb of making and what is made: 填写登记表，, 准备好述职材料.
_MADE = re.compile(
    r"(?:写出|撰写|形成|填写|填好|建立|制定|做好|列出|整理|备好|准备好?)(?P<what>[^，。；：]{2,30}?)(?=，|于|并|在|$)"
)
# Words before the verb that say nothing is handed in: 不按时, 逾期, 瞒 (报), 听取 (报告).
_NOT_HANDED = re.compile(
    r"不按时|未按时|不及时|逾期|拒不|如不|凡不|迟|未$|不$|没有$|予以$|瞒|虚|谎|漏|可$|听取|所$|已$"
)
_SAME_PAPER = (
    "电子版",
    "纸质版",
    "电子文档",
    "电子稿",
    "复印件",
)  # after a paper was named: the same one again
_MOST = 12  # verbs looked at in one sentence; no sentence that was meant has more
# The next time of a thing as the deadline: 在下次支部大会召开前.
_NEXT = re.compile(r"在?(?P<until>下[一]?次[^，。；]{2,10}前)")


def deliverables_in(plain: PlainText, sentence: Sentence, moments: list[Moment]) -> Iterator[DeliverableRead]:
    """Everything a sentence asks to be handed in. `moments` are the dates of the same sentence."""
    text = sentence.text
    masked = without_titles(text)
    since, by, last_to = 0, "", ""
    for hand in islice(_HAND.finditer(masked), _MOST):
        if hand.start() < since or _NOT_HANDED.search(masked[max(0, hand.start() - 6) : hand.start()]):
            continue
        told = _handed(text, masked, since, hand, any(moment.binds for moment in moments))
        if not told:
            continue
        whats, to, end = told
        last_to = to = to or last_to
        by = _by(masked[since : hand.start()], whats) or by
        near = moments
        if since and "每" in text[since : hand.start()]:
            first = plain.quote(sentence.start + since, sentence.start + since + 1).start
            near = [
                moment for moment in moments if moment.quote.start >= first
            ]  # 每季度末 owes nothing to the date before
        due, until = _due(plain, sentence, near, hand.start(), text[since : hand.start()])
        begin = since + numbering(text[since:end])
        quote = plain.quote(sentence.start + begin, sentence.start + end, sentence.clause)
        for what in whats:
            if since and what in _SAME_PAPER:
                continue
            owner = _OWNED.fullmatch(what) if not by else None
            yield DeliverableRead(
                quote, owner["what"] if owner else what, owner["by"] if owner else by, to, due, until
            )
        since = end
    if since == 0:
        yield from _written(plain, sentence, masked, moments)


def _handed(
    text: str, masked: str, since: int, hand: re.Match[str], dated: bool
) -> tuple[list[str], str, int] | None:
    """What and to whom around one verb, and where the words end."""
    left = masked[since : hand.start()]
    # The next pause: ，, 。 or ；.
    pause = re.search(r"[，。；：]", masked[hand.end() :])
    end = hand.end() + pause.start() if pause else len(masked)
    right = re.sub(
        r"（[^）]*$", "", text[hand.end() : end].strip("\n")
    )  # …（联系人：…）: a bracket cut open by a pause
    to, rest = _receiver(right)
    towards = _TOWARDS.search(left)
    if towards:
        to, rest = towards["to"], rest or to
        left = left[: towards.start()]
    taken = _taken(text, left, since)
    what = (_named(rest) if towards else "") or taken or _named(rest)
    if not what and not (towards and hand["hand"] == "反馈"):
        original = text[since : since + len(left)]
        what = _made(left, original) or _topic(left, original)
    if not what or not (to or rest or taken or dated):
        return None
    whats = [name for name in _split(what) if name]
    return (whats, to, end) if whats else None


def _receiver(right: str) -> tuple[str, str]:
    """The receiver after the verb, and the paper when that comes first (报送X至Y)."""
    into = _INTO.match(right)
    bare = right[into.end() :] if into else right
    short = _KEPT.sub("", bare)
    # A paper and its receiver: 工作总结到市委组织部.
    then = re.match(r"(.{2,40}?)(?:至|到|给)(.{2,30})$", short)
    if then and is_named(then[2]) and _DOC_END.search(then[1]):
        return then[2], then[1]
    if is_named(short) and not _DOC_END.search(short) and len(short) <= 40:
        return _last_name(short), ""
    # A receiver and what it does with the paper: 市委组织部备案, 党委办公室统一汇总.
    place = re.match(
        rf"([^，]{{1,30}}?{ENDING}(?:（[^）]{{1,12}}）)?)(?=并|和|统一|用于|以便|存|备|审|汇)", short
    )
    if place and not _DOC_END.search(place[1]):
        return place[1], ""
    if into and short and not _DOC_END.search(short):
        return short, ""
    return "", bare


def _last_name(name: str) -> str:
    """行政楼407室组织部: the body, without the room it sits in."""
    # The number of a room: 407室.
    room = re.search(r"\d+室", name)
    return name[room.end() :] if room and room.end() < len(name) else name


def _taken(text: str, left: str, since: int) -> str:
    match = _TAKEN.match(left)
    if not match or "。" in left[match.end() :]:
        return ""
    return _bare(text[since + match.end() : since + len(left)])


def _bare(what: str) -> str:
    """The paper's name without dates and manners after it."""
    for _ in range(8):
        # A manner at the end that is no name of a paper: 登记表电子版.
        if _DOC_END.search(what) and not re.search(r"(?:书面|电子版)$", what):
            break
        shorter = _EXTRAS.sub("", _DATE_AT_END.sub("", what))
        if shorter == what:
            break
        what = shorter
    return what if _DOC_END.search(what) else ""


def _named(rest: str) -> str:
    rest = _COUNT.sub("", rest)
    # Whose and how many, at the beginning: 本支部的2份, 各自一篇.
    bare = re.sub(r"^(?:本单位|本支部|各自)?的?(?:[一二三\d]{1,2}[期份篇次])", "", rest)
    return bare if _DOC_END.search(bare) else ""


def _topic(left: str, original: str) -> str:
    match = next(reversed(list(_TOPIC.finditer(left))), None)
    if not match:
        bare = without_lead(left.strip("，"))
        return bare if _DOC_END.search(bare) and len(bare) <= 40 and "，" not in bare else ""
    what = without_lead(original[slice(*match.span("what"))])
    return "" if _ORDERS.search(what) else what


def _made(left: str, original: str) -> str:
    match = next(reversed(list(_MADE.finditer(left))), None)
    return _bare(original[slice(*match.span("what"))]) if match else ""


def _split(what: str) -> list[str]:
    """公开承诺书和整体情况 are two, where each half is a paper by itself."""
    parts, last = [], 0
    for joint in _JOINTS.finditer(what):
        if _DOC_END.search(what[last : joint.start()]) and _DOC_END.search(what[joint.end() :]):
            parts.append(what[last : joint.start()])
            last = joint.end()
    return [*parts, what[last:]]


def _by(left: str, whats: list[str]) -> str:
    maker = next(reversed(list(_MAKER.finditer(left))), None)
    who = maker["by"] if maker else subject_of(left)
    if (
        who
        and whats
        and who in whats[0]
        and left.find(whats[0]) >= 0
        and not maker
        and len(who) >= len(whats[0]) - 1
    ):
        return ""
    return who


def _due(
    plain: PlainText, sentence: Sentence, moments: list[Moment], at: int, left: str
) -> tuple[date | None, str]:
    """The last day: the nearest date before the verb that binds; and its words."""
    place = plain.quote(sentence.start + at, sentence.start + at + 1).start
    before = [moment for moment in moments if moment.binds and moment.due and moment.quote.start <= place]
    nearest = before[-1] if before else None
    if nearest:
        return nearest.due, nearest.text
    event = [moment for moment in moments if moment.role == "after" and moment.quote.start <= place]
    if event:
        return None, event[-1].text
    following = _NEXT.search(left)
    if following:
        return None, following["until"]
    return None, ""


def _written(
    plain: PlainText, sentence: Sentence, masked: str, moments: list[Moment]
) -> Iterator[DeliverableRead]:
    """写出专门书面报告: a paper owed though no receiver is named."""
    for match in _WRITE.finditer(masked):
        what = match["what"]
        if (
            # The end of a paper that is owed though nobody is named to get it: 书面报告, 整改方案.
            not re.search(r"(?:报告|方案|材料|总结|小结|说明|清单|检查|提纲)$", what)
            or "提出" in match["write"]
        ):
            continue
        left = masked[: match.start()]
        by = subject_of(left)
        if not by:
            continue
        due, until = _due(plain, sentence, moments, match.start(), left)
        begin = max(left.rfind(by), 0)
        quote = plain.quote(sentence.start + begin, sentence.start + match.end(), sentence.clause)
        yield DeliverableRead(quote, what, by, "", due, until)
