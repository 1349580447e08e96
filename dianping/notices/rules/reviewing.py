"""The ways notices say who reviews whom.

书记对党员进行点评; 书记点评党员; 党员由书记点评; 对党员的点评由书记进行; 党员接受书记的点评; 领导到支部点评; 书记述职，领导逐一点评.
In short (书记评党员): `reviewing_in_short`; what stands between who and the deed: `manners`.
"""

import re

from dianping.notices.rules.manners import ACT, MANNER, checked, cut_end, cut_manner, object_of
from dianping.notices.rules.subjects import ENDING, is_named, subject_of, without_lead

Pair = tuple[str, str]  # reviewer, reviewed

# A word for reviewing that is a thing here, not a deed: 点评工作, 评议会, 点评后, 点评党员的办法.
_NOUN = re.compile(
    rf"{ACT}(?:工作(?!滞后|不力|薄弱|落后|后进|推进|被动)|内容|方式|情况|会|现场会|推进会|活动|动员|部署|时|人|对象|方案|台[账帐]|总结|报告|小结|票|卡|清单|手册|实录|提纲|名单|日程|计划|汇总|统计|办法|细则|标准|要点|信息|简报|地点|日期|单位|主体|领导|小组|档案|资料|依据|发言|环节|程序|步骤|流程|方面|次数|频次|周期|比例|范围|原则|方法|形式|机制|任务|材料|结果|意见|安排|表|记录|登记|结束|质量|重点|责任|制度|党员的?办法|[后前](?![一二三四五六七八九十两\d]{{1,3}}[位名个])|中(?![层心小青共级学队年国央专职医铁建])|[的与和走要])"
)
# Any word for reviewing.
REVIEW = re.compile(ACT)
# How and by what, between who reviews and the verb: 按照分工, 围绕三项任务, 包干.
_BY_WHAT = re.compile(
    r"(?:要|应|须|将|可)?(?:按照?|根据|结合|依照|依据|以|围绕|通过|采取|采用|利用|在|于|包干|分片|分头|划片)[^，。；对到由请]{0,20}|(?:要|应当?|必?须|将|可以?|也|都|均)+"
)
# Whose meeting is attended on the way, at the end: 参加一个支部的组织生活会.
_ATTENDED_OF = re.compile(
    rf"(?:参加|列席|出席)(?P<about>[^，。；]{{1,16}}?{ENDING})的?(?:组织生活会|述职[^，。；]{{0,4}}会|点评会|民主生活会|专题[^，。；]{{2,6}}会|党员大会|主题党日|会议)$"
)
# Those made to speak, at the end: 组织所属支部书记.
_MADE_TO = re.compile(r"(?:(?<!党)组织(?![部委处科员])|安排|召集|邀请)([^，。；]{2,24})$")
# Where there is nobody who would review: 没有设立党组的.
_WANTS = re.compile(r"(?:^|[，。；：])(?:没有|未|无|不设|尚未|暂)[^，。；]{1,16}的，?$")
# Whose the review of somebody is: 学校党委负责院系党组织书记的 (点评).
_OWNS = re.compile(
    r"(?:^|[，。；：])(?P<who>[^，。；：对]{2,30}?)(?:具体)?(?:负责|承担|做好|抓好)(?P<about>[^，。；对]{2,30}?)的$"
)
# Somebody hears others report, and reviews them: 听取各村支书述职并.
_HEARD = re.compile(
    rf"(?P<left>.*?)(?:逐一|集中|分别|当面|专题|依次|现场|轮流)*听取(?P<about>[^，。；]{{2,40}}?)的?(?:述职|述评|自评|陈述|汇报|发言|工作汇报|情况汇报)[^，。；]{{0,6}}?[，、]?(?:后|且|{MANNER})*+$"
)
# 对 before who is reviewed, not that of 针对, 面对, 应对, 对照, 对待, 对于.
_TO = re.compile(
    r"(?<![针面应核一])对(?!照|待|于|不|标|口|外|一[一对])|(?<![发交送报拨印])给(?!予|你们|他|其)"
)
# One of a row: 支部书记对党员.
_OF_CHAIN = re.compile(r"(?P<who>[^对]{2,24}?)对(?P<about>[^对]{2,24}?)")
# 由 before who leads only, and somebody else behind: 由镇党委书记主持，各包村领导 (点评).
_LED = re.compile(r"[^，]{2,24}(?:主持|召集|牵头)，")
# 由 before who reviews, not that of 由此, 由于.
_BY = re.compile(r"由(?!此|于)")
# A verb of reviewing, and whom: 点评党支部书记.
_VERB_FIRST = re.compile(rf"{ACT}(?P<about>[^，。；：]{{2,40}})")
# Who does it, told by who gets it: 接受书记的集中点评.
_RECEIVES = re.compile(
    rf"(?:接受|(?<![接感承享难深])受(?![理邀到益聘]))(?P<who>[^，。；]{{2,40}}?)(?:面对面|当面|现场|集中|个别|逐一)?的?(?:集中|个别|现场|当面)?{ACT}"
)
# The work as a whole is somebody's: 要认真开展领导点评工作.
_WORKS = re.compile(
    r"(?:要|应|须)[^，]{0,30}[，]?(?:认真|切实|扎实|积极|抓紧)?(?:开展|做好|搞好|组织)好?(?:领导|领导干部)?点评工作"
)
# What may stand between the thing and 由: 工作，应; nothing.
_BETWEEN = re.compile(r"(?:工作)?[，]?(?:应|要|均|则|统一|一律)?")
# A verb of holding: 负责 (not 负责人), 组织 (not 党组织, 组织部), 进行.
_HOLDS = re.compile(
    r"(?:负责(?![人同])|牵头|主持|把关|担任|(?<!党)组织(?![部员委人科处者书])|实施|进行|开展|承担|完成)"
)
# A verb of taking care, at the end: 负责, 抓好.
_TAKES_CARE = re.compile(r"(?:负责|承担|做好|抓好|完成|(?<![党会团])组织)好?$")
# Those told to do it in somebody's place: 指派党建指导员.
_SENT = re.compile(r".{2,}(?:指派|选派|委派|派出|安排|确定)(?=.)")
# Somebody and where he goes, at the end: 镇党委班子成员到所联系的村.
_GONE = re.compile(
    rf"(?:(?<![做达得感受收接])到|赴|深入|下到|走进)(?!会|场|位|岗|基层单位|基层一线)(?P<where>[^，。；到]{{0,40}}?{ENDING}(?:（[^）]{{1,20}}）)?)$"
)
# Where he goes, at the end, though nobody is named there: 党组书记 (到站所).
_ON_THE_WAY = re.compile(r"(?<![做达得感受收接])(?:到|赴|深入|下到|走进)(?![会场位岗])[^，。；到]{1,8}$")
# Those chosen to be reviewed, at the end: 随机抽取4个支部.
_DRAWN = re.compile(r"(?:抽[取选]|选[取择]|挑选)(?P<about>[^，。；]{2,30})$")
# Somebody asked to come, at the end: 主动请联系领导.
_ASKED = re.compile(r"(?:邀请|请)([^，。；请]{2,24})$")
# A clause that goes on with who acted in the one before: 又要, ，并.
_GOES_ON = re.compile(r"[，、]?(?:又|并|还|同时|也|再)")
# An order to those the notice is addressed to: 请于25日前完成 (对…的点评).
_ORDER = re.compile(r"(?:^|[，：])(?:请|务请|务必|望)(?!各|[^，]{0,20}(?:书记|领导|支部|党委))")
# Members who vote on somebody: 与会党员.
_MEMBERS = re.compile(r"(?:各|全体|与会|参会|到会)*党员")
# Words that only go on: 又要, 还应.
_EMPTY = re.compile(r"^(?:又|还|也|并|再|要|应|须|同时)+$")
# Already done: 作了, 进行了一次.
_DONE = re.compile(r"(?:作|做|进行|开展|给予|实施)了(?:一次|认真|逐一|全面|集中|现场|个别)*$")
# Whom somebody does not review, right before who does: 书记不点评机关支部书记，.
_REFUSED = re.compile(r"不(?:再|直接|负责)?点评(?P<about>[^，。；]{2,24})的?，$")
# Not done by him, or by somebody in his place: 不, 委托分管副书记代为.
_NOT_DONE = re.compile(r"[不未没]$|委托[^，。；）]{2,24}$")
# What was found wanting, behind the verb: 流于形式.
_WANTING = re.compile(r"[^，。；]{0,8}(?:流于形式|走过场|不深不透|蜻蜓点水)")
# Somebody has spoken for himself or for his unit: 述职, 汇报.
_SPOKEN = re.compile(r"述职|(?<=先)自评|自我评价|述评|述廉|汇报|发言|表态")
# Where somebody goes, at the end: 深入分管单位，, 到所在党支部.
_GOES = re.compile(r"(?:到|赴|深入)(?P<where>[^，。；到]{2,24}(?:单位|联系点|党组织|支部))，?$")
# A body of the Party, at the end, which reviews like somebody in office: 上级党委.
_COMMITTEE = re.compile(r"(?:党委|党组|党工委|总支|党组织|领导小组)(?:（[^）]{1,20}）)?$")
_EVERY_UNIT = ("各单位", "各有关单位", "所在单位")
# People in office, at the end: 党委书记, 领导干部（含非领导职务）.
_OFFICERS = re.compile(
    r"(?:书记|委员|常委|成员|领导|领导干部|负责人|[\u4e00-\u9fff]长|主任)(?:（[^）]{1,20}）)?$"
)


def spoken_in(text: str) -> str:
    """Those who speak for themselves in a sentence that reviews nobody: 七位支部书记 of 七位支部书记依次述职."""
    said = _SPOKEN.search(text)
    if not said or REVIEW.search(text.replace("述职评议", "")):
        return ""
    left = text[: said.start()]
    heard = left.rpartition("听取")[2]
    return object_of(heard) if heard != left else _speaker(cut_manner(left))


def _speaker(left: str) -> str:
    """Who speaks, or who is made to: 所属支部书记 of 各党委组织所属支部书记."""
    made = _MADE_TO.search(left)
    return object_of(made[1]) if made else subject_of(left)


def pairs_around(
    text: str, since: int, act: re.Match[str], spoken: str = "", ordered: str = ""
) -> tuple[list[Pair], int]:
    """Reviewers and reviewed around one verb, and where they end.

    `spoken` are those who spoke in the sentence before, whom a reviewer named alone reviews; `ordered` those the notice is
    addressed to, who review where 请…对X点评 names nobody. Members who vote on somebody do not review him.
    """
    pairs, end = _around(text, since, act, ordered)
    if not pairs and spoken and (alone := _alone(text, since, act)):
        pairs, end = [(alone, spoken)], act.end()
    voted = act[0].endswith("评议")
    return [pair for pair in pairs if not (voted and _MEMBERS.fullmatch(pair[0]))], end


def _around(text: str, since: int, act: re.Match[str], ordered: str) -> tuple[list[Pair], int]:
    left = text[since : act.start()]
    if _DONE.search(left) or _NOT_DONE.search(left) or _WANTING.match(text, act.end()):
        return [], act.end()
    received = _RECEIVES.search(text, max(since, act.start() - 50), act.end())
    if received and received.end() == act.end():
        who, about = received["who"], subject_of(text[since : received.start()])
        fits = bool(_OFFICERS.search(who) or _COMMITTEE.search(who))
        return ([(who, about)] if fits and about else []), act.end()
    heard = _HEARD.fullmatch(left) if "听取" in left else None
    if heard and (pair := checked(subject_of(heard["left"]) or heard["left"], object_of(heard["about"]))):
        return [pair], act.end()
    by = _by(text, since, act)
    if by:
        return [by], _stop(text, act.end())
    noun = bool(_NOUN.match(text, act.start()))
    owner = _OWNS.search(left)
    if owner and (pair := checked(subject_of(owner["who"]) or owner["who"], object_of(owner["about"]))):
        return [pair], act.end()
    works = _WORKS.search(text, since, min(len(text), act.end() + 2)) if noun else None
    if works:
        who = subject_of(text[since : works.start()])
        return ([(who, "")] if _OFFICERS.search(who) else []), act.end() + 2
    towards = list(_TO.finditer(left))[-2:]
    if chain := _chain(left):
        return chain, act.end()
    if towards:
        before = subject_of(text[:since]) if _GOES_ON.match(left) else ""
        if ordered and _ORDER.search(left[: towards[-1].start()]):
            before = before or ordered
        return _towards(left, [match.span() for match in towards], noun, before), act.end()
    return _straight(text, left, act, noun)


def _chain(left: str) -> list[Pair]:
    """党组书记对机关党委书记、机关党委书记对支部书记、支部书记对党员，一级: three or more told in a row before the deed."""
    # The pieces between pauses: 、, ， and ；.
    told = [piece for piece in re.split("[、，；]", left) if "对" in piece]
    pieces = [_OF_CHAIN.fullmatch(without_lead(piece)) for piece in told]
    pairs = [checked(piece["who"], object_of(piece["about"])) for piece in pieces if piece]
    return [pair for pair in pairs if pair] if len(pairs) > 2 and len(pairs) == len(pieces) else []


def _stop(text: str, at: int) -> int:
    # The next pause: ，, 。 or ；.
    pause = re.search(r"[，。；]", text[at:])
    return at + pause.start() if pause else len(text)


def _by(text: str, since: int, act: re.Match[str]) -> Pair | None:
    """X由Y点评, 对X的点评由Y进行, 由Y对X进行点评."""
    before = list(_BY.finditer(text, since, act.start()))[-1:]
    if before:
        inner = text[before[0].end() : act.start()]
        if _LED.match(inner):
            return None
        who, _, about = inner.partition("对")
        if about:
            return checked(_agent(who), object_of(about))
        who, match = _agent(inner), _VERB_FIRST.match(text, act.start())
        topic = text[since : before[0].start()]
        if refused := _REFUSED.search(topic):
            return checked(who, object_of(refused["about"]))
        if _WANTS.search(topic) and not (match and topic.endswith("的，")):
            return None
        if match and not _NOUN.match(text, act.start()) and (topic.endswith("的，") or not _topic(topic)):
            return checked(who, object_of(match["about"]))
        gone = _GONE.search(who)
        if gone:
            return checked(_agent(who[: gone.start()]), gone["where"])
        return checked(_SENT.sub("", who), _topic(text[since : before[0].start()]))
    after = _BY.search(text, act.end(), act.end() + 12)
    if not after or not _BETWEEN.fullmatch(text, act.end(), after.start()):
        return None
    inner = text[after.end() : _stop(text, after.end())]
    verb = _HOLDS.search(inner)
    who = inner[: verb.start()] if verb else inner
    who, _, about = who.partition("对")
    if about:
        return checked(_agent(who), object_of(about))
    return checked(_agent(who), _topic(text[since : act.start()]))


def _agent(inner: str) -> str:
    """Who stands behind 由, without a day, a manner or another verb before the deed: 派出单位支部书记 of …于12月5日前补."""
    who = cut_manner(inner)
    return who if is_named(who) or _GONE.search(who) else subject_of(inner) or who


def _towards(left: str, towards: list[tuple[int, int]], noun: bool, before: str) -> list[Pair]:
    """Y对X进行点评, Y负责对X的点评; Y对X、Z对W进行点评 are two. `before` acted in the clause before, and goes on."""
    head, inner = left[: towards[-1][0]], left[towards[-1][1] :]
    about, pause, who = inner.partition("，")
    if pause and not head.strip("，。；：") and is_named(about) and "，" not in who:
        alone = checked(cut_manner(who), about)  # 对村支书，镇党委书记要一个一个点评
        return [alone] if alone else []
    told = _TAKES_CARE.search(head)
    if inner.endswith("的"):
        # The last clause: cut at ， and ：.
        if not told and without_lead(re.split("[，：]", head)[-1]) != subject_of(head):
            return []
    elif noun:
        return []
    who = subject_of(head[: told.start()] if told else head) or before
    pair = checked(who, object_of(inner.removesuffix("的")))
    gone_to = _GOES.search(head)
    if pair and gone_to and pair[1] in _EVERY_UNIT:
        pair = (pair[0], gone_to["where"])  # 各单位 are those they go to, no others
    if len(towards) == 2 and pair:
        # The last ， or 、.
        about, _, who = re.sub("[，、](?=[^，、]*$)", "\n", left[towards[0][1] : towards[1][0]]).partition(
            "\n"
        )
        # A word for must: 支部书记要.
        who = re.sub(r"(?:要|应|须|应当|必须)$", "", who)
        if is_named(about) and is_named(who):
            first = checked(subject_of(left[: towards[0][0]]), about)
            return [*([first] if first else []), (who, pair[1])]
    return [pair] if pair else []


def _straight(text: str, left: str, act: re.Match[str], noun: bool) -> tuple[list[Pair], int]:
    """Y点评X; in a row of such, the next one's subject is no part of this one's object."""
    match = _VERB_FIRST.match(text, act.start())
    for other in list(REVIEW.finditer(left))[-1:]:
        if "，" not in left[other.end() :]:
            left = left[left.rfind("、", other.end()) + 1 :]  # 上级点评下级、书记
    bare = cut_manner(left).lstrip("、")
    bare = bare.rstrip("：")
    if "，" in left and not _EMPTY.sub("", cut_manner(left.rpartition("，")[2])):
        bare = subject_of(left)  # 市委常委按照分工，分别点评…
    way = _ON_THE_WAY.search(bare) if match and not noun and not _GONE.search(bare) else None
    if way and is_named(bare[: way.start()]):
        bare = bare[: way.start()]
    gone = _GONE.search(bare)
    if gone and not noun:
        asked = _ASKED.search(bare[: gone.start()])
        met = object_of(match["about"]) if match else ""
        if (
            met
            and not REVIEW.search(match["about"] if match else "")
            and (there := checked(subject_of(bare[: gone.start()]), met))
        ):
            return [there], match.end() if match else act.end()  # 党委委员到分公司点评党委书记
        pair = checked(asked[1] if asked else subject_of(bare[: gone.start()]), gone["where"])
        return ([pair] if pair else []), act.end()
    who = subject_of(bare)
    attended = _ATTENDED_OF.search(cut_end(left)) if not match and not noun else None
    if attended and (pair := checked(subject_of(left[: attended.start()]), attended["about"])):
        return [pair], act.end()
    drawn = _DRAWN.search(bare)
    if who and drawn and not noun:
        pair = checked(who, object_of(drawn["about"]))
        return ([pair] if pair else []), act.end()
    if who and _BY_WHAT.fullmatch(tail := bare[bare.rfind(who) + len(who) :]) and not is_named(tail):
        bare = bare.removesuffix(tail)
    if not match and who and bare.endswith(who) and not noun:
        pair = _implied(who, bare.removesuffix(who))
        return ([pair] if pair else []), act.end()
    if not match or noun or not who or not bare.endswith(who):
        return [], act.end()
    about, end = match["about"], match.end()
    following = REVIEW.search(about)
    if following:
        about = about[: max(about.rfind("、", 0, following.start()), 0)]
        end = match.start("about") + len(about)
    pair = checked(who, object_of(about))
    return ([pair] if pair else []), end


def _alone(text: str, since: int, act: re.Match[str]) -> str:
    """Somebody in office who reviews, and nobody named for it: 党委书记逐一 (点评)."""
    left = text[since : act.start()]
    who = checked(cut_manner(without_lead(left.rpartition("，")[2])), "本人")
    # Nobody named behind the verb: a pause, 并讲话, or the end.
    fits = (
        bool(re.match(r"[，。；\n]|并|和?讲话|$", text[act.end() :])) and who and not _NOT_DONE.search(left)
    )
    return who[0] if fits and who and _OFFICERS.search(who[0]) and "对" not in who[0] else ""


def _implied(who: str, before: str) -> Pair | None:
    """党支部书记述职，党总支书记逐一点评: who has spoken is reviewed."""
    spoken = _SPOKEN.search(before)
    if not spoken or not _OFFICERS.search(who):
        return None
    told, _, heard = before[: spoken.start()].rpartition("听取")
    about = object_of(heard) if told else _speaker(heard)
    return checked(who, about)


def _topic(text: str) -> str:
    """What stands in front of 由: without 对 before it and 的点评 after it."""
    bare = without_lead(text.strip("，"))
    bare = bare.rsplit("，", 1)[-1] if "，" in bare and not bare.startswith("对") else bare
    # A word for reviewing at the end: 党支部书记的点评.
    return object_of(re.sub(rf"的?{ACT}$", "", bare.removeprefix("对")).removesuffix("的"))
