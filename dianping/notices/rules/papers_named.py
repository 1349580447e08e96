"""The papers named before a verb of handing in: taken by 将, made, missing, called by number, or what the sentence is about."""

import re

from dianping.notices.rules.paper_names import DOC, is_medium, is_paper, paper_in, told_apart, trimmed
from dianping.notices.rules.subjects import is_named, without_lead

# A paper whose length or copies are told: “回头看”报告的篇幅.
_MEASURED = re.compile(r"(?P<what>[^，。；：]{2,30}?)的?(?:篇幅|字数|份数)")
# What is written on a slip: 写在纸条上.
_WRITTEN_ON = re.compile(r"写[在到](?P<what>[^，。；]{2,10}?)[上里]")
# Everything up to the last 将 or 把, behind which the paper stands.
_TAKEN = re.compile(r".*(?:将|把)", re.S)
# What a thing is made into: 写成书面报告, 整理成册.
_BECAME = re.compile(r"(?:写|形|整理|汇总|梳理|归纳|做|编|填)成(?P<what>[^，册]{2,20})$")
# Shown somebody on the way: 交书记审核，书记签字后.
_SHOWN = re.compile(
    r"(?:交|报|送|请|经)[^，《》]{1,14}(?:审核|审阅|审定|审查|审签|签批|签字|把关|同意)[^，]{0,4}(?:，.*)?$"
)
# A paper named first, and then what is said of it: 个人总结，字数不超过2000字.
_TOPIC = re.compile(
    rf"(?:^|[，：])(?P<what>[^，。；：]{{0,40}}?(?:{DOC}|附[件表]\d{{1,2}}|》)(?:（[^）]{{1,20}}）)?)(?:电子版|纸质版)?(?:一式[^，]{{1,4}}|[每一]?人[各一]?一?份|各?[一二两三四五\d]{{1,2}}份)?"
    r"，?(?=字数|篇幅|控制|不超过|(?:[写填做拟签审](?:[好完成毕])|整理好)后?|填[写报]|限|约?[一二三四五六七八九十两\d]{1,4}[千百]?字|请|由|于|盼|望|务|应|须|要|在|均|报到时|统一|经(?![验费办济])|一式|用|双面|装订|整理|密封|A[34]|一律|打印|使用|\d{1,2}月|\d{1,2}[./]\d|\d{4}年|[一二三四五六七八九十元]{1,3}月|[“\"]?(?:七一|五一|十一|春节|国庆|元旦)|[本下]?周|[今明]|每|缺|漏|有误|不全|合并|一并|还没|尚未|没有?交|未交)"
)
# A verb of making and what is made: 填写登记表，, 准备好述职材料, 遴选点评案例.
_MADE = re.compile(
    r"(?:写出|撰写|形成|填写|填好|填报|(?<=[当即时并均])填|(?<=日)填|建立|制定|做好|列出|整理|梳理|备好|准备好?|遴选|推荐(?!人选|表|名|对象|书|意见|材料)|拿出|选送|选取|编写|提炼|起草|签订|开展|写一[份篇]|(?<=[要须])写|定好|排好|排定|商定|写好|拟好|拟定|制作|绘制|携带|自带|(?<=每人)带|带[来上]|(?:(?<=[，；：并后前要应须请部委位组一员支])|^)(?P<gathered>(?<!编)汇总(?!表|名单|册)|收齐|收好|统计好?|核实|收集))(?P<what>[^，。；：]{2,40}?)(?=，|(?<![少多])于|并|在|$)"
)
# What is settled and then told, though no word for a paper ends it: 定好点评时间 (报总支).
_SETTLED = re.compile(
    r"(?:定好|排好|排定|商定|确定|明确|统计|核实|拟好|拟定|选定|选好)(?P<what>[^，。；：]{2,12})，?$"
)
# What was not handed in, which has to be now: 未报到会名单的，.
_MISSING = re.compile(
    r"未(?:报送|上?报|交|送|提交|填)(?P<what>[^，。；：]{2,24}?)的(?:，|(?=[^，。；]{0,10}(?:抓紧|尽快|立即|务必)))"
)
# The form by its number: 按附件1填报.
_BY_NUMBER = re.compile(r"(?:按照?|填写?|依照)(?P<what>附[件表]\d{1,2})(?:[要的]求)?(?:填|，|$)?")
# A sign of an order, not of a paper's name: 要 (not 重要, 主要, 需要), 须, 应当, 及时, 认真.
_ORDERS = re.compile(r"(?<![重主需摘])要|须|应当|及时|认真")
# Somebody and what he does with it, which is no paper's name: 由各总支统一汇总.
_DONE_BY = re.compile(r"由.*(?:统一|汇总|收集|整理)")
# That all of it goes, at the beginning of the verb's clause: 均须, 一律.
_ANYHOW = re.compile(r"(?:也|都|均|一律|务必|必须)")
# A day and what is done by it, which is no name: 党委4月20日前汇总.
_BY_DAY = re.compile(r"(?:日|月底|月初)前汇总$")
# Only by when: 点评后15日内.
_TIME_ONLY = re.compile(r"[^，。；]{1,16}(?:前|内|后|底|末|日)|")
_LONGEST_TAKEN = 24  # letters of a thing that is handed in by 将, though no word for a paper ends it


def taken_by(left: str, received: bool) -> str:
    """What 将 or 把 takes: a paper, or anything short that somebody receives."""
    match = _TAKEN.match(left)
    if not match or "。" in left[match.end() :]:
        return ""
    what = trimmed(_SHOWN.sub("", left[match.end() :]))
    if not is_paper(what) and is_paper(first := trimmed(left[match.end() :].partition("，")[0])):
        what = first  # 将《登记表》扫描，文件名统一为…，上传至
    if became := _BECAME.search(what):
        what = trimmed(became["what"])  # 把情况写成书面报告
    fits = is_paper(what) or (
        received and 1 < len(what) <= _LONGEST_TAKEN and not is_named(what) and "，" not in what
    )
    return what if fits else ""


def made_in(text: str) -> list[str]:
    """The papers a clause has made: 《登记表》 of 各支部填写《登记表》."""
    made = [match for match in _MADE.finditer(text) if paper_in(match["what"])]
    # What is gathered becomes the paper that is written of it: 汇总情况，形成书面材料.
    written = [match for match in made if not match["gathered"]] or made
    return [name for match in written for name in told_apart(paper_in(match["what"]))]


def measured_in(text: str) -> list[str]:
    """The paper of which a sentence tells only the length: “回头看”报告 of “回头看”报告的篇幅改为1500字."""
    match = _MEASURED.match(without_lead(text))
    return told_apart(trimmed(match["what"])) if match and is_paper(trimmed(match["what"])) else []


def named_before(left: str, received: bool = False) -> list[str]:
    """The papers named before the verb without 将: made, missing, by number, or as what the sentence is about."""
    missing = _MISSING.search(left) or _BY_NUMBER.search(left)
    # What they go with: 随总结一并.
    left = re.sub(r"随[^，]{1,8}?(?:一并|一起|同时)?$", "", left)
    last = without_lead(left.rpartition("，")[2])
    names = last if last and not _MADE.search(last) and not _BY_DAY.search(last) else ""
    own = _TOPIC.match(names) if names else None
    if own and is_paper(what := trimmed(own["what"])) and not _ORDERS.search(what):
        told = next(_TOPIC.finditer(left), None) if is_medium(what) else None
        what = trimmed(without_lead(told["what"])) if told else what  # 发言稿控制在8分钟以内，电子版
        return told_apart(what)  # 制定整改措施，整改情况于3月底前上报
    if "，" in left and is_paper(names) and len(names) <= 20 and not is_medium(names):
        return told_apart(last)  # 抽十人填评议卡，评议卡集中到…
    if made := made_in(left):
        return made
    if (slip := _WRITTEN_ON.search(left)) and is_paper(slip["what"]):
        return [slip["what"]]
    settled = _SETTLED.search(left)
    if settled and received and not is_named(settled["what"]):
        return [settled["what"]]
    if missing:
        return [trimmed(missing["what"])]
    topic = _topic(left)
    return told_apart(topic) if topic else []


def _topic(left: str) -> str:
    match = next(reversed(list(_TOPIC.finditer(left))), None)
    if match:
        what = trimmed(without_lead(match["what"]))
        return "" if _ORDERS.search(what) or _BY_DAY.search(what) or not is_paper(what) else what
    bare = without_lead(left.strip("，"))
    if is_paper(bare) and not _BY_DAY.search(bare) and len(bare) <= 40 and "，" not in bare:
        return trimmed(bare)
    # A paper by its title at the beginning: 本《工作手册》….
    titled = re.match(r"(?:本|该|此)?((?:《.》[、和及]?)*《.》)", bare)
    first, *others = bare.split("，")
    if titled or (is_paper(first) and others and all(_TIME_ONLY.fullmatch(other) for other in others)):
        return titled[1] if titled else trimmed(first)
    if is_paper(first) and len(others) > 1 and _ANYHOW.match(others[-1]):
        return trimmed(first)
    return "" if others or _DONE_BY.search(bare) or _BY_DAY.search(bare) else paper_in(bare)
