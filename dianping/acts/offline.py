"""Reviews written down offline: the workbook that is handed out, and taking it back, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from dianping.acts.dossier import ABOUT_OF, aim_of, grounds_by
from dianping.acts.filing import file_and_follow
from dianping.base.sheets import Problem
from dianping.common import trees
from dianping.common.acts import acting
from dianping.common.audit import Actor
from dianping.common.office.form_xlsx import FormColumn, write_form_workbook
from dianping.common.office.reading import UnreadableFile, read_sheets
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.duties.models import Duty, Kind
from dianping.orgs.selectors.posts import holder_on
from dianping.programmes.selectors import criteria_entered, criteria_on, programme_for
from dianping.reviews.models import Occasion, Review
from dianping.reviews.rights import may_bring_reviews, may_write_of
from dianping.reviews.rules.grounds import numbered
from dianping.reviews.rules.offline import (
    HEADINGS,
    ON_FILE,
    PARTS,
    PRINTED,
    PROBLEMS,
    OfflineReview,
    judge_reviews,
)
from dianping.reviews.selectors import draft_of
from dianping.reviews.services import EventInput, GroundInput, ProblemInput, ReviewInput

MOST = 5000
KIND_WORDS = {"member": "党员", "organisation": "党组织", "secretary": "书记"}
LISTS = {
    "方式": ("集中", "个别", "现场", "随机"),
    "定期或日常": ("定期", "日常"),
    "结合的活动": tuple(Occasion.Kind.values),
}
WIDE = (
    {ON_FILE}
    | {part.label for part in PARTS}
    | {f"{part.label}{n}" for part in PARTS if part.many for n in range(1, PROBLEMS + 1)}
)


@dataclass(slots=True)
class Intake:
    """What a workbook brought: how many reviews were filed, or every fault and nothing filed."""

    filed: int = 0
    problems: list[Problem] = field(default_factory=list)


def write_template(*, duties: QuerySet[Duty], path: Path, title: str, moment: datetime, actor: Actor) -> int:
    """The workbook for these open duties; how many rows it has."""
    own = duties.filter(kind="review", done_on=None).exclude(owed_by=None)
    listed = list(own.order_by("path", "person", "pk")[:MOST])
    permit(actor, may_write_of, listed)
    on_file = _on_file(listed, moment.date())
    rows = [
        (
            duty.pk,
            duty.person.name if duty.person else duty.organisation.name,
            duty.organisation.name,
            KIND_WORDS[ABOUT_OF[duty.target]],
            on_file.get(aim_of(duty).key, ""),
        )
        for duty in listed
    ]
    write_form_workbook(
        path=path,
        sheet="离线登记",
        title=title,
        rows=rows,
        made=moment,
        hint="\n".join(
            [
                "只填白格；灰格由系统印出，请勿改动。没有填的行不会登记。填好后在“离线登记”页交回，或由党务干事导入。",
                *_criteria(listed, moment.date()),
            ]
        ),
        columns=[
            FormColumn(
                h,
                36 if h in WIDE else 22 if h == "所在组织" else 12,
                LISTS.get(h, ()),
                "日期" in h or "期限" in h,
                h in PRINTED,
            )
            for h in HEADINGS
        ],
    )
    return len(rows)


def _on_file(duties: list[Duty], day: date) -> dict[tuple[str, int, int], str]:
    """What a review of each of these targets may rest on, each with the number to copy; those of whom nothing is on file are
    left out."""
    if not duties:
        return {}
    found = grounds_by(map(aim_of, duties), programme_for(duties[0].organisation, day), day=day)
    return {
        key: "\n".join(f"{numbered(row.kind, row.key)}　{row.told}" for row in rows)
        for key, rows in found.items()
        if rows
    }


def _criteria(duties: list[Duty], day: date) -> list[str]:
    """The named lists the reviews of these duties turn on, a line each: those that hold for every organisation among them."""
    if not duties:
        return []
    about = {ABOUT_OF[duty.target] for duty in duties}
    place = duties[0].organisation
    in_force = programme_for(place, day)
    entered = [
        row
        for row in criteria_entered(place, day)
        if all(trees.is_within(duty.path, row.organisation.path) for duty in duties)
    ]
    return [
        f"对照的标准（不打分）　{named.name}（{KIND_WORDS[named.about]}；{named.cited.paper} {named.cited.clause}".rstrip()
        + f"）：{'、'.join(named.items)}"
        for named in criteria_on(in_force.programme if in_force else None, entered)
        if named.about in about
    ]


def take_reviews(
    *,
    path: Path,
    duties: Callable[[int], Duty | None],
    moment: datetime,
    actor: Actor,
    reader: str | None = None,
) -> Intake:
    """File every filled row of a workbook, or tell every fault and file nothing.

    `duties` finds a duty the sender may discharge by its number, None otherwise. A row already filed is passed
    over when its duty is done, so the same workbook may be taken twice. `reader` is the account it is read for, None for a
    command.
    """
    permit(actor, may_bring_reviews)
    try:
        read = read_sheets(path, then=partial(judge_reviews), reader=reader)
    except UnreadableFile as no:
        return Intake(problems=[Problem("", 0, "", "", no.sentence, code=no.code)])
    taken = Intake(problems=list(read.problems))
    if not read.reviews and not taken.problems:
        taken.problems.append(
            Problem(
                "",
                0,
                "",
                "",
                "工作簿里没有填写任何一行。请在白格里写下点评后再交。",
                code="reviews.sheet-empty",
            )
        )
    seen: set[int] = set()
    try:
        with acting():
            for row in read.reviews:
                _file(row, duties, moment, actor, taken, seen)
            if taken.problems:
                raise _Nothing
    except _Nothing:
        taken.filed = 0
    return taken


class _Nothing(Exception):  # noqa: N818 - a signal to roll back, never seen outside
    """Rolls the whole workbook back."""


def _file(
    row: OfflineReview,
    duties: Callable[[int], Duty | None],
    moment: datetime,
    actor: Actor,
    taken: Intake,
    seen: set[int],
) -> None:
    """File one row, or say in `taken` why not; a row that was filed before, or lacks its number or day, is passed over."""
    if not row.duty or row.happened_on is None:
        return
    duty = duties(row.duty)
    wrong = _not_this_duty(row, duty, seen)
    if wrong is not None:
        taken.problems.append(wrong)
        return
    assert duty is not None
    assert duty.owed_by is not None
    seen.add(row.duty)
    if duty.done_on is not None or _kept_before(row, duty):
        return
    reviewer = holder_on(duty.owed_by, day=row.happened_on)
    wrong = _not_now(row, duty)
    if wrong is not None or reviewer is None:
        taken.problems.append(wrong or _vacant(row, duty))
        return
    try:
        with acting():
            file_and_follow(
                target=aim_of(duty).target,
                reviewer=reviewer,
                said=_said(row, duty),
                version=0,
                moment=moment,
                actor=actor,
            )
    except Refusal as no:
        taken.problems.append(_fault(row, "", "", str(no), code=no.code))
        return
    taken.filed += 1


def _fault(row: OfflineReview, column: str, value: str, sentence: str, *, code: str) -> Problem:
    return Problem(row.sheet, row.row, column, value, sentence, code=code)


def _named(duty: Duty) -> str:
    return duty.person.name if duty.person else duty.organisation.name


def _not_this_duty(row: OfflineReview, duty: Duty | None, seen: set[int]) -> Problem | None:
    """Why the number in a row does not lead to the duty the row is about."""
    number = str(row.duty)
    if duty is None or duty.owed_by is None or duty.kind != Kind.REVIEW:
        return _fault(
            row,
            "编号",
            number,
            f"没有编号为 {row.duty} 的应办点评，或不归您登记；请重新下载离线登记表。",
            code="reviews.duty-not-yours",
        )
    if row.target != _named(duty):
        return _fault(
            row,
            "被点评对象",
            row.target,
            f"编号 {row.duty} 的对象是“{_named(duty)}”，表里写的是“{row.target}”；请核对是否串行。",
            code="reviews.row-shifted",
        )
    if row.duty in seen:
        return _fault(
            row,
            "编号",
            number,
            f"编号 {row.duty} 在表里填了两行；一项应办只登记一份，请合成一行。",
            code="reviews.duty-twice-in-sheet",
        )
    return None


def _not_now(row: OfflineReview, duty: Duty) -> Problem | None:
    """Why the review in a row cannot be filed as it stands."""
    occasion = row.texts["occasion"]
    if occasion and occasion not in Occasion.Kind.values:
        return _fault(
            row,
            "结合的活动",
            occasion,
            f"写的是“{occasion}”，应为 {'、'.join(Occasion.Kind.values)} 之一，或留空。",
            code="reviews.occasion-unknown",
        )
    if draft_of(aim_of(duty).target) is not None:
        return _fault(
            row,
            "编号",
            str(row.duty),
            f"网上已有对{_named(duty)}的草稿；请先在网上登记或清空它，再交这一行。",
            code="reviews.draft-stands-online",
        )
    return None


def _vacant(row: OfflineReview, duty: Duty) -> Problem:
    return _fault(
        row,
        "点评日期",
        str(row.happened_on),
        f"{row.happened_on} 这一天{duty.owed_by}空缺，没有人可以点评；请核对日期。",
        code="reviews.seat-vacant",
    )


def _kept_before(row: OfflineReview, duty: Duty) -> bool:
    """Whether this very row was filed already, too late to count, so that its duty still stands open."""
    return Review.objects.filter(
        filed=True,
        post=duty.owed_by,
        organisation=duty.organisation,
        person=duty.person,
        happened_on=row.happened_on,
        evaluation=row.texts["evaluation"],
    ).exists()


def _said(row: OfflineReview, duty: Duty) -> ReviewInput:
    texts: dict[str, Any] = dict(row.texts)
    kind, place = texts.pop("occasion"), texts.pop("place")
    return ReviewInput(
        mode=row.mode,
        regular=row.regular,
        happened_on=row.happened_on,
        event=EventInput(kind, place) if kind in Occasion.Kind.values else None,
        problems=tuple(ProblemInput(*problem) for problem in row.problems),
        grounds=tuple(GroundInput(*ground) for ground in row.grounds),
        **texts,
    )
