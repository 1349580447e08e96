"""What a password must be, apart from hashes and lists: length, and that enough of it cannot be guessed from its owner.

After NIST SP 800-63B: length instead of composition, nothing well known, nothing about the person or the site. GB/T 22239
(身份鉴别) asks for composition as well; decision 0043 says which is asked when.
"""

import re
from collections.abc import Iterable

from dianping.base.pinyin import without_spelled

LEAST, MOST = 12, 128
LEAST_UNGUESSED = 8  # characters left when everything well known is taken out
CLASSES = 3
SITE_WORDS = (
    "领导点评", "点评", "党委", "党支部", "党总支", "支部", "书记", "干事", "密码", "征求意见",
    "dianping", "lingdao", "dangwei", "zhibu", "shuji", "ganshi", "mima", "password", "passwd", "welcome", "admin",
    "zhongguo", "gongchandang", "dangyuan", "weiyuanhui", "daxue", "xueyuan", "woai", "lianxi", "ceshi",
    "iloveyou", "woaini", "letmein", "clerk", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "1qaz", "2wsx",
)  # fmt: skip
# Numbers that tell of a person: an identity card's, a mobile telephone's, a day like 19900131, a year like 1990.
_NUMBERS = re.compile(
    r"\d{17}[\dx]|1[3-9]\d{9}|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d{2}"
)
# A piece of up to four signs, three times or more in a row: aaa, abcabcabc.
_CYCLE = re.compile(r"(.{1,4}?)\1{2,}")
_AGAIN = re.compile(r"(.{3,}?)\1+")  # a piece of three or more, and at once again
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/")


def password_faults(password: str, *, about: Iterable[str] = (), composed: bool = False) -> list[str]:
    """Every fault, as full sentences; an empty list when there is none. `about`: names of the person and of his places."""
    faults = []
    if len(password) < LEAST:
        faults.append(f"密码有 {len(password)} 个字符，至少要 {LEAST} 个；可以把几个不相干的词连起来。")
    if len(password) > MOST:
        faults.append(f"密码有 {len(password)} 个字符，最多 {MOST} 个；请短一些。")
    if password.isdecimal():
        faults.append("密码全是数字，容易被试出来；请加上别的字。")
    elif len(password) >= LEAST and len(_unguessed(password, about)) < LEAST_UNGUESSED:
        faults.append(
            "除去姓名、登录名、单位名（连同拼音）、号码、年月日、常见的词、键盘上相邻的键和重复、相连的字符，密码剩下不到"
            f" {LEAST_UNGUESSED} 个字符；请换几个和自己、和单位都不相干的词。"
        )
    if composed and _classes(password) < CLASSES:
        faults.append("密码要有大写字母、小写字母、数字、其他字符这四类中的三类；请补上。")
    return faults


def _unguessed(password: str, about: Iterable[str]) -> str:
    """What is left when everything well known is taken out; of a repetition or a run (aaaa, abab, 1234) two stay, of a piece
    written again at once the piece, of a row or column of the keyboard its first key."""
    about = list(about)
    rest = _AGAIN.sub(r"\1", _NUMBERS.sub("", password.lower()))
    rest = without_spelled(rest, about)
    for word in sorted(
        {word.lower() for word in (*about, *SITE_WORDS) if len(word) > 1}, key=len, reverse=True
    ):
        rest = rest.replace(word, "")
    return _without_runs(_CYCLE.sub(r"\1", _without_keys(rest)))


def _without_keys(text: str) -> str:
    """Of keys that lie side by side (four of a row, three of a column, either way) the first."""
    for lanes, least in ((_ROWS, 4), (_COLUMNS, 3)):
        for lane in lanes:
            for way in (lane, lane[::-1]):
                for length in range(len(way), least - 1, -1):
                    for at in range(len(way) - length + 1):
                        text = text.replace(way[at : at + length], way[at])
    return text


def _without_runs(text: str) -> str:
    """Of characters that follow one another by code (1234, dcba) the first two."""
    kept = text[:2]
    for at in range(2, len(text)):
        first, second = ord(text[at - 1]) - ord(text[at - 2]), ord(text[at]) - ord(text[at - 1])
        if first != second or abs(second) > 1:
            kept += text[at]
    return kept


def _classes(password: str) -> int:
    kinds = (str.isupper, str.islower, str.isdecimal)
    classes = {next((at for at, kind in enumerate(kinds) if kind(sign)), 3) for sign in password}
    return len(classes)
