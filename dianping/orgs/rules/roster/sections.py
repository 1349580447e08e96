"""Branches written over people: in a sheet's name, in its title, in rows between the people (一、某某党支部（2人）)."""

import re
from collections.abc import Sequence

from dianping.base import kinds
from dianping.base.chinese_text import clean, is_blank, squeezed
from dianping.orgs.rules.roster.words import words

_LONGEST = 100
_BODIES = (*kinds.bodies(), "支部", "总支", "委员会")
# A number before a section's name: 一、, (二), 3., 第四部分.
_NUMBERED = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十0-9]{1,3}[)）、.．:：]|第[一二三四五六七八九十0-9]+(?:部分|张|页)[:：、]?)"
)
# A label before it: 所在党支部：, 支部名称:, 填报单位：.
_LABEL = re.compile(r"^(?:填报|填表|所在|所属)?(?:党支部|支部|党组织|单位|部门)(?:名称|全称)?[:：]")
# A year before the name of a list: 2011年, 2010年度, 2011年1月.
_YEAR = re.compile(r"^(?:[0-9]{4}|[二〇零一三四五六七八九]{4})年(?:度|上半年|下半年|[0-9]{1,2}月)?")
# Words in brackets at the end: （2人）, (共 12 名).
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
# How many at the end: 共2人, 12名党员, :3人.
_COUNT = re.compile(r"[:：,，]?(?:共|计|合计|现有)*(?:党员)?[0-9]+(?:人|名)(?:党员)?$")
# What a title calls the list: 党员花名册, 党员名单, 党员信息采集表, 2011年党员登记表.
_LIST = re.compile(
    r"(?:[0-9一二三四〇零]{4}年(?:度|[0-9]{1,2}月)?)?(?:党员)?(?:基本)?(?:情况|信息)?(?:采集|登记|统计|汇总)?"
    r"(?:花名册|名册|名单|信息表|情况表|登记表|统计表|一览表|采集表|汇总表|台账|表)$"
)
# Another thing in a section's row: 书记：某某, 联系电话：.
_MORE = re.compile(
    r"[\s,，;；(（]*(?:党支部|支部)?(?:书记|负责人|联系人|联系电话|电话|填表时间|时间)[:：].*$"
)
# A number of people in a cell of its own: 2人, 共 3 名.
_HOW_MANY = re.compile(r"(?:共|计)?[0-9]+(?:人|名)?(?:党员)?")


def sections_of(rows: Sequence[Sequence[object]], begin: int) -> dict[int, str]:
    """By index of the row: the organisation that rows holding nothing else name."""
    found = {}
    for at in range(begin, len(rows)):
        row = rows[at]
        if row and len(set(row)) <= 4 and (text := _section(row)):
            found[at] = text
    return found


def _section(row: Sequence[object]) -> str:
    cells = [cell for cell in row if not (isinstance(cell, str) and is_blank(cell))]
    texts = list(dict.fromkeys(clean(cell) for cell in cells if isinstance(cell, str)))
    if not texts or not names_a_body(texts[0]) or squeezed(texts[0]).startswith(words().not_records):
        return ""
    if not all(_HOW_MANY.fullmatch(text) or ":" in text or "：" in text for text in map(squeezed, texts[1:])):
        return ""
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    return bare_name(texts[0]) if len(numbers) <= 1 else ""


def names_a_body(text: str) -> bool:
    """Whether a text may be about a Party organisation."""
    return len(text) <= _LONGEST and any(word in text for word in _BODIES)


def bare_name(text: str) -> str:
    """The organisation's name in a title or section row, without number, label, count and what the list is called."""
    text = squeezed(_MORE.sub("", clean(text))).strip('《》“”"【】[]*—-:：▲△●○◆◇■□★☆※')
    for pattern in (_YEAR, _NUMBERED, _LABEL, _BRACKETS, _COUNT, _BRACKETS, _LIST):
        text = pattern.sub("", text)
    return text.strip("：:、，,。 ")
