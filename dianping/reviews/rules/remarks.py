"""What a careful reader would remark on a review before it is filed. It helps and blocks nothing; no score, no rank.

Basis: 豫创组办发〔2010〕26号 四.1 (by the facts; problems and direction worked out; on opinions asked), 二 (what is said of
organisations and members).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Problems that are none: 无, 没有明显不足, 基本没有问题。
_EMPTY = re.compile(
    r"^(?:无|没有|暂无|暂时没有|无明显(?:问题|不足)|没有(?:明显|发现)?(?:的)?(?:问题|不足)|基本没有问题)[。！\s]*$"
)
# Praise in place of a problem: 再接再厉, 太忙, 注意休息.
_PRAISE = re.compile(
    r"再接再厉|更上一层楼|继续保持|发扬光大|百尺竿头|太(?:拼|忙|累)|不注意休息|注意(?:休息|身体)|过于(?:认真|严谨|谦虚)|保重身体"
)
# A word for something lacking: 不够, 欠, 滞后, 拖.
_SHORT_OF = re.compile(
    r"不够|不足|不高|不强|不深|不细|不严|不到位|不及时|较少|偏少|欠|缺|差|弱|慢|迟|少|没|未|滞后|薄弱|松|粗|拖|推"
)
# Other people's opinions, as a source: 群众普遍反映, 征求意见, 座谈中.
_OPINIONS = re.compile(
    r"(?:群众|党员|职工|师生|村民|大家)(?:普遍)?(?:反映|认为|反馈|评价)|征求意见|民主评议|测评(?:中|结果)|座谈(?:中|了解)"
)
# Something that can be held on to: a number (三次, 2), 《…》, “…”, a place or an event (东关社区), a time (上半年).
_FACT = re.compile(
    r"\d|[一二三四五六七八九十百两几]+(?:次|名|个|人|天|年|月|日|项|份|户|家|遍|篇|节|起|元|倍|成)|《[^》]{2,}》|“[^”]{2,}”"
    r"|[\u4e00-\u9fff]{2,}(?:村|社区|小区|路|楼|室|站|厂|项目|课题|课程|工程|班级|车间|窗口|大会|比赛|会议)"
    r"|上(?:周|月|半年|学期)|去年|今年|本学期|期间"
)


@dataclass(frozen=True, slots=True)
class NamedProblem:
    """One shortcoming as written: its words, who answers for it, whether it has a day."""

    text: str
    owner: str
    dated: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: `kind` for programs, `words` for the writer."""

    kind: str
    words: str


def remarks_on(
    *,
    texts: Iterable[str],
    named: Iterable[NamedProblem],
    opinions: bool,
) -> list[Remark]:
    """Everything to remark on one review: `texts` are its parts, the problems apart. `opinions` says whether opinions about the target are on file."""
    problems = [problem for problem in named if problem.text.strip()]
    whole = "。".join((*texts, *(p.text for p in problems)))
    remarks = [*_of_problems(problems), *_of_words(whole, opinions)]
    return remarks if whole.strip("。") else []


def _of_problems(problems: list[NamedProblem]) -> list[Remark]:
    said = [problem for problem in problems if not _EMPTY.match(problem.text.strip())]
    if not said:
        return [Remark("none", "没有点出不足。文件要求指出存在的问题，哪怕一条具体的小事。")]
    remarks = []
    praise = [p for p in said if _PRAISE.search(p.text) and not _SHORT_OF.search(_PRAISE.sub("", p.text))]
    if len(praise) == len(said):
        remarks.append(Remark("praise", f"“{praise[0].text[:20]}”像是勉励，不是不足。"))
    loose = [p for p in said if not p.owner.strip() or not p.dated]
    for problem in loose[:2]:
        lacks = "、".join(
            w for w, lack in (("责任人", not problem.owner.strip()), ("期限", not problem.dated)) if lack
        )
        remarks.append(Remark("loose", f"“{problem.text[:20]}”没有写{lacks}，以后难以销号。"))
    return remarks


def _of_words(whole: str, opinions: bool) -> list[Remark]:
    remarks = []
    claimed = _OPINIONS.search(whole)
    if claimed and not opinions:
        remarks.append(Remark("opinions", f"写到“{claimed[0]}”，但没有征求意见或评议的记录在案。"))
    if whole.strip("。") and not _FACT.search(whole):
        remarks.append(Remark("facts", "没有一件具体的事、地点、数字或日期，换个人也能用。"))
    return remarks
