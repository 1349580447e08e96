"""Who gets a paper: the words behind a verb of handing in, without the room, the copies and what becomes of it there."""

import re

from dianping.notices.rules.paper_names import is_paper, trimmed
from dianping.notices.rules.subjects import ENDING, is_named

# What leads to a receiver: 至, 到, 送给; not 到会, 到岗.
_INTO = re.compile(r"(?!到[会场岗位])[至到给往交达送回]{1,2}")
# What becomes of a paper with its receiver, at the end: 备案, 汇总, 一式三份, 2份, 邮箱.
_KEPT = re.compile(
    r"(?:备案|存档|归档|备查|存查|审[阅核定查]|汇总|留存|统一[^，]{0,6}|各?一[式份][^，]{0,6}|各?[\d两二三四]{1,2}[份篇]|(?:电子|公共|工作)?[邮信]箱处?|(?<=同志)处|(?<=老师)处)+$"
)
# A step on the way, not the end of it: 报书记审阅同意后.
_STEP = re.compile(
    r"[^，。；]{0,16}(?:审阅|审核|审定|审批|审查|审签|签批|同意|签字|批准|研究|把关)[^，。；]{0,4}后"
    r"|[^，。；]{0,12}(?:书记|主任|领导|负责人|[院校局厅部处科组]长)(?:审阅|审核|审定|审批|审查|审签|签批|同意|签字|把关)"
)
# Such a step, and the verb by which it goes on: 分管领导审定后于9月9日前寄.
_STEP_THEN = re.compile(
    rf"(?:{_STEP.pattern})(?<=后)(?:再|方可|于|在|统一)?[^，。；]{{0,12}}?(?:报送?|寄|[送交]|发)(?=[^，。；]{{2}})"
)
# Copies before the receiver: 两份到人事处.
_COPIES = re.compile(r"(?:一式)?(?:\d{1,2}|[一二两三四五六壹贰叁])份(?=[至到给往交送])")
# Somebody by name, perhaps of a body: 组织员小贾, 党委办公室老胡, 张某某, 李某老师.
_PERSON = re.compile(
    rf"(?:[^，。；]{{0,8}}楼)?(?:\d{{2,4}}室?)?(?P<to>(?:[^，。；]{{0,20}}?{ENDING})?(?:[小老][\u4e00-\u9fff]|[\u4e00-\u9fff]某某?|[\u4e00-\u9fff]{{1,3}}(?:同志|老师)))(?:处|那里?|手[中里])?"
)
# A room papers are brought to: 行政楼201, 四楼会议室, 服务大厅3号窗口.
_ROOM_ONLY = re.compile(
    r"[^，。；]{1,16}?(?:楼|栋|座|厅|中心|科|部|处|办)(?:[东西南北]?\d{1,4}(?:室|号|房间?|窗口|号窗口)?)"
)
# A mailbox: zzb@example.com.
_MAILBOX = re.compile(r"[\w.\-]+@[\w.\-]+")
# The room behind a body's name: 组织部306室.
_ROOM = re.compile(r"(?<=..)(?:[\u4e00-\u9fff]{0,4}楼)?\d{2,4}(?:室|房间?|号房?)$")
# What leads to a mailbox: 我邮箱, 电子信箱：.
_TO_MAILBOX = re.compile(r"^(?:我|本人|电子|公共|工作|办公)?(?:的)?[邮信]箱：?")
# A body's mailbox: 党委邮箱zzb@example.com.
_OWNED_MAILBOX = re.compile(r"(?P<to>[^，。；@]{2,20}?)(?:公共|工作|电子)?[邮信]箱：?[\w.\-]+@")
# A place that is no body, but where papers go: OA, 工作群, 本邮件.
_CHANNEL = re.compile(
    r"(?:OA|oa)(?:系统|平台)?|[^，。；]{0,10}(?:系统|平台|云盘|网盘|工作群|微信群|QQ群|钉钉|本邮件|微信|信箱|邮箱)"
)


def is_step(right: str, *, last: bool) -> bool:
    """Whether what follows the verb is only shown somebody before it goes on; what goes nowhere else ends there."""
    if _STEP_THEN.match(right):
        return True
    step = _STEP.fullmatch(right.strip("\n"))
    return step is not None and (step[0].endswith("后") or not last)


def receiver_in(right: str) -> tuple[str, str]:
    """The receiver behind the verb, and the paper where that comes first (报送X至Y) or stands alone."""
    right = _COPIES.sub("", right)
    into = _INTO.match(right)
    bare = right[into.end() :] if into else right
    # A verb doubled in brackets: 寄（送）.
    bare = re.sub(r"^（[送交寄报达递]）", "", bare)
    owned = _OWNED_MAILBOX.match(bare)
    if owned and is_named(owned["to"]):
        return owned["to"], ""
    mailbox = _MAILBOX.match(_TO_MAILBOX.sub("", bare))
    if mailbox:
        return mailbox[0], ""
    short = _ROOM.sub("", _KEPT.sub("", bare))
    person = _PERSON.fullmatch(_KEPT.sub("", bare)) or _PERSON.fullmatch(bare)
    if person and not is_paper(bare):
        return person["to"], ""
    # A paper and its receiver: 工作总结到市委组织部.
    then = re.match(r"(.{2,40}?)(?:至|到|给)(.{2,30})$", short)
    if then and (is_named(then[2]) or _CHANNEL.fullmatch(then[2])) and is_paper(trimmed(then[1])):
        return then[2], then[1]
    if is_named(short) and not is_paper(short) and len(short) <= 40:
        return _last_name(short), ""
    # A receiver and what it does with the paper: 市委组织部备案, 党委办公室统一汇总.
    place = re.match(
        rf"([^，]{{1,30}}?{ENDING}(?:（[^）]{{1,12}}）)?)(?=并|和|统一|用于|以便|存|备|审|汇|签[收字]|登记|公示|把关|同意|批准|过目|确认|归档)",
        short,
    )
    if place and not is_paper(place[1]):
        return place[1], ""
    if _ROOM_ONLY.fullmatch(bare):
        return bare, ""
    channel = _CHANNEL.match(bare)
    if channel and not is_paper(bare):
        # A body's mailbox without its address: 党群工作部邮箱.
        return (
            owner
            if is_named(owner := re.sub(r"(?:公共|工作|电子)?[邮信]箱$", "", channel[0]))
            else channel[0]
        ), ""
    if short.isdigit():
        return "", ""  # a number that is rung
    if into and short and not is_paper(short):
        return short, ""
    return "", bare


def is_mailbox(words: str) -> bool:
    """Whether a receiver is an address only."""
    return bool(_MAILBOX.fullmatch(words))


def _last_name(name: str) -> str:
    """行政楼407室组织部: the body, without the room it sits in."""
    # The number of a room, with its house before it: 行政楼407室, 306室.
    room = re.search(r"(?:[^，]{0,8}楼)?\d{2,4}室?", name)
    if not room:
        return name
    return name[room.end() :] if room.end() < len(name) else name[: room.start()] or name
