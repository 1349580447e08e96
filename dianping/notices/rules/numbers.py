"""发文字号 as people type them: any brackets or none, 第 before and 号 after or left out, any kind of zero."""

import re
from collections.abc import Iterator

from dianping.base.numerals import SIGNS, numeral
from dianping.notices.rules.text import PlainText

_OPEN, _CLOSE = '〔﹝［\\[【（〈<《„“‟”"「『〖{｛', '〕﹝﹞］\\]】）〉>》‟”„“"」』〗}｝〔'
_HAN = "\u4e00-\u9fff"
# The year of a number, with zeros and ones of any make: 2010, 二〇一〇, 20l0.
_YEAR = rf"(?P<year>(?:19|20|[12一二][9０零0〇○OoО九])[{SIGNS}lI]{{2}})"
# The running number: 26, 二十六.
_SERIAL = rf"(?P<serial>[{SIGNS}十百]{{1,4}})"
# A paper's number, brackets and 号 may be missing: 豫组〔2010〕26号, 豫创组办发2010-26.
_BRACKETED = re.compile(
    rf"(?P<body>[{_HAN}]{{2,24}})(?P<open>[{_OPEN}]{{0,2}}){_YEAR}年?(?P<close>[{_CLOSE}]{{0,2}})"
    rf"[-—]?(?P<nth>第?){_SERIAL}(?P<hao>[号號]?)"
)
# Words that stand before a number in a sentence and are no part of it.
_BEFORE = re.compile(
    r".*(?:根据|按照|依据|遵照|参照|对照|依照|贯彻|落实|执行|学习|转发|印发|下发|发出|现将|文件|通知|以及|收到|结合"
    r"|组织部|宣传部|统战部|办公厅|办公室|委员会|领导小组|人民政府|教育[厅局]|文号|字号|编号|号文|附件|精神|部署|要求|意见|规定|办法|方案|参见|详见|我[省市县区校院局委]|的|见|将|据|照|按)为?",
    re.S,
)
# A word that joins it to the number before: 和豫组.
_JOINED = re.compile(r"^[和与及或暨]")
# A sign an issuer's code may end with: 豫办发, 洛组.
_CODE_END = re.compile(r"[发字办文函通令电组党总教人宣纪传阅议干会委政工团]$")
# Minutes and bulletins have no code of their own: 卫生局党组会议纪要〔2018〕4号.
_NO_CODE = re.compile(r"(?:纪要|简报|通报|公报|决定)$")
# A register's number, or that of minutes, by itself: 第2023-03号, 〔2018〕4号.
_REGISTERED = re.compile(
    r"第(?:(?:19|20)\d\d[-—])?\d{1,4}号|[〔\[【（](?P<year>(?:19|20)\d\d)[〕\]】）]第?(?P<serial>\d{1,4})号"
)
# A sign only a code ends with: 豫办发, 豫组函.
_STRONG_END = re.compile(r"(?:发|字|函|文|办|通|电|令)$")
_YEARS = range(1949, 2100)
_PLAIN_ZERO = str.maketrans("lI", "11")


class PlacedNumber(tuple[int, int, str, str]):
    """Start and end in the plain text, the one spelling, and what is odd about it."""

    __slots__ = ()


def numbers_in(text: str) -> Iterator[PlacedNumber]:
    """Every notice number in a stretch of plain text."""
    registered = _REGISTERED.fullmatch(text)
    if registered:
        normal = (
            f"〔{registered['year']}〕{int(registered['serial'])}号" if registered["year"] else registered[0]
        )
        yield PlacedNumber((0, registered.end(), normal, ""))
        return
    at = 0
    while match := _BRACKETED.search(text, at):
        number = _judged(text, match)
        if number:
            yield number
            at = number[1]
        else:
            at = max(match.start("year"), match.start() + 1)


def number_in(plain: PlainText, start: int, end: int) -> PlacedNumber | None:
    """The first number of a stretch, as places in the whole text."""
    for first, last, normal, odd in numbers_in(plain.text[start:end]):
        return PlacedNumber((start + first, start + last, normal, odd))
    return None


def _judged(text: str, match: re.Match[str]) -> PlacedNumber | None:
    opened, closed, hao = match["open"], match["close"], match["hao"]
    year, serial = numeral(match["year"].translate(_PLAIN_ZERO)), _serial(match["serial"])
    if year not in _YEARS or not serial:
        return None
    cut = _BEFORE.match(match["body"])
    body = match["body"][cut.end() :] if cut else match["body"]
    start = match.start("open") - len(body)
    if start and text[start - 1] in "号號，、）" and _JOINED.match(body):
        body, start = body[1:], start + 1
    if opened and closed and hao and _NO_CODE.search(match["body"]):
        return PlacedNumber((match.start("open"), match.end(), f"〔{year}〕{serial}号", _odd(match)))
    if not 2 <= len(body) <= 14:
        return None
    if not (opened and closed):
        strong = bool(_STRONG_END.search(body))
        if not hao and not (strong and (opened or closed)) and not (strong and len(match["serial"]) <= 3):
            return None
        if not (opened or closed) and not (strong if "年" in match[0] else _CODE_END.search(body)):
            return None
    elif not hao and not _CODE_END.search(body):
        return None
    return PlacedNumber((start, match.end(), f"{body}〔{year}〕{serial}号", _odd(match)))


def _serial(text: str) -> int | None:
    before, hundred, after = text.partition("百")
    if hundred:
        first, rest = numeral(before), numeral(after.strip("零〇")) if after else 0
        return None if first is None or rest is None else first * 100 + rest
    return numeral(text)


def _odd(match: re.Match[str]) -> str:
    said = []
    if not match["open"] or not match["close"]:
        said.append("年份外的括号缺失")
    elif (match["open"], match["close"]) != ("〔", "〕"):
        said.append(f"年份外用的是{match['open']}{match['close']}，应为〔〕")
    if match["nth"]:
        said.append("序号前多一个“第”字")
    if not match["hao"]:
        said.append("缺“号”字")
    return "，".join(said)
