"""What the invented offices tell: examples at every step, a bulletin issued, one to be approved, one returned."""

from datetime import date

from dianping.accounts.models import User
from dianping.base.windows import Cadence
from dianping.bulletins.models import Bulletin, ModelCase
from dianping.bulletins.services import (
    BulletinDraft,
    amend_bulletin,
    confirm_case,
    draft_bulletin,
    issue_bulletin,
    raise_case,
    return_bulletin,
    return_case,
)
from dianping.common.audit import Actor
from dianping.demo import office
from dianping.demo.office import Example
from dianping.demo.sample_hands import Hands
from dianping.orgs.models import Organisation
from dianping.reviews.models import Review


def raise_examples(
    *, home: Organisation, chemistry: Organisation, last_year: date, today: date, hands: Hands
) -> ModelCase:
    """Examples of a unit's branch, one at each step, and one of another unit that was looked into; that one."""
    known = User.objects.exclude(person=None).values("person")  # the cast looks into it, and is not told of
    told = Review.objects.filter(organisation=home, about="member", filed=True).exclude(person__in=known)
    members = list(told.order_by("pk")[:3])
    branch = Review.objects.filter(
        organisation__parent=home.parent, about="organisation", filed=True
    ).earliest("pk")
    other = Review.objects.filter(organisation=chemistry, about="organisation", filed=True).earliest("pk")
    mi, qi = hands["mi"], hands["qi"]
    _raised(members[0], office.TO_CHECK, today, hands["ning"])
    returned = _raised(members[1], office.RETURNED, today, mi)
    return_case(case=returned, words=office.RETURN_WORDS, version=returned.version, actor=qi)
    _confirmed(_raised(members[2], office.TO_AGREE, today, mi), today, qi)
    _confirmed(_raised(branch, office.PRACTICE, today, mi), today, qi)
    return _confirmed(_raised(other, office.SHOWN, last_year, hands["wen"]), today, hands["shangguan"])


def _raised(review: Review, example: Example, on: date, actor: Actor) -> ModelCase:
    return raise_case(
        review=review, kind=example.kind, title=example.title, facts=example.facts, today=on, actor=actor
    )


def _confirmed(case: ModelCase, on: date, actor: Actor) -> ModelCase:
    return confirm_case(case=case, words="", version=case.version, today=on, actor=actor)


def tell_in_bulletins(
    top: Organisation, *, example: ModelCase, drafted: date, today: date, hands: Hands
) -> None:
    """The year's last quarter told with an example, approved by the secretary; the new quarter's not yet; one he returned."""
    last, now = Cadence(3).window(date(2010, 12, 31)), Cadence(3).window(today)
    wen, fang, gan = hands["wen"], hands["fang"], hands["gan"]
    begun = draft_bulletin(organisation=top, period=last, circle=office.CIRCLE, today=drafted, actor=wen)
    written = _written(begun, begun.title, begun.body + office.BULLETIN_BODY, wen, (example,))
    issue_bulletin(bulletin=written, version=written.version, today=today, actor=gan)
    draft_bulletin(organisation=top, period=now, circle=office.CIRCLE, today=today, actor=wen)
    pledges = draft_bulletin(organisation=top, period=now, circle=office.CIRCLE, today=drafted, actor=fang)
    pledges = _written(pledges, office.PLEDGES_TITLE, office.PLEDGES_BODY, fang)
    return_bulletin(bulletin=pledges, words=office.PLEDGES_RETURNED, version=pledges.version, actor=gan)


def _written(
    bulletin: Bulletin, title: str, body: str, actor: Actor, cases: tuple[ModelCase, ...] = ()
) -> Bulletin:
    draft = BulletinDraft(title, body, office.CIRCLE, cases)
    return amend_bulletin(bulletin=bulletin, draft=draft, version=bulletin.version, actor=actor)
