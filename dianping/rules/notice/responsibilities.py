"""Who reviews whom, in the five ways notices say it. Basis: 豫创组办发〔2010〕26号 一.

书记对党员进行点评; 书记点评党员; 党员由书记点评; 对党员的点评由书记进行; 党员接受书记的点评.
"""

import re
from collections.abc import Iterator
from itertools import islice

from dianping.rules.notice.model import Responsibility
from dianping.rules.notice.subjects import ENDING, is_named, subject_of, without_lead
from dianping.rules.notice.text import Plain, Sentence, without_titles

_ACT = r"(?:述职点评|点评|述职评议|讲评|评议|综合评价)"
_NOUN = re.compile(
    rf"{_ACT}(?:工作|内容|方式|情况|会|时|人|对象|材料|结果|意见|安排|表|记录|登记|结束|质量|重点|责任|制度|党员的?办法|[后前中的与和走要])"
)
_REVIEW = re.compile(_ACT)
_MANNER = (
    r"(?:逐[一个人项]|分别|集中|现场|当场|当面|个别|随机|先行|都|均|要|一次|全面|认真|统一|进行|开展|作出?|予以|给予|一并|实事求是地?"
    r"|负责|牵头|组织(?![部员委人科处者书])|实施|具体|述职|一对一|调研和|检查和|评价和|调研并|座谈和|和|与|并|也|书面|口头|适时|及时|定期|一轮|一遍|普遍|每人|各自)"
)
_LAST_MANNER = re.compile(rf"{_MANNER}$")
_MOST_MANNERS = 8
_MOST = 12  # verbs looked at in one sentence
_TO = re.compile(r"(?<![针面应])对(?!照|待|于|不|标)")
_BY = re.compile(r"由(?!此|于)")
_BY_ACT = re.compile(rf"(?:，|{_MANNER})*?(?:{_ACT}|进行|实施|负责|开展)")
_ABOUT_CUT = re.compile(
    rf"(.{{1,60}}{ENDING}(?:（[^）]{{1,20}}）)?)(?=的|开展|参加|创先争优|述职|贯彻|落实|履行|履职|承诺|抓|工作|党建|推进|一年|年度|本年|，|在|进行)"
)
_VERB_FIRST = re.compile(rf"{_ACT}(?P<about>[^，。；：]{{2,40}})")
_RECEIVES = re.compile(rf"接受(?P<who>[^，。；]{{2,40}}?)的?(?:集中|个别|现场)?{_ACT}")
_WORKS = re.compile(
    r"(?:要|应|须)[^，]{0,30}[，]?(?:认真|切实|扎实|积极|抓紧)?(?:开展|做好|搞好|组织)好?(?:领导|领导干部)?点评工作"
)
_OFFICERS = re.compile(r"(?:书记|委员|常委|成员|领导|领导干部|负责人)(?:（[^）]{1,20}）)?$")


def responsibilities_in(plain: Plain, sentence: Sentence) -> Iterator[Responsibility]:
    """Every pair of reviewer and reviewed of a sentence, and reviewers named alone."""
    text = without_titles(sentence.text)
    last = 0
    for found in islice(_REVIEW.finditer(text), _MOST):
        if found.start() < last:
            continue
        pair, end = _pair(text, last, found)
        if not pair:
            continue
        reviewer, about = pair
        last = max(end, found.end())
        begin = max(text.rfind(reviewer[:6], 0, last), 0) if text.find(reviewer) < 0 else text.find(reviewer)
        about_at = text.find(about) if about else begin
        begin = min(begin, about_at if about_at >= 0 else begin)
        quote = plain.quote(sentence.start + begin, sentence.start + last, sentence.clause)
        yield Responsibility(quote, reviewer, about)


def _pair(text: str, since: int, act: re.Match[str]) -> tuple[tuple[str, str] | None, int]:
    """Reviewer and reviewed around one verb, and where they end."""
    left = text[since : act.start()]
    received = _RECEIVES.search(text, max(since, act.start() - 50), act.end())
    if received:
        who, about = received["who"], subject_of(text[since : received.start()])
        return ((who, about) if is_named(who) and about else None), act.end()
    by = _by(text, since, act)
    if by:
        return by, _stop(text, act.end())
    if _NOUN.match(text, act.start()):
        return _loose(text, since, act)
    return _active(text, left, act), act.end()


def _stop(text: str, at: int) -> int:
    pause = re.search(r"[，。；]", text[at:])
    return at + pause.start() if pause else len(text)


def _by(text: str, since: int, act: re.Match[str]) -> tuple[str, str] | None:
    """X由Y点评, 对X的点评由Y进行, 由Y对X进行点评."""
    before = list(_BY.finditer(text, since, act.start()))[-1:]
    if before:
        inner = text[before[0].end() : act.start()]
        who, _, about = inner.partition("对")
        if about:
            return _checked(who, _object(about))
        return _checked(_cut_manner(inner), _topic(text[since : before[0].start()]))
    after = _BY.search(text, act.end(), act.end() + 12)
    if not after or not re.fullmatch(
        r"(?:工作)?[，]?(?:应|要|均|则|统一|一律)?", text[act.end() : after.start()]
    ):
        return None
    stop = _stop(text, after.end())
    inner = text[after.end() : stop]
    verb = re.search(r"(?:负责|牵头|组织(?![部员委人科处者书])|实施|进行|开展|承担|完成)", inner)
    who = inner[: verb.start()] if verb else inner
    about = text[since : act.start()]
    return _checked(_cut_manner(who), _topic(about))


def _loose(text: str, since: int, act: re.Match[str]) -> tuple[tuple[str, str] | None, int]:
    """Reviewers named alone: 书记要按照通知要求，认真开展点评工作; or 负责对X的点评工作."""
    works = _WORKS.search(text, since, min(len(text), act.end() + 2))
    if works:
        who = subject_of(text[since : works.start()])
        return ((who, "") if who and _OFFICERS.search(who) else None), act.end() + 2
    return _active(text, text[since : act.start()], act), act.end()


def _active(text: str, left: str, act: re.Match[str]) -> tuple[str, str] | None:
    """Y对X进行点评, Y负责对X的点评, Y点评X."""
    towards = [*_TO.finditer(left)][-1:]
    if towards:
        inner = left[towards[0].end() :]
        head = left[: towards[0].start()]
        if inner.endswith("的") and not re.search(r"(?:负责|承担|做好|抓好|组织)(?:好)?$", head):
            return None
        if _NOUN.match(text, act.start()) and not inner.endswith("的"):
            return None
        head = re.sub(r"(?:负责|承担|做好|抓好|组织)好?$", "", head)
        about = _object(inner.removesuffix("的"))
        return _checked(subject_of(head), about)
    found = _VERB_FIRST.match(text, act.start())
    if not found or _NOUN.match(text, act.start()):
        return None
    who = subject_of(_cut_manner(left))
    if not who or not _cut_manner(left).endswith(who):
        return None
    return _checked(who, _object(found["about"]))


def _cut_manner(text: str) -> str:
    """The words without manner and place at their end, as far as they are no name: 党组织 keeps its 组织."""
    for _ in range(_MOST_MANNERS):
        if is_named(text):
            break
        shorter = _LAST_MANNER.sub("", text)
        text = shorter if shorter != text else re.sub(r"在[^，。；]{2,20}[上中时]$", "", text)
    return text


def _object(text: str) -> str:
    """The body or person reviewed, without the matter that is looked at and the manner it is done."""
    bare = _cut_manner(text).strip("，、的")
    if is_named(bare):
        return bare
    cut = _ABOUT_CUT.match(bare)
    return cut[1] if cut else ""


def _topic(text: str) -> str:
    """What stands in front of 由: without 对 before it and 的点评 after it."""
    bare = without_lead(text.strip("，"))
    bare = bare.rsplit("，", 1)[-1] if "，" in bare and not bare.startswith("对") else bare
    return _object(re.sub(rf"的?{_ACT}$", "", bare.removeprefix("对")).removesuffix("的"))


def _checked(who: str, about: str) -> tuple[str, str] | None:
    who = without_lead(who).strip("，")
    return (who, about) if about and 1 < len(who) <= 60 and is_named(who) and "点评" not in who else None
