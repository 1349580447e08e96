"""What does not add up in a notice, each with the likely reading and the reason. A person settles it.

Basis: the slips of 平学院创组文〔2010〕1号 and 豫创组办发〔2010〕26号; decisions 0002 (a rest day is kept and told) and
0004 (a level the superior's notice does not name).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dianping.base.kinds import called_in_papers
from dianping.notices.rules.date_doubts import date_doubts
from dianping.notices.rules.model import Doubt, Reading

_BODY_KINDS = called_in_papers()
_UNREVIEWED = called_in_papers("")  # no programme of those below reaches them
# A body papers know, or its secretary, at the end: 党支部, 基层党委书记.
_BODY = re.compile(rf"(?:{'|'.join(_BODY_KINDS)})(?:书记)?$")
_MOST = 40  # compared with each other in one notice
_BESIDE = 60  # letters between a date and the review it belongs to
# A paper on what was done: 活动开展情况, 点评工作总结; 总结 alone.
_REPORT = re.compile(
    r"(?:开展|工作|点评|活动)[^，。]{0,12}(?:情况|总结|小结|报告|汇报)|^(?:总结|小结|汇报|工作报告)$"
)


def doubts_of(reading: Reading) -> Reading:
    """The reading with its doubts, those about a notice and the ones enclosed in it among them."""
    enclosed = tuple(doubts_of(notice) for notice in reading.enclosed)
    doubts = [
        *reading.doubts,
        *_head(reading),
        *_citations(reading),
        *date_doubts(reading),
        *_order(reading),
        *_levels(reading),
        *_reviewers(reading),
    ]
    return replace(reading, doubts=tuple(doubts), enclosed=enclosed)


def _head(reading: Reading) -> Iterator[Doubt]:
    number, name, signed = reading.printed_number, reading.letterhead or reading.issuer, reading.signed
    if number and number.odd:
        yield Doubt(number.quote, "brackets", number.normal, f"发文字号写法不规范：{number.odd}。")
    if signed and name and _bare(name) != _bare(reading.signature):
        yield Doubt(
            signed,
            "issuer",
            f"发文机关为{reading.issuer}，落款照录",
            f"发文机关标志是“{name}”，落款是“{reading.signature}”，不是同一写法；不自动合并。",
        )
    if number and reading.dated and f"〔{reading.dated.year}〕" not in number.normal:
        yield Doubt(
            number.quote,
            "number year",
            f"以成文日期 {reading.dated} 为准，文号照录",
            "发文字号里的年份与成文日期的年份不同。",
        )


def _bare(name: str) -> str:
    return name.removeprefix("中共").removeprefix("中国共产党")


def _citations(reading: Reading) -> Iterator[Doubt]:
    enclosed = {notice.title: notice for notice in reading.enclosed if notice.title}
    for cite in reading.cites:
        notice = enclosed.get(cite.title)
        if notice and notice.number and cite.number and notice.number != cite.number:
            yield Doubt(
                cite.quote,
                "two numbers",
                f"{notice.number}（{cite.number} 记为别名）",
                f"引用时写作 {cite.number}，所附原件印的是 {notice.number}；以原件为准。",
            )
        if cite.odd:
            yield Doubt(cite.quote, "brackets", cite.number, f"引用的文号写法不规范：{cite.odd}。")


def _order(reading: Reading) -> Iterator[Doubt]:
    """A report due before, or on the last day of, the visits it should tell of."""
    reviews: dict[str, list[int]] = {}
    for responsibility in reading.responsibilities:
        if responsibility.about:
            reviews.setdefault(responsibility.clause, []).append(responsibility.quote.start)
    visits = [
        moment
        for moment in reading.dates
        if moment.role == "deadline"
        and any(abs(start - moment.quote.end) < _BESIDE for start in reviews.get(moment.clause, ())[:_MOST])
    ]
    latest = sorted(visits, key=lambda moment: moment.due or date.min, reverse=True)[:_MOST]
    for paper in reading.deliverables:
        visit = next((moment for moment in latest if moment.clause != paper.clause), None)
        if visit and visit.due and paper.due and paper.due <= visit.due and _REPORT.search(paper.what):
            yield Doubt(
                paper.quote,
                "order",
                f"照收；{visit.due} 前的点评如有补充，可再补报",
                f"“{paper.what}”{paper.due} 就要报，而第{visit.clause}条的点评到 {visit.due} 才截止，"
                "报告可能写在点评之前。",
            )


def _levels(reading: Reading) -> Iterator[Doubt]:
    """A kind of organisation the notice is sent on to, for which the rules it encloses set no cadence."""
    for notice in (reading, *reading.enclosed[:_MOST]):
        targets = [
            pace.about for pace in notice.cadences[:_MOST] if "点评" in pace.text and _BODY.search(pace.about)
        ]
        if not targets:
            continue
        for addressee in reading.addressees[:_MOST]:
            kind = next((kind for kind in _BODY_KINDS if addressee.endswith(kind)), "")
            if not kind or any(kind in target or (target in kind) for target in targets):
                continue
            if notice is reading or kind not in _UNREVIEWED:
                yield Doubt(
                    reading.sent_to or notice.cadences[0].quote,
                    "level",
                    f"{kind}及其书记比照党支部办理，由本级明确",
                    f"本文发给“{addressee}”，而频次只规定了{'、'.join(dict.fromkeys(targets))}，没有{kind}这一级。",
                )


def _reviewers(reading: Reading) -> Iterator[Doubt]:
    """A body whose review is due at intervals, and nobody named to hold it."""
    if not any(responsibility.about for responsibility in reading.responsibilities):
        return
    told = "，".join(responsibility.about for responsibility in reading.responsibilities)
    seen = set()
    for pace in reading.cadences[:_MOST]:
        # A secretary at the end: 党支部及其书记.
        body = re.sub(r"(?:及其)?书记$", "", pace.about)
        # A body of the Party at the end: 基层党委, 机关党支部.
        if body in seen or "点评" not in pace.text or not re.search(r"党委|党总支|党支部|党组$", body):
            continue
        seen.add(body)
        # Every kind of body of the Party that is told, anywhere in it: 党委, 党支部.
        if body not in told and not any(
            body.endswith(kind) for kind in re.findall(r"党委|党总支|党支部|党组", told)
        ):
            yield Doubt(
                pace.quote,
                "no reviewer",
                "由上一级党组织分管或联系的领导点评",
                f"规定了{body}的点评频次，却没有写明由谁点评{body}。",
            )
