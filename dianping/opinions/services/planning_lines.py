"""From what was typed on the planning page to a plan: the form with other topics, who is asked, and about whom."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dianping.base.numerals import numeral
from dianping.opinions.rules import Form, FormFault, GradeQuestion, PollKind, WordsQuestion
from dianping.opinions.services import GroupPlan
from dianping.orgs.models import Organisation

MEMBERS = "党员"  # the class of those who stand in a branch, where the form has no classes of its own
# How many, in characters: 六人, 十二 名.
_HAN_COUNT = re.compile(r"([一二三四五六七八九十廿卅两〇零]{1,5})\s*[人名个位]?")
# How many, in figures: 12, 12 人.
_COUNT = re.compile(r"(\d{1,6})\s*[人名]?")
# The comma, colon or tab behind a class: 教职工代表，12.
_FIRST = re.compile(r"[，,：:\t]")
# What parts names: 王明、李芳.
_BETWEEN = re.compile(r"[、，,；;]+")


def topics_of(form: Form) -> list[str]:
    """What of a form may be put otherwise, a line each: topics of opinions, or the headings graded alike; none else."""
    return [
        f"{question.heading}：{question.text}" if question.heading else question.text
        for question in _changeable(form)
    ]


def _changeable(form: Form) -> list[GradeQuestion | WordsQuestion]:
    """The questions answered in words of a form of opinions; of an appraisal those of its first set of grades."""
    if form.kind == PollKind.OPINION:
        return [question for question in form.questions if isinstance(question, WordsQuestion)]
    if form.kind == PollKind.APPRAISAL:
        graded = [question for question in form.questions if isinstance(question, GradeQuestion)]
        return [question for question in graded if question.set == graded[0].set]
    return []


def with_topics(form: Form, lines: Sequence[str]) -> Form:
    """The same form with other topics. Raises FormFault, in sentences, for lines that make no form.

    A topic whose words stay keeps its key, so that a form put as it was is the same form with the same digest.
    """
    wanted = [line.strip() for line in lines if line.strip()]
    old = _changeable(form)
    if not old or wanted == topics_of(form):
        return form
    if not wanted:
        raise FormFault("没有写题目，应至少有一个；请一行写一个。", code="opinions.topics-missing")
    kept = dict(zip(topics_of(form), old, strict=True))
    taken = {question.key for question in form.questions}
    headed = any(question.heading for question in old)
    fresh = (key for key in (f"topic_{n}" for n in range(1, 1000)) if key not in taken)
    asked = [_question(line, kept.get(line), old[0], headed, fresh) for line in wanted]
    values = form.dump()
    places = {question.key for question in old}
    first = next(at for at, question in enumerate(values["questions"]) if question["key"] in places)
    rest = [question for question in values["questions"][first:] if question["key"] not in places]
    return Form.load(values | {"questions": [*values["questions"][:first], *asked, *rest]})


def _question(
    line: str,
    kept: GradeQuestion | WordsQuestion | None,
    like: GradeQuestion | WordsQuestion,
    headed: bool,
    fresh: Iterable[str],
) -> Mapping[str, object]:
    source = kept or like
    heading, _, text = line.partition("：") if headed and "：" in line else ("", "", line)
    values = {
        "key": kept.key if kept else next(iter(fresh)),
        "text": text.strip(),
        "per_subject": source.per_subject,
        "heading": heading.strip(),
    }
    return values | ({"set": source.set} if isinstance(source, GradeQuestion) else {"limit": source.limit})


def classes_of(form: Form) -> list[tuple[str, str]]:
    """The classes of ballot a form weighs, with their titles; none where all weigh alike."""
    return (
        [(weight.ballot_class, weight.title) for weight in form.weights]
        if any(w.share for w in form.weights)
        else []
    )


def read_others(text: str, *, inside: bool, classes: Sequence[tuple[str, str]] = ()) -> list[GroupPlan]:
    """The lines “类别，人数” and “类别，姓名、姓名”. `classes`: the (name, title) of ballots a form weighs. Raises FormFault with
    every fault, one sentence a line."""
    by_name = {name: name for name, _ in classes} | {title: name for name, title in classes}
    others, faults = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        kind, _, rest = (part.strip() for part in _parted(line))
        people, wrong = _people(unicodedata.normalize("NFKC", rest))
        if not kind or not rest:
            wrong = f"写的是“{line.strip()}”，应为“类别，人数”或“类别，姓名、姓名”；请补全。"
        elif classes and kind not in by_name:
            wrong = f"的票类写的是“{kind}”，这张表的票类是 {'、'.join(name for name, _ in classes)}；请改正。"
        elif len(kind) > 30:
            wrong = f"的类别有 {len(kind)} 个字，最多 30 个字；请改短。"
        if wrong:
            faults.append(f"第 {number} 行{wrong}")
        else:
            others.append(GroupPlan(by_name.get(kind, kind), inside=inside, **people))
    if faults:
        raise FormFault("\n".join(faults), code="opinions.lines-malformed")
    return others


def _people(rest: str) -> tuple[dict[str, Any], str]:
    """How many, or who; or what is wrong with it."""
    in_han = _HAN_COUNT.fullmatch(rest)  # 学生代表，六: nobody is called that
    number = numeral(in_han[1]) if in_han else None
    if number:
        return {"size": number}, ""
    count = _COUNT.fullmatch(rest)
    if count and int(count[1]):
        return {"size": int(count[1])}, ""
    if any(sign.isdigit() for sign in rest):
        return {}, f"的人数写的是“{rest}”，应是一个大于零的数，例如 12；姓名里不能有数字。"
    if _BETWEEN.search(rest):  # a blank within a name is only padding: 王　明
        return {"names": tuple(_whole(name) for name in _BETWEEN.split(rest) if name.strip())}, ""
    names = tuple(rest.split())
    if len(names) > 1 and any(len(name) == 1 for name in names):
        return {}, f"写的是“{rest}”，看不出是一个人还是 {len(names)} 个人；请用顿号把姓名分开。"
    return {"names": names}, ""


def _whole(name: str) -> str:
    """A name without the blanks that only pad it; those between words of letters stay."""
    # Blanks on either side of a sign beyond ASCII: 王　明.
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", name.strip())


def _parted(line: str) -> tuple[str, str, str]:
    """What stands before and after the first comma or colon, or before a number at the end that a blank sets off."""
    # The blank before a number at the end: 学生代表 12人.
    at = _FIRST.search(line) or re.search(r"\s+(?=\d+\s*[人名]?\s*$)", line)
    return (line[: at.start()], "，", line[at.end() :]) if at else (line, "", "")


def members_asked(branches: Iterable[Organisation], *, ballot_class: str) -> list[GroupPlan]:
    """The members of some branches, each branch a group."""
    return [GroupPlan(ballot_class or MEMBERS, organisation=branch) for branch in branches]
