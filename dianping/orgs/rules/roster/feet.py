"""Rows that are no records: totals, remarks, signatures, page titles, headings within a list. Told by number, never read."""

import re
from collections.abc import Sequence

from dianping.base.chinese_text import clean, is_blank, squeezed
from dianping.orgs.rules.roster.sections import names_a_body
from dianping.orgs.rules.roster.words import words

# How many, with what stands behind it: 12, 3人, 共 4 条记录, 共8人，其中女3人, 6个党组织.
_HOW_MANY = re.compile(
    r"(?:[共计]|共计|总计|合计|应到|实到)?[0-9]+(?:[人名个条位行].*)?|(?:总数|人数|共计?)[:：]?[0-9]+.*"
)
# The same, where it is said that it is a count: 共 4 条记录, 应到 6 人.
_COUNTED = re.compile(r"(?:[共计]|共计|总计|合计|应到|实到)[0-9]+[人名个条位行]")
# A remark below a list: 填表时间：, 联系人:, 党支部书记（签字）, 二〇一一年一月十二日, 第 2 页.
_FOOT = re.compile(
    r"^[^:：]{0,12}(?:签字|签名|盖章|签章|[\u4e00-\u9fff]人|时间|日期|电话)[)）]?[:：]"
    r"|[(（](?:签字|签名|盖章|签章|公章)[)）]|^[0-9〇零○一二三四五六七八九十 ]*年[0-9一二三四五六七八九十元 ]*月(?:[0-9一二三四五六七八九十廿 ]*日)?$"
    r"|^第[0-9 ]+页|^共[0-9 ]+页"
)
# A total in the first column, whatever stands in the others: 小计, 合计：, (共计).
_TOTAL = re.compile(
    r"[(（]?(?:本页|本表|支部|党员)?(?:小计|合计|总计|共计|累计)[)）]?[:：]?(?:[0-9]+[人名个]?)?"
)
# The number or mark of a heading within a list: 一、, (二), 3., ▲.
_NUMBERED = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十0-9]{1,3}[)）、.．:：]|第[一二三四五六七八九十0-9]+部分|[▲△●○◆◇■□★☆※])"
)
# What such a heading calls the people or the list: 在岗党员, 第二党小组, 党员花名册（第2页 共3页）.
_PEOPLE = re.compile(
    r"(?:党员|人员|职工|教工|教师|学生|同志|干部|小组|党组织|名册|花名册|名单|登记表|情况表|统计表|一览表|台账|年级|部分)"
    r"(?:[(（].*)?(?:共?[0-9]+[人名])?[:：]?$"
)

# Nobody holds it: 空缺, （缺）, 暂缺, 待选举.
_VACANT = re.compile(r"[(（]?(?:空缺|暂缺|缺额?|待选举?|待补选?|待定|未选|暂无)[)）]?")
# What a list is called, on every page of it: 党员名册（续）.
_LIST = re.compile(r"(?:名册|名单|登记表|情况表|统计表|一览表|台账)(?:[(（].*)?$")
_LONGEST_NAME = 4  # characters behind a number that may be somebody's name: 1.欧阳某某


def is_doubtful(cell: object, heading: str) -> bool:
    """Whether a name cell makes one look at the whole row: blank, a total, a heading of people, or the heading once more."""
    if not isinstance(cell, str):
        return True
    if len(cell) < _LONGEST_NAME and cell.isalpha():  # as nearly every name is: only few words can stand here
        return (
            cell == heading
            or cell.startswith(words().not_records)
            or _VACANT.fullmatch(cell) is not None
            or is_blank(cell)
        )
    text = squeezed(cell)
    return (
        is_blank(cell)
        or text == squeezed(heading)
        or text.startswith(words().not_records)
        or _HOW_MANY.fullmatch(text) is not None
        or _FOOT.search(text) is not None
        or names_no_person(text)
        or _VACANT.fullmatch(text) is not None
    )


def is_vacancy(row: Sequence[object], at: int) -> bool:
    """Whether a row is about a post nobody holds: 空缺 where the name stands, or no name and 空缺, 待选举 elsewhere."""
    cell = row[at] if at < len(row) else ""
    if not isinstance(cell, str):
        return False
    if not is_blank(cell):
        return _VACANT.fullmatch(squeezed(cell)) is not None
    return any(isinstance(other, str) and _VACANT.fullmatch(squeezed(other)) for other in row)


def is_total(cell: object) -> bool:
    """Whether the first cell of a row makes it a total, though something stands where names do."""
    return isinstance(cell, str) and _TOTAL.fullmatch(squeezed(cell)) is not None


def names_no_person(text: str) -> bool:
    """Whether a text where a name is expected is rather a heading within the list."""
    numbered = _NUMBERED.match(text)
    if len(text) < _LONGEST_NAME:
        return False
    return bool(_PEOPLE.search(text)) or (numbered is not None and len(text) - numbered.end() > _LONGEST_NAME)


def begins_no_record(row: Sequence[object]) -> bool:
    """Whether a doubtful row begins as a total or a remark does."""
    first = next((squeezed(cell) for cell in row if isinstance(cell, str) and clean(cell)), "")
    return (
        first.startswith(words().not_records)
        or _FOOT.search(first) is not None
        or _COUNTED.match(first) is not None
    )


def stands_alone(row: Sequence[object], at: int) -> bool:
    """Whether a row says nothing but one text that is no name: in the column of names, or what a list is called in any.

    Figures beside it do not count.
    """
    texts = {squeezed(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)}
    cell = row[at] if at < len(row) else ""
    if len(texts) != 1 or not isinstance(cell, str):
        return False
    (text,) = texts
    if is_blank(cell):
        return _LIST.search(text) is not None
    return text == squeezed(cell) and (names_no_person(text) or names_a_body(text))


def says_something(row: Sequence[object]) -> bool:
    """Whether a row holds any words, so that leaving it out is told."""
    return any(
        isinstance(cell, str) and not is_blank(cell) and not squeezed(cell).isdecimal() for cell in row
    )
