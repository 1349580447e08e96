"""Who reviews whom in short: 县委书记评乡镇书记, 点评人为分管领导, 点评党员由支部书记实施, 党员点评表由支部书记填写."""

import re
from collections.abc import Iterator

from dianping.notices.rules.manners import checked, cut_manner, object_of
from dianping.notices.rules.subjects import ENDING, is_named, without_lead

# Somebody reviews somebody in the short word of rows: 县委书记评乡镇书记, 总支评支部; not 评议, 评先, 自评, 点评.
_SHORT = re.compile(
    rf"(?:^|(?<=[，。；：、”]))(?P<who>[^，。；：、“”评]{{0,24}}?{ENDING})(?<![自互测考述点])评(?![议价优选比定级分出先审估述什谁])"
    rf"(?P<about>[^，。；：、“”评]{{0,24}}?{ENDING})(?=[，。；、\n]|$)"
)
# The reviewer told by the thing: 各支部书记的点评人为分管领导.
_REVIEWER_IS = re.compile(
    r"(?:^|(?<=[，。；：]))(?P<about>[^，。；：]{2,30}?)的点评(?:人|领导)(?:为|是|由)(?P<who>[^，。；：]{2,30}?)(?:担任)?(?=[，。；\n]|$)"
)
# What is done by whom: 点评党员由支部书记具体实施.
_DEED_BY = re.compile(
    r"(?:^|(?<=[，。；：]))点评(?P<about>[^，。；：由]{2,24}?)(?:工作)?由(?P<who>[^，。；：]{2,30}?)(?:具体|统一|分别)?(?:负责|实施|进行|承担|组织|完成)"
)
# The same the other way round: 副书记担任各支部书记的点评人.
_IS_REVIEWER = re.compile(
    r"(?:^|(?<=[，。；：]))(?P<who>[^，。；：]{2,30}?)(?:担任|作为|是)(?P<about>[^，。；：]{2,30}?)的点评(?:人|领导)(?=[，。；\n]|$)"
)
# A form tells it: 《党员点评表》由支部书记填写.
_BY_FORM = re.compile(
    r"(?:^|[，。；《])(?P<about>[^，。；《》]{1,16}?)(?:领导)?(?:点评|讲评|评议)(?:意见|登记|记录)?[表卡]》?(?:（[^）]{1,12}）)?由(?P<who>[^，。；]{2,24}?)(?:如实|认真|负责|逐项|统一)?填"
)


# Somebody is reviewed by somebody, in the short word: 村支书好不好，由乡镇党委书记来评.
_BY_WHOM = re.compile(
    r"(?:^|(?<=[，。；：]))(?P<about>[^，。；：由]{2,30}?)(?P<how>好不好|怎么样|行不行|称不称职|合不合格|干得[^，]{1,4}|的)?，?(?:则|也|就|都|均|应|要)?(?:由(?=[^，。；：]{1,24}(?<![点讲述])评)|归|交给?)"
    r"(?P<who>[^，。；：]{1,24}?)(?:来|去|直接|逐个|逐一|当面|负责)?(?:[点讲])?评(?:一评|说)?(?=[，。；\n]|$)"
)
# How it goes on before the deed: 并当面, 随后逐一.
_HOW = r"(?:并|再|随后|同时|当场|当面|逐一|逐个|作|进行)*+"
# Somebody is met, and then reviewed: 联合党委书记每月约谈各支部书记，并就其当月工作当面点评.
_MET = re.compile(
    rf"(?:^|(?<=[，。；：]))(?P<who>[^，。；：]{{2,24}}?{ENDING})(?:要|应|须|将|每[月季年周]度?|分别|逐一|逐个)*(?:约谈|走访|约见|看望|面谈|召集|约请|会见|联系)(?:了)?"
    rf"(?P<about>[^，。；：]{{2,24}}?{ENDING})，{_HOW}(?:就[^，。；]{{2,14}}?)?{_HOW}(?:点评|讲评)(?=[，。；\n]|$)"
)


# Two things told of a review: 点评村支书的是镇党委书记; 被点评的是村支书，点评的是包村干部, 点评人是…，被点评的是….
_WHO_IS = re.compile(
    r"(?:^|(?<=[，。；：]))(?:来)?点评(?P<about>[^，。；：的]{2,24})的(?:人|领导)?(?:是|为)(?P<who>[^，。；：]{2,24}?)(?=[，。；\n]|$)"
)
_BOTH = (
    # Who is reviewed first: 被点评的是村支书，点评的是包村干部.
    re.compile(
        r"被点评的(?:人|对象)?(?:是|为)(?P<about>[^，。；：]{2,24})[，；]点评的?(?:人|领导)?(?:是|为)(?P<who>[^，。；：]{2,24}?)(?=[，。；\n]|$)"
    ),
    # Who reviews first: 点评人是镇党委书记，被点评的是村支书.
    re.compile(
        r"(?<!被)点评的?(?:人|领导)?(?:是|为)(?P<who>[^，。；：]{2,24})[，；]被点评的(?:人|对象)?(?:是|为)(?P<about>[^，。；：]{2,24}?)(?=[，。；\n]|$)"
    ),
)
# Told in brackets behind who is reviewed: 村支书（由镇党委书记点评）.
_IN_BRACKETS = re.compile(
    rf"(?:^|(?<=[，。；：、]))(?P<about>[^，。；：、（）]{{0,20}}?{ENDING})（(?:由|请)(?P<who>[^（）]{{2,20}}?)(?:来|负责|逐一|现场|当面)*点?评）"
)
# Reviewed about something: 镇党委书记就各村支书述职情况逐一作点评; 分管领导为所联系支部书记把脉点评.
_ABOUT_WORK = re.compile(
    rf"(?:^|(?<=[，。；：]))(?P<who>[^，。；：]{{2,24}}?{ENDING})(?:要|应|须|将|当场|分别)?(?:(?:就|针对|结合)(?P<about>[^，。；：]{{0,20}}?{ENDING})(?:的?(?:述职|履职|工作|发言|抓党建|表现)[^，。；]{{0,8}})"
    rf"|为(?P<whom>[^，。；：]{{0,20}}?{ENDING})(?:把脉|会诊|画像|问诊|号脉|打分)*)(?:逐一|逐个|逐人|分别|当场|当面|现场|进行|作出|作|做)*点评"
)


# 把 before who is reviewed: 党总支书记要把教工支部书记逐个点评一遍.
_TAKEN = re.compile(
    rf"(?:^|(?<=[，。；：]))(?P<who>[^，。；：]{{2,24}}?{ENDING})(?:要|应|须|将|负责|带头)*把(?P<about>[^，。；：]{{2,24}}?{ENDING})(?:都|全部|挨个|逐[一个人]|认真|当面|现场|分别)*点评(?=一[遍轮次]|到位|完|到底|[，。；\n]|$)"
)
# Who is asked to review those who ask: 支部书记请联系领导点评.
_ASKED = re.compile(
    rf"(?:^|(?<=[，。；：]))(?P<about>[^，。；：由请对把]{{2,24}}?)(?:的，)?(?:要|应|须|可|主动|一般)*请(?P<who>[^，。；：到赴]{{2,20}}?{ENDING})(?:来|现场|当面|逐一|当场)*点评(?=[，。；\n]|$)"
)


def pairs_in_short(text: str) -> Iterator[tuple[tuple[str, str], int, int]]:
    """县委书记评乡镇书记, 党员点评表由支部书记填写: each pair with its place; 书记评书记 alone is a motto."""
    for match in (
        (*_REVIEWER_IS.finditer(text), *_IS_REVIEWER.finditer(text), *_DEED_BY.finditer(text))
        if "点评" in text
        else ()
    ):
        pair = checked(match["who"], object_of(without_lead(match["about"])))
        if pair:
            yield pair, match.start(), match.end()
    for match in _BY_FORM.finditer(text):
        pair = checked(match["who"], match["about"] if is_named(match["about"]) else "")
        if pair:
            yield pair, match.start("about"), match.end()
    frames = (_BY_WHOM, _MET, _WHO_IS, *_BOTH, _IN_BRACKETS, _ABOUT_WORK, _TAKEN, _ASKED)
    for match in (found for frame in frames for found in frame.finditer(text)):
        told = match["about"] or match.groupdict().get("whom") or ""
        about = told if is_named(told) else object_of(without_lead(told))
        pair = checked(cut_manner(match["who"]), object_of(without_lead(about)) or about)
        if pair:
            yield pair, match.start(), match.end()
    for match in _SHORT.finditer(text):
        who = without_lead(match["who"])
        if who != match["about"] and len(who) > 1 and who not in ("点评人", "评议人"):
            yield (who, match["about"]), match.start("who"), match.end()
