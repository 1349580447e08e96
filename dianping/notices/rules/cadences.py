"""How often: 每半年至少一次, 一季一讲评, 逐月, 按季度, 月报制. Basis: 豫创组办发〔2010〕26号 四.4; decision 0001."""

import re
from collections.abc import Iterator

from dianping.base.numerals import numeral
from dianping.notices.rules.model import CadenceRead
from dianping.notices.rules.paper_names import is_paper, trimmed
from dianping.notices.rules.subjects import is_named, without_lead
from dianping.notices.rules.text import PlainText, Sentence, without_titles

# A small number: 2, 12, 两.
_N = r"(?:\d{1,2}|[一二两三四五六七八九十])"
# What cadences are counted in: 年, 季度, 周.
_UNIT = r"(?:年度|学年|学期|半年|季度|季|月份|月|年|周|星期)"
# A period and, where it is told, what is done in it. In the order of the lines: 每两个月一评议; 逐月; 按季度上报;
# 实行月报制; 半年一讲评; 半年至少两次; 一年内点评两次; 上、下半年各; 实行季度通报制; 季度通报、半年点评.
_PERIOD = re.compile(
    rf"每隔?(?P<n>{_N})?个?(?P<unit>{_UNIT})(?!轻|纪)(?:一(?P<act>[\u4e00-\u9fff]{{2}}))?"
    r"|逐(?P<by>[年季月周])度?"
    r"|按(?P<per>半年|季度?|月|年)(?=[上报向公通汇调进开组对反填登])"
    r"|实行(?P<rep>半年|季|月|年|周)度?(?P<reported>报(?:告|送)?)制?"
    rf"|(?<![\d第近])(?P<m>半年|{_N}个?(?:季度|季|月|学期|年|周))一(?P<did>[\u4e00-\u9fff]{{2}})"
    rf"|(?<![\d第近])(?P<k>半年|季度|{_N}个?(?:季度|季|月|学期|年|周))(?:至少)?(?P<times>{_N})(?:[次轮遍回]|[评讲报议查](?=[，。；、制]|$))"
    rf"|(?<![\d第近每])(?P<of>半年|{_N}年)内?(?:至少|要|应)?(?:点评|讲评|评议)(?P<whom>[^，。；点评]{{2,16}}?)(?:至少)?(?P<so_often>{_N})[次轮遍回]"
    r"|(?P<other>(?:每逢|逢)[单双]月|隔月|(?<![\u4e00-\u9fff])[单双]月)(?=[^，。；]{0,12}(?:点评|讲评|评议|报|一次))"
    rf"|(?:(?<![\d第近每续上下])|(?<=原则上)|(?<=总体上))(?P<g>半年|{_N}个(?:季度|月|学期)|{_N}年)内?[\u4e00-\u9fff]{{1,4}}?(?P<often>{_N})[次轮遍回]"
    r"|(?<![一二三四五六七八九十两\d每半])(?P<within>年内|全年)(?=(?:要|应|须)?(?:至少|不少于|不低于))"
    r"|(?P<halves>上、?下半年|上半年[、和与]下半年)各"
    r"|实行(?P<rule>半年|季度?|月|年度?)(?P<ruled>点评|讲评|评议|通报|考核)制"
    r"|(?<![与和参])(?:(?<=、)|(?=[^，。；、]{4,6}、))(?P<in>半年|季度?|月度?|年度)(?P<each>点评|讲评|评议|通报|考核|检查)(?=[、，。；制]|$)"
)
# A row of short names, each a period and what is done in it: 月提醒、季讲评、半年点评、年终总评.
_ROW = re.compile(
    r"(?:(?<![\u4e00-\u9fff])(?=(?:[^、]{3,5}、){2})|(?<=实行)|(?<=推行)|(?<=坚持)|(?<=落实)|(?<=建立)|(?<=执行)|(?<=做到))"
    r"(?:(?:月|季度?|半年|年终?|年度|周)[\u4e00-\u9fff]{2}、){1,}(?:月|季度?|半年|年终?|年度|周)[\u4e00-\u9fff]{2}(?=[，。；”\"制]|$)"
)
# One of them.
_OF_ROW = re.compile(r"(?P<unit>月|季度?|半年|年终?|年度|周)(?P<act>[\u4e00-\u9fff]{2})(?=、|$)")
# A beginning or an end told with the period, which is no cadence: 每年11月开始, 每年工作结束后.
_WHEN = re.compile(
    r"度?(?:的)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?[^，。；]{0,4}(?:开始|起|启动)|度?[^，。；]{0,10}(?:结束[后时]|换届)"
)
# Whom the words in brackets are about: 点评学院党委书记（ before 每季度一次）.
_IN_BRACKET = re.compile(r"(?:点评|讲评|评议)(?P<about>[^，。；（）]{2,30})（$")
# Where somebody goes within the year: 至少到所联系的乡镇各点评一次.
_GONE_TO = re.compile(
    r"(?:至少|不少于|要|应|须)*(?:到|赴|深入|对)(?P<about>[^，。；]{2,30}?)(?:各|分别|集中|进行|开展)*(?:点评|讲评|评议|调研)"
)
# 前 of a day that comes round, which says nothing of what is done: 每月底前, 每季末二十五日前, 每季度第一个月10日前.
_BY_THEN = re.compile(
    r"度?(?:月?[末底]|(?:[末首]月?|第[一二三]个?月|最后一个?月|月)?(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}日|[底末初份]|[上中下]旬)?)(?:之前|以前|前)"
)
# Whom a review before is of: 讲评党支部书记，, 给网格党支部书记打分点评，.
_MET = re.compile(
    r"(?:点评|讲评|评议|约谈)(?P<about>(?![^，。；]{0,3}(?:会|时|后))[^，。；：]{2,24})(?=[，。；：])|(?:给|对|为)(?P<given>[^，。；：]{2,24}?)(?:打分|逐一|当面|现场|进行|作|的)*(?:点评|讲评|评议)(?=[，。；：])"
)
_MONTHS = {
    "年度": 12,
    "学年": 12,
    "年": 12,
    "学期": 6,
    "半年": 6,
    "季度": 3,
    "季": 3,
    "月份": 1,
    "月度": 1,
    "月": 1,
}
_WEEK = frozenset({"周", "星期"})
# How often, of a range the smaller number: 2次, 一至两轮.
_COUNT = re.compile(rf"(?P<n>{_N})(?:[-—~～至到]{_N})?(?:次|遍|轮|回|场|期)")
# A month by its number, no day behind it: 3月, 9月.
_NAMED_MONTH = re.compile(rf"{_N}月(?!\d)")
# 对 before whom something is done to, not that of 针对, 面对, 对照, 对待, 对于.
_OBJECT = re.compile(r"(?<![针面])对(?!照|待|于|不|标)")
# What ends the words after 对: what is done (的集中点评, 检查), how often (每, 至少), how (进行) or the next clause.
_OBJECT_END = re.compile(
    r"的?(?:集中|随机|个别|现场)?(?:点评|考评|评议|讲评|检查|督查|考核|抽查|测评|指导|调研|约谈)|每|逐|至少|进行|开展|(?<!党)(?<!社会)(?<!团)组织|，|一般|原则上|、每"
)
# Words beside whom a cadence is about that say nothing of him: 要, 召开, 三次, 向上级党委 (报告), 全面.
_VERBS = re.compile(
    r"(?:要|应|须|至少|至多|一般|不少于|不低于|召开|开展|进行|组织|听取|报送|上报|为党员|讲|实行|推行|坚持|做到|向[^，]{2,12}?(?=公|报|通|汇)"
    rf"|与[^，]{{1,8}}?(?=谈)|到|{_N}[次遍轮回场期]|的|各|都|均|全面|集中|认真|末|底)"
)
# A verb of reviewing at the beginning, whom it is done to right behind: 点评所属党支部.
_REVIEWED = re.compile(r"^(?:点评|讲评|评议|约谈|走访)(?=.{0,20}(?:支部|书记|党委|党员|党组织|班子|干部)$)")
# A body and its head: 党支部及其书记, 党委和班子成员.
_WITH_HEAD = re.compile(r"(.{2,40})(?:及|和|与)其?(书记|主要负责人|负责人|班子成员)$")
# A paper by its title: 《统计表》.
_TITLED = re.compile(r"《[^》]{1,60}》")
_NOT_ACTS = frozenset({"度的", "些", "名", "个", "位", "份", "直"})


def cadences_in(plain: PlainText, sentence: Sentence) -> Iterator[CadenceRead]:
    """Every cadence of a sentence; a body and its head count as two."""
    text = without_titles(sentence.text)
    # A sign that the sentence may tell a cadence at all.
    if not re.search(r"[每逐按年季月周]", text):
        return
    row = _ROW.search(text)
    for match in _OF_ROW.finditer(row[0]) if row else ():
        unit, first = match["unit"].removesuffix("终"), sentence.start + (row.start() if row else 0)
        quote = plain.quote(first + match.start(), first + match.end(), sentence.clause)
        yield CadenceRead(quote, match["act"], *_of_unit(unit, 1))
    if row:
        text = f"{text[: row.start()]}{'□' * len(row[0])}{text[row.end() :]}"
    periods = [match for match in _PERIOD.finditer(text) if _is_cadence(match, text)]
    last, seen = 0, set()
    for at, period in enumerate(periods):
        stop = periods[at + 1].start() if at + 1 < len(periods) else len(text)
        months, days = _length(period)
        times, end = _times(period, text, stop)
        begin, abouts = _abouts(text, sentence.text, last, period, stop)
        last = max(end, period.end())
        if (months, days, times) in seen and period["per"]:
            continue  # 实行月报制，按月上报 says one thing twice
        seen.add((months, days, times))
        quote = plain.quote(sentence.start + begin, sentence.start + last, sentence.clause)
        for about in abouts:
            yield CadenceRead(quote, about, months, times, days)


def _of_unit(unit: str, times: int) -> tuple[int | None, int, int | None]:
    """Months, times and days of one of so many in a unit."""
    return (None, times, 7) if unit in _WEEK else (_MONTHS.get(unit, 12), times, None)


def _is_cadence(period: re.Match[str], text: str) -> bool:
    if period["did"]:
        return (
            period["did"][0] not in "日号旬、至到二三四五六七八九十度些名个位份直样致般定"
            and period["did"] not in _NOT_ACTS
        )
    if period["in"]:
        return _listed(period, text)
    if period["unit"] and _WHEN.match(text, period.end()):
        return False
    after = text[period.end() : period.end() + 2]
    return not (period["unit"] and after[:1] in ("以", "来")) and not (
        period["by"] and after[:1] in ("步", "项")
    )


def _listed(period: re.Match[str], text: str) -> bool:
    """季度讲评、半年点评、年度评议: a cadence each, but only beside another of the kind."""
    around = text[max(0, period.start() - 6) : period.start()], text[period.end() : period.end() + 6]
    # A period and what is done in it, as in a list: 季度讲评, 年度考核.
    shape = r"(?:半年|季度?|月度?|年度)(?:点评|讲评|评议|通报|考核|检查|报告?)"
    # One of these before, with its 、 at the end, or one behind: “季度讲评、”, “、年度考核”.
    return bool(re.search(rf"{shape}、$", around[0]) or re.match(rf"、{shape}", around[1]))


def _length(period: re.Match[str]) -> tuple[int | None, int | None]:
    if period["other"]:
        return 2, None
    if period["halves"] or period["within"]:
        return (6, None) if period["halves"] else (12, None)
    told = period["m"] or period["k"] or period["g"] or period["of"]
    if told:
        # A number, if there is one, and the unit behind it: 两个月, 半年.
        shape = re.fullmatch(rf"({_N})?个?(\D+)", told)
        count, unit = (numeral(shape[1] or "一") or 1, shape[2]) if shape else (1, told)
        if told.endswith("半年"):
            count, unit = 1, "半年"
    else:
        count = numeral(period["n"] or "一") or 1
        unit = (
            period["unit"] or period["by"] or period["per"] or period["rep"] or period["rule"] or period["in"]
        )
    if unit in _WEEK:
        return None, 7 * count
    return _MONTHS.get(unit, 12) * count, None


def _times(period: re.Match[str], text: str, stop: int) -> tuple[int, int]:
    often = period["times"] or period["often"] or period["so_often"]
    if often:
        return numeral(often) or 1, period.end()
    if period["act"] or period["did"] or period["ruled"] or period["each"]:
        return 1, period.end()
    count = _COUNT.search(text, period.end(), stop)
    if count and text.count("，", period.end(), count.start()) <= 1:
        each = (
            len(_NAMED_MONTH.findall(text, period.end(), count.start()))
            if "各" in text[: count.start()]
            else 0
        )
        return (numeral(count["n"]) or 1) * max(each, 1), count.end()
    # The next pause: ，, 。 or ；.
    pause = re.search(r"[，。；]", text[period.end() : stop])
    return 1, period.end() + pause.start() if pause else stop


def _abouts(text: str, whole: str, last: int, period: re.Match[str], stop: int) -> tuple[int, list[str]]:
    """Where the words begin and what the cadence is about; `whole` is the sentence with its titles."""
    if period["whom"]:
        return period.start(), [period["whom"]]
    bracketed = _IN_BRACKET.search(text, last, period.start())
    if bracketed:
        return bracketed.start(), told_apart(bracketed["about"])
    gone_to = _GONE_TO.match(text, period.end(), stop) if period["within"] else None
    if gone_to:
        return period.start(), [gone_to["about"]]
    for objects in (
        [*_OBJECT.finditer(text, last, period.start())][-1:],
        [*_OBJECT.finditer(text, period.end(), stop)][:1],
    ):
        for marker in objects:
            end = _OBJECT_END.search(text, marker.end(), stop)
            about = text[marker.end() : end.start() if end else stop].strip("，。；")
            if 1 < len(about) <= 60:
                return min(marker.start(), period.start()), told_apart(about)
    act = (
        period["act"] or period["did"] or period["ruled"] or period["each"] or (period["reported"] and "报告")
    )
    begin = max(last, text.rfind("，", 0, period.start()) + 1)
    if act:
        return begin, [act]
    # The next pause: ，, 。 or ；.
    pause = re.search(r"[，。；]", text[period.end() : stop])
    by_then = _BY_THEN.match(text, period.end())
    after = _VERBS.sub("", text[period.end() : period.end() + pause.start() if pause else stop])
    after = _REVIEWED.sub("", after)
    if by_then:
        behind = text[by_then.end() : stop].strip("。；\n")
        rest = "" if behind.startswith("，") else _VERBS.sub("", behind.partition("，")[0])
        paper = _TITLED.search(whole, period.end())
        # A paper that is sent then: 将点评记录报党委办公室, 述职报告应于每年12月20日前报.
        taken = re.match(
            r"[^，。；将把]{0,16}(?:将|把)([^，。；]{2,24}?)(?:上?报送?|提?交|送|寄)", behind.lstrip("，")
        )
        # A word for must and for when, at the end: 述职报告 (应于).
        left = re.sub(
            r"(?:由[^，。；]{2,30}?)?[应须要]?[于在]?$",
            "",
            without_lead(text[begin : period.start()]).strip("，。；："),
        )
        # A verb of handing in soon behind: 录入并报.
        if taken or (is_paper(left) and re.match("[^，。；]{0,6}[报送交寄]", rest)):
            rest = trimmed(taken[1]) if taken else left
        return begin, [rest or (paper[0] if paper else "")]
    before = without_lead(
        # A word for must, usually or at least, at the end: 党支部书记要.
        re.sub(r"(?:要|应|须|一般|至少|原则上|可以?|都|均|也|各)+$", "", text[begin : period.start()]).strip(
            "，。；："
        )
    )
    if text.startswith("、", period.end()):
        return begin, [before]
    if (
        not before
        and not after
        and (met := _reviewed_before(text[last : period.start()], text[period.end() :][:3]))
    ):
        return max(last, text.find(met[0], last)), met
    told = len(after) >= 4 or (len(after) > 1 and is_named(after)) or not before
    return begin, [after if told else before or after]


def _reviewed_before(left: str, right: str) -> list[str]:
    """Those reviewed in the clauses before, whom 每月一次 is about: the last of them, or all where 均 or 各 says so."""
    met = [found["about"] or found["given"] for found in _MET.finditer(left)]
    # A word for all of them: 均, 各.
    return met if re.search("[均各都]", left.rpartition("，")[2] + right) else met[-1:]


def told_apart(about: str) -> list[str]:
    """党支部及其书记 are two: the body and its secretary."""
    # All and each at the beginning: 各级党组织, 每名党员.
    about = re.sub(r"^(?:各级?|每个|每名|所有|全体)", "", about)
    match = _WITH_HEAD.match(about)
    if not match:
        return [about]
    # 各 at the beginning: 各党支部.
    bodies = [re.sub(r"^各", "", body) for body in match[1].split("、") if body]
    return [*bodies, *(f"{body}{match[2]}" for body in bodies)]
