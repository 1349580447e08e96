"""What tests of bulletins stand on: a university with reviews in it, who acts, and a draft to be issued."""

from datetime import date
from typing import Any

from dianping.base.windows import Window
from dianping.bulletins.models import Bulletin, ModelCase
from dianping.bulletins.services import (
    BulletinDraft,
    amend_bulletin,
    confirm_case,
    draft_bulletin,
    raise_case,
)
from dianping.common.audit import Operator
from dianping.orgs.models import Organisation
from dianping.reviews.models import Review
from tests.factories import University
from tests.reviews.telling import duty_about, tell

DAY = date(2011, 1, 20)
QUARTER = Window(date(2011, 1, 1), date(2011, 3, 31))
CLERK = Operator("wen", "党务干事", "温干事")
SECRETARY = Operator("gan", "书记", "甘远山")
SUPERIOR = Operator("shangguan", "上级办公室", "上官处长")
REMARK = "学习抓得不紧，联系群众的办法不多，遇到难处绕着走。"
FACTS = "每月到实验室听一次意见，当场答复，答复不了的一周内回话。"


def review_of(place: University, name: str = "冉小禾", **said: Any) -> Review:
    """A filed review of a member, with a remark nobody outside his branch is to read."""
    branch = next(b for b in place.branches if place.people[name].memberships.filter(organisation=b).exists())
    return tell(duty_about(branch, "member", person=place.people[name]), evaluation=REMARK, **said)


def case_of(
    review: Review, *, title: str = "意见当场答复", facts: str = FACTS, checked: bool = True
) -> ModelCase:
    """A case raised by the clerk, checked by the superior's office."""
    case = raise_case(review=review, kind="practice", title=title, facts=facts, today=DAY, actor=CLERK)
    if not checked:
        return case
    return confirm_case(case=case, words="", version=case.version, today=DAY, actor=SUPERIOR)


def drafted(
    organisation: Organisation,
    *,
    body: str = "",
    title: str = "关于一季度点评的通报",
    circle: tuple[str, ...] = ("党支部",),
    cases: tuple[ModelCase, ...] = (),
    ordinary: tuple[str, ...] = (),
) -> Bulletin:
    """A draft with this body, or with the figures it begins with."""
    found = draft_bulletin(organisation=organisation, period=QUARTER, circle=circle, today=DAY, actor=CLERK)
    draft = BulletinDraft(title, body or found.body, circle, cases, ordinary)
    return amend_bulletin(bulletin=found, draft=draft, version=found.version, actor=CLERK)
