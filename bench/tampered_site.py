"""A site with rows in every covered table, to be tampered with: the tests' stage told further, beside the sample university."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

DAY, REVIEWS = date(2011, 1, 5), 300


@contextmanager
def tests_at_hand() -> Iterator[None]:
    """The tests' builders may be imported: their settings leave this process's environment as it is."""
    before = dict(os.environ)
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody attacks them here
    import tests.settings  # noqa: F401

    os.environ.clear()
    os.environ.update(before)
    yield


def build(*, sample: bool) -> Any:
    """The site, with the sample university in it or without; one side of the stage."""
    from tests import factories, kept
    from tests.pages import conftest
    from tests.taken_in import take_in

    if sample:
        _university()
    place = factories.university()
    factories.adopt(place.top)
    factories.open_on()
    clients = conftest._clients(place)
    own, other = conftest._sides(place)
    found = conftest.with_polls(conftest.Stage(place, own, other, clients))
    kept._states.clear()
    take_in()
    _further(found)
    return found


def _university() -> None:
    """4,278 members in 214 organisations, every duty of the round opened, three hundred reviews filed."""
    from bench import digests, university
    from dianping.common.audit import SYSTEM
    from dianping.duties.models import Duty
    from dianping.duties.services import open_duties

    university.take()
    open_duties(day=digests.DAY, actor=SYSTEM)
    owed = Duty.objects.filter(target="member", window__rule="round", done_on=None).exclude(owed_by=None)
    for duty in list(owed.order_by("pk")[:REVIEWS]):
        digests._file(duty)


def _further(found: Any) -> None:
    """What the stage leaves empty: handed over, issued, heard, reported, attended, noted, reopened, corrected, revisited."""
    from dianping.acts.filing import file_and_follow
    from dianping.acts.reopening import reopen_and_withdraw
    from dianping.base.windows import Window
    from dianping.bulletins import services as bulletins
    from dianping.common.refusal import Refusal
    from dianping.duties.models import Duty
    from dianping.duties.services import hand_over
    from dianping.ledgers.selectors.scope import LedgerScope
    from dianping.ledgers.services import close_ledgers
    from dianping.notices.services import enter_notice
    from dianping.orgs.selectors.posts import holder_on
    from dianping.rectification.models import Item
    from dianping.rectification.services import file_report, hear_masses
    from dianping.reviews.models import Problem, Review
    from dianping.reviews.services import (
        FollowUpInput,
        answer_review,
        correct_review,
        note_attendance,
        take_note,
    )
    from tests import factories
    from tests.reviews.telling import CLERK, OTHER, at, target_of, words

    by = {"moment": at(DAY), "actor": CLERK}
    for side in found.sides:
        answer_review(review=side.review, text="收到，照改。", on_behalf=True, **by)
        review = Review.objects.get(pk=side.review.pk)
        changes = {"direction": "多到一线听意见，每月一次。"}
        correct_review(review=review, changes=changes, why="漏写", version=review.version, **by)
        duty = Duty.objects.get(pk=side.open_duty.pk)
        target = target_of(duty, on=DAY)
        take_note(target=target["target"], writer=target["reviewer"],
                  happened_on=DAY, text="谈了一次话。", **by)  # fmt: skip
        filed = file_and_follow(**target, said=words(), version=1, **by)
        reopen_and_withdraw(review=filed, why="写错了人", **by)
        version = Review.objects.get(pk=filed.pk).version
        file_and_follow(**target, said=words(), version=version, **by)
        hear_masses(item=Item.objects.get(pk=side.dated.pk), yes=9, no=1, asked_on=DAY, closed_on=DAY, **by)
        file_report(duty=Duty.objects.get(pk=side.report.pk), text="没有解决的原因和下一步的打算。", **by)
        earlier = Problem.objects.get(pk=side.dated.problem_id)
        again = words(revisits=(FollowUpInput(earlier.pk, "better", "还在改"),), happened_on=DAY)
        done = Duty.objects.get(pk=side.done_duty.pk)
        file_and_follow(**target_of(done, on=DAY), said=again, version=0, **by)
        there = {row.pk: bool(row.pk % 2) for row in side.occasion.attendance.all()}
        version = type(side.occasion).objects.get(pk=side.occasion.pk).version
        note_attendance(occasion=side.occasion, present=there, version=version, actor=CLERK)
        enter_notice(
            text="关于开展评议工作的通知\n各党支部：\n根据《关于开展评议工作的意见》（云教工委〔2010〕12号）要求，通知如下：\n"
            "一、请于2011年3月1日前将总结报党委办公室。",
            organisation=side.branch, today=DAY, actor=CLERK,
        )  # fmt: skip
        case = type(side.case).objects.get(pk=side.case.pk)
        case = bulletins.confirm_case(case=case, words="属实", version=case.version, today=DAY, actor=OTHER)
        draft = type(side.bulletin_draft).objects.get(pk=side.bulletin_draft.pk)
        with_case = bulletins.BulletinDraft(draft.title, draft.body, ("党支部",), cases=(case,))
        bulletins.amend_bulletin(bulletin=draft, draft=with_case, version=draft.version, actor=CLERK)
        with tempfile.TemporaryDirectory() as folder:
            scope = LedgerScope(side.unit, Window(date(2011, 1, 1), date(2011, 3, 31)), DAY)
            list(close_ledgers(scope=scope, folder=Path(folder), kinds=(), **by))
    owed = Duty.objects.filter(kind="review", done_on=None, lapsed_on=None, owed_by__isnull=False)
    for seat in {duty.owed_by for duty in owed.filter(path__startswith=found.place.top.path)}:
        heir = factories.secretarys_seat(found.place.top)
        with suppress(Refusal):
            hand_over(
                from_post=seat, to_post=heir, holder=holder_on(heir, day=DAY), why="出差", on=DAY, actor=CLERK
            )
            break
    _resting(found)
    _roster(found.place)
    _slips(found.place)


def _resting(found: Any) -> None:
    """A review that rests on a visit, and a scan beside a review."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from dianping.rectification.services.enclosing import enclose
    from dianping.reviews.models import Review
    from tests.factories import ACTOR
    from tests.reviews.telling import tell
    from tests.reviews.test_grounds import bare, branch, of, visit

    tell(branch(found.place), said=bare(grounds=(of(visit(found.place.letters_staff)),)))
    scan = SimpleUploadedFile("登记表.txt", "签过字的登记表".encode())
    enclose(record=Review.objects.get(pk=found.own.review.pk), files=[scan], reader=None, on=DAY, actor=ACTOR)


def _slips(place: Any) -> None:
    """Accounts and slips for whoever holds a seat and has none."""
    from dianping.accounts.services.slips import Printing, open_seats
    from tests.factories import ACTOR

    open_seats(
        organisation=place.top,
        again=False,
        printing=Printing("https://dp.example.cn/activate/", DAY),
        actor=ACTOR,
    )


def _roster(place: Any) -> None:
    """A second roster, of two branches and those above them; one stands in another kind of unit."""
    from dianping.orgs.services import plan_roster, take_roster
    from tests.factories import ACTOR, write_roster

    rows = [
        {"组织名称": one.name, "组织代码": one.code, "组织类别": one.kind, "单位类型": "高等学校",
         "上级党组织": one.parent.name if one.parent else "", "成立日期": one.founded}
        for one in type(place.top).objects.filter(dissolved=None, path__startswith=place.top.path).order_by("path")
    ]  # fmt: skip
    rows[-1]["单位类型"] = "国有企业"
    with tempfile.TemporaryDirectory() as folder:
        plan = plan_roster(actor=ACTOR, path=write_roster(Path(folder) / "名册.xlsx", organisations=rows))
    take_roster(plan=plan, as_of=DAY, actor=ACTOR)
