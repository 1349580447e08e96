"""Invented reviews that share stock phrases, and copies of them with some characters changed.

A review is made of clauses; a clause is one of 28 openings with one of 26 endings (728 clauses in all), its names and
numbers filled in. Some carry words of their own besides. Stock reviews are made of a few fixed clauses and nothing
else. Everything follows from a seed.
"""

from random import Random
from typing import NamedTuple

OPENINGS = (
    "{who}同志一年来能够认真履行岗位职责",
    "今年{month}月以来支部围绕中心工作",
    "在{place}的日常管理中你们做到了有章可循",
    "班子成员之间遇事常商量",
    "对照年初公开的{n}项承诺",
    "从群众反映的情况看",
    "{who}同志担任支部委员以来任劳任怨",
    "结合{place}的实际情况",
    "在防汛抢险的紧要关头",
    "上次点评之后",
    "{month}月份的组织生活会开得比较扎实",
    "党员活动室的面貌有了改观",
    "面对人手紧张的局面",
    "你所在的科室承担了{n}项改造任务",
    "在帮扶困难群众方面",
    "学习笔记记得工整",
    "服务窗口推行了首问负责",
    "教学任务繁重的情况下",
    "{place}的流动党员联系制度已经建立",
    "在发展党员的程序上",
    "走访了{n}户困难家庭",
    "宣传栏每逢{month}月都及时更换",
    "{who}同志主动结对帮助年轻同事",
    "生产一线的党员带头加班",
    "财务公开和物资登记做得细致",
    "安全检查一共排出隐患{n}处",
    "联系点上的工作推进平稳",
    "去年提出的{n}条意见",
)
ENDINGS = (
    "值得大家学习",
    "但是会议记录还不够完整",
    "希望今后多到基层听一听",
    "已经按期办结并张榜公布",
    "与先进单位相比仍有差距",
    "群众满意率达到百分之{n}",
    "要在{month}月底以前拿出办法",
    "由{who}同志负责抓好落实",
    "不足之处是理论学习抓得不紧",
    "创新的意识还需要加强",
    "建议每季度回头看一次",
    "得到了{place}干部职工的肯定",
    "个别党员参加活动不够积极",
    "要防止前紧后松",
    "请把做法写成材料报上来",
    "下一步重在坚持",
    "工作作风更加务实",
    "应当在制度上再想些办法",
    "完成了全年计划的百分之{n}",
    "请{who}同志继续跟进",
    "尤其要关心老党员的生活",
    "离上级的要求还差一步",
    "可以在{place}先行试点",
    "说明支部的凝聚力在增强",
    "望戒骄戒躁再接再厉",
    "还要学会用身边的事例教育人",
)
SURNAMES, GIVEN = (
    "甘祁宁冉边乔安柏闻简路霍骆沈卞车",
    "子安文澜致远一清棠若谷思齐明哲雨桐景行怀瑾书言",
)
PLACES = tuple(
    a + b for a in ("云川", "溪东", "柏林", "松岭", "兰渚", "竹园") for b in ("车间", "学院", "社区", "乡镇")
)
MARKS = "，，，。；,、 "
# Characters of words of their own: those the clauses use as well, so that a change does not give itself away.
COMMON = "".join(sorted(set("".join(OPENINGS + ENDINGS)) - set("{}whonmtplace")))
KINDS = ("substituted", "deleted", "inserted", "mixed")


class Copy(NamedTuple):
    """A text that was made from another: their places in the list, how it was changed and by what share."""

    at: int
    of: int
    kind: str
    share: float


def review(chance: Random) -> str:
    """One review of 10 to 400 characters: three to six clauses, now and then only one, or many."""
    return "".join(clause(chance) + chance.choice(MARKS) for _ in range(_clauses(chance)))[:400]


def clause(chance: Random, *, own: bool = True) -> str:
    """One clause of 12 characters or more, its blanks filled in; two in five carry up to six characters of their own."""
    words = "".join(chance.choices(COMMON, k=max(0, chance.randint(-8, 6) if own else 0)))
    return (chance.choice(OPENINGS) + words + chance.choice(ENDINGS)).format(
        who=chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2))),
        month=chance.randint(1, 12),
        n=chance.randint(2, 99),
        place=chance.choice(PLACES),
    )


def changed(text: str, share: float, kind: str, chance: Random) -> str:
    """The text with that share of its characters changed, one change a place, by characters as common as its own."""
    characters = list(text)
    for at in chance.sample(range(len(text)), int(share * len(text))):
        how = chance.choice(KINDS[:3]) if kind == "mixed" else kind
        own = characters[at]
        if how == "deleted":
            characters[at] = ""
        elif how == "inserted":
            characters[at] = own + chance.choice(COMMON)
        else:
            characters[at] = chance.choice(COMMON.replace(own, ""))
    return "".join(characters)


def reviews(count: int, copies: int, *, most: float = 0.15, seed: int = 7) -> tuple[list[str], list[Copy]]:
    """`count` reviews, the last `copies` of them changed copies of others, with how they were made.

    Shares are drawn evenly up to `most`; every kind of change comes as often as the others. No original is copied twice.
    """
    chance = Random(seed)
    texts = [review(chance) for _ in range(count - copies)]
    made = []
    for at, of in enumerate(chance.sample(range(len(texts)), copies), len(texts)):
        kind, share = KINDS[at % len(KINDS)], chance.uniform(0, most)
        texts.append(changed(texts[of], share, kind, chance))
        made.append(Copy(at, of, kind, share))
    return texts, made


def stock_reviews(count: int, copies: int, *, phrases: int, seed: int = 9) -> tuple[list[str], list[Copy]]:
    """The same from that many fixed clauses, with nothing of their own; in every copy all of 15 % is changed."""
    chance = Random(seed)
    fixed = [clause(chance, own=False) for _ in range(phrases)]
    texts = [_of_few(fixed, chance) for _ in range(count - copies)]
    made = []
    for at, of in enumerate(chance.sample(range(len(texts)), copies), len(texts)):
        made.append(Copy(at, of, KINDS[at % len(KINDS)], 0.15))
        texts.append(changed(texts[of], 0.15, made[-1].kind, chance))
    return texts, made


def _of_few(fixed: list[str], chance: Random) -> str:
    return "".join(chance.choice(fixed) + chance.choice(MARKS) for _ in range(_clauses(chance)))[:400]


def _clauses(chance: Random) -> int:
    return chance.choices((1, chance.randint(3, 6), chance.randint(8, 16)), (5, 85, 10))[0]
