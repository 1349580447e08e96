"""Polls for the tests of the pages that count: paper forms to type, boxes opened, sayings to merge."""

from collections.abc import Sequence
from datetime import date

from django.test import Client

from dianping.accounts.models import User
from dianping.opinions.models import Poll, Saying
from dianping.opinions.rules import Form, presets
from dianping.opinions.services import GroupPlan, PollPlan, SubjectPlan, plan_poll
from dianping.orgs.models import Organisation
from tests import factories, kept
from tests.factories import University
from tests.opinions.polling import AFTER, CLOSES, OPENS, Polling, answer, choosing, keepers

MASSES = (GroupPlan("群众", inside=False, size=12),)
GRADES = (0,) * 8 + (1,) * 3 + (3,)  # 12 forms: 8 满意, 3 比较满意, 1 不满意
SAID = ("食堂窗口排队太久", "图书馆周末闭馆太早", "食堂的窗口排队太久", "实验室安全培训流于形式")


def offices(place: University) -> tuple[User, User]:
    """The office of 文学院 and the one above the university: one keeps, one oversees."""
    return keepers(place)


def poll(
    place: University,
    *,
    form: str | Form = "appraisal_organisation",
    groups: Sequence[GroupPlan] = MASSES,
    about: Sequence[SubjectPlan] = (),
    on_paper: bool = False,
    title: str = "春季评议",
    at: Organisation | None = None,
) -> Polling:
    """A poll of 文学院, or of another unit, with all its slips given out."""
    unit = at or place.letters
    given = (form, groups, about, on_paper, title, unit)
    return kept.standing(f"poll {given}", lambda: _poll(place, *given), given=place)


def _poll(
    place: University,
    form: str | Form,
    groups: Sequence[GroupPlan],
    about: Sequence[SubjectPlan],
    on_paper: bool,
    title: str,
    unit: Organisation,
) -> Polling:
    plan = PollPlan(
        title=title,
        form=presets()[form] if isinstance(form, str) else form,
        opens=OPENS,
        closes=CLOSES,
        about=tuple(about) or (SubjectPlan(unit),),
        asked=tuple(groups),
    )
    found = Polling(plan_poll(organisation=unit, plan=plan, actor=factories.ACTOR), *keepers(place, unit))
    found.freeze()
    found.take_keys()
    found.issue(on_paper=on_paper)
    return found


def send(found: Polling, grades: Sequence[int] = GRADES, said: Sequence[str] = SAID) -> None:
    """One form a grade, in the order of the groups, each with the next of the words."""
    codes = [code for number in sorted(found.codes) for code in found.codes[number]]
    subjects = found.poll.subjects.count()
    for at, (code, grade) in enumerate(zip(codes, grades, strict=False)):
        words = said[at % len(said)] if said else ""
        answer(found, code, choosing(found.poll.sheet, subjects, grade=grade, words=words))


def opened(
    place: University,
    *,
    grades: Sequence[int] = GRADES,
    said: Sequence[str] = SAID,
    on: date = AFTER,
    **more: object,
) -> Poll:
    """A poll of 文学院, sent and opened."""

    def made() -> Poll:
        found = poll(place, **more)  # type: ignore[arg-type]
        send(found, grades, said)
        return found.open(today=on)

    return kept.standing(f"opened {(grades, said, on, more)}", made, given=place)


def sayings(found: Poll) -> list[Saying]:
    """Its sayings."""
    return list(Saying.objects.filter(poll=found).order_by("text", "pk"))


def signed_in(user: User) -> Client:
    """A browser in which somebody signed in."""
    client = Client()
    client.force_login(user)
    return client
