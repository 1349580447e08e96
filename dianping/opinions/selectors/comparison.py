"""与上次相比: two polls of one form about one subject, set side by side only where nobody can be worked out by it (decision 0035)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dianping.opinions.models import Poll, Subject
from dianping.opinions.selectors.results import QuestionVotes, headings_of
from dianping.opinions.selectors.turnout import turnout_of


@dataclass(frozen=True, slots=True)
class ElectorateChange:
    """How two electorates differ. Of people given by number only nobody knows who they are: they count by number."""

    stayed: int
    left: int
    joined: int
    by_number: int = 0

    def too_small(self, least: int) -> int:
        """The size of a part that only one of the two polls asked, where it is smaller than `least`; else 0."""
        return next((part for part in (self.left, self.joined) if 0 < part < least), 0)


def change_between(old: str, new: str) -> ElectorateChange:
    """How two electorates differ, each as frozen: a line a person, `group, class, name, key`.

    A member is known by his key. Somebody given by name is known by class and name, namesakes by how many there are;
    those given by number alone, by class and how many there are.
    """
    before, after = Counter(map(_who, old.split("\n"))), Counter(map(_who, new.split("\n")))
    return ElectorateChange(
        stayed=(before & after).total(),
        left=(before - after).total(),
        joined=(after - before).total(),
        by_number=sum(count for who, count in after.items() if who[0] == "c"),
    )


def _who(line: str) -> tuple[str, ...]:
    _, ballot_class, name, key = line.split("\t")
    return (key,) if key.startswith("p") else (key[:1], ballot_class, name)


def why_not_compared(change: ElectorateChange, least: int) -> str:
    """The sentence that stands in place of a comparison; empty where there may be one."""
    if not change.stayed:
        return "两次应参加的人完全不同，不作对比。"
    few = change.too_small(least)
    if few:
        return (
            f"两次应参加的人只差 {few} 人，不足 {least} 人，两次数字相减可能看出这几个人怎么填的，不作对比。"
        )
    return ""


@dataclass(frozen=True, slots=True)
class EarlierPoll:
    """The last poll of the same form about the same subject, and its figures, or why they are not set beside these."""

    poll: Poll
    on: date
    change: ElectorateChange
    headings: tuple[QuestionVotes, ...]
    why_not: str


def last_like(poll: Poll, subject: int, *, among: QuerySet[Poll]) -> EarlierPoll | None:
    """The newest poll opened earlier with this very form about the same subject, of those the viewer may see.

    A rehearsal is neither compared nor compared with. None where there is no such poll.
    """
    about = next((row for row in poll.subjects.all() if row.number == subject), None)
    if about is None or poll.trial or poll.opened_on is None:
        return None
    earlier = (
        Subject.objects.filter(
            poll__in=among.order_by().values("pk"),
            poll__state=Poll.State.OPENED,
            poll__trial=False,
            poll__form_digest=poll.form_digest,
            poll__opened_on__lt=poll.opened_on,
            organisation=about.organisation_id,
            person=about.person_id,
        )
        .select_related("poll")
        .order_by("-poll__opened_on", "-pk")
        .first()
    )
    if earlier is None or earlier.poll.opened_on is None:
        return None
    lists = dict(Poll.objects.filter(pk__in=(poll.pk, earlier.poll_id)).values_list("pk", "electorate"))
    change = change_between(lists[earlier.poll_id], lists[poll.pk])
    least = max(poll.least, earlier.poll.least)
    left_out = abs(turnout_of(earlier.poll).without_slip - turnout_of(poll).without_slip)
    why_not = why_not_compared(change, least) or (
        f"两次没有发票的人数差 {left_out} 人，不足 {least} 人，不作对比。" if 0 < left_out < least else ""
    )
    headings = () if why_not else tuple(headings_of(earlier.poll, subject=earlier.number))
    return EarlierPoll(earlier.poll, earlier.poll.opened_on, change, headings, why_not)
