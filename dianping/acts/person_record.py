"""本人档案: everything on file about one person that a viewer may read, all years, as plain values to print.

A fixed number of queries, however many reviews. Nothing of it is about anybody else: the reviews are his, the problems are
his, the reports are about him.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from dianping.accounts.viewer import Viewer
from dianping.base.day_words import written
from dianping.base.papers.record import Entry, Record, Section
from dianping.common import trees
from dianping.orgs.models import Person
from dianping.orgs.selectors import branch_on, standings_of, tenures_of
from dianping.rectification.models import WrittenReport
from dianping.rectification.rules.steps import STEPS
from dianping.rectification.selectors import items_about_person
from dianping.reviews.rules.parts import CHANGED, GROUNDS
from dianping.reviews.selectors import grounds_of, parts_kept, parts_of, reviews_about_person, with_grounds

if TYPE_CHECKING:
    from dianping.orgs.models import Membership, Tenure
    from dianping.rectification.models import Item
    from dianping.reviews.models import Correction, Review


def person_file(person: Person, *, viewer: Viewer) -> Record:
    """The record of a person as this viewer may read it."""
    seen: dict[str, Any] = {"paths": viewer.read_paths, "posts": viewer.post_ids, "viewer": viewer.person}
    reviews = reviews_about_person(person, **seen).order_by("happened_on", "pk")
    reviews = reviews.prefetch_related("problems", "corrections", "answers", "reopenings", with_grounds())
    items = items_about_person(person, **seen).prefetch_related("progress").order_by("opened_on", "pk")
    own = viewer.person is not None and viewer.person.pk == person.pk
    return Record(
        title=f"{person.name}　领导点评本人档案",
        head=_head(person, viewer.day),
        sections=(
            Section("一、对本人的点评", tuple(map(_review, reviews)), "没有登记过。"),
            Section("二、问题与整改", tuple(map(_item, items))),
            Section("三、专门书面报告", tuple(map(_report, _reports(person, viewer)))),
        ),
        printed=f"{written(viewer.day)}打印　打印人：{viewer.name}（{viewer.title}）",
        note="" if own else "只含打印人有权查阅的部分。",
    )


def _head(person: Person, day: date) -> tuple[tuple[str, str], ...]:
    branch = branch_on(person, day=day)
    stood = [f"{_span(m)}　{m.organisation.name}（{m.standing}）" for m in standings_of(person)]
    held = [f"{_span(t)}　{t.post.called}" for t in tenures_of(person)]
    return (
        ("姓名", person.name),
        ("所在党支部", branch.name if branch else "现在不在任何支部"),
        ("组织关系", "\n".join(stood) or "没有登记"),
        ("职务", "\n".join(held) or "没有担任过职务"),
    )


def _span(row: "Membership | Tenure") -> str:
    """Since when, until when; `until` is the first day after."""
    return f"{row.since} 起" if row.until is None else f"{row.since} 至 {row.until}"


def _review(review: "Review") -> Entry:
    problems = "\n".join(f"{p.number}．{p.text}" for p in review.problems.all())
    said = parts_of(review, review.about)
    lines = [
        ("点评人", f"{review.reviewer.name}（{review.post.called}）"),
        *((read.label, problems if read.part.many else read.text) for read in said if not read.part.reason),
        (GROUNDS, "\n".join(ground.told for ground in grounds_of(review))),
        ("计入", review.counts or "另加的点评"),
        *((read.label, read.text) for read in said if read.part.reason),
    ]
    lines += [(f"更正 {_moment(c.at)}", _correction(c)) for c in review.corrections.all()]
    lines += [
        (f"重写 {_moment(r.at)}", f"{r.by}：{r.why}\n原文：{_old(r.before, review.about)}")
        for r in review.reopenings.all()
    ]
    lines += [
        (
            f"{'代录意见' if a.on_behalf else '本人意见'}",
            f"{a.text or '已阅，没有意见。'}（{a.by}，{_moment(a.at)}）",
        )
        for a in review.answers.all()
    ]
    regular = "定期" if review.regular else "日常"
    assert review.happened_on is not None  # filed
    occasion = f"，{review.occasion}" if review.occasion else ""
    return Entry(
        f"{written(review.happened_on)}　{review.get_mode_display()}（{regular}）{occasion}　{review.get_about_display()}",
        tuple((label, text) for label, text in lines if text),
    )


def _correction(correction: "Correction") -> str:
    """Both texts, with who and why."""
    pieces = [f"{correction.by}：{correction.why}"]
    for name, before in correction.before.items():
        label = CHANGED.get(name, name)
        pieces += [f"{label}原文：{before}", f"{label}新文：{correction.after[name]}"]
    return "\n".join(pieces)


def _old(before: dict[str, object], about: str) -> str:
    """The words a review taken back had."""
    return "\n".join(f"{label}：{text}" for label, text in parts_kept(before, about))


def _item(item: "Item") -> Entry:
    lines = [
        ("状态", str(item.get_state_display())),
        ("责任人", item.owner_name),
        ("措施", item.measure),
        ("时限", written(item.due) if item.due else ""),
    ]
    lines += [(str(p.on), f"{STEPS[p.step].name}：{p.text}（{p.by}）") for p in item.progress.all()]
    if item.closed_on:
        lines.append(("销号", f"{written(item.closed_on)}，{item.closed_by}"))
    title = f"{written(item.opened_on)}提出：{item.text}"
    return Entry(title, tuple((label, text) for label, text in lines if text))


def _reports(person: Person, viewer: Viewer) -> QuerySet[WrittenReport]:
    """The written reports about him, by the rights of their duties; his own he reads all."""
    seen = Q(duty__owed_by__in=viewer.post_ids)
    for path in viewer.read_paths:
        seen |= Q(duty__path__gte=path, duty__path__lt=trees.after(path))
    if viewer.person is not None and viewer.person.pk == person.pk:
        seen |= Q(duty__person=person)
    return (
        WrittenReport.objects.select_related("words_of")
        .filter(seen, duty__person=person)
        .order_by("filed_on", "pk")
    )


def _report(report: WrittenReport) -> Entry:
    lines = [("报告", report.text), ("本人的话", report.origin)]
    return Entry(
        f"{written(report.filed_on)}　{report.by}交", tuple((label, text) for label, text in lines if text)
    )


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}"
