"""Model cases by place, review and state."""

from django.db.models import Q, QuerySet

from dianping.bulletins.models import Copy, ModelCase
from dianping.bulletins.selectors.bulletins import within
from dianping.orgs.models import Organisation, Person
from dianping.reviews.models import Review

RELATED = ("organisation", "person", "review", "publisher")
TOLD = (ModelCase.State.PUBLISHED, ModelCase.State.WITHDRAWN)


def cases_visible(*, readers: list[str], receivers: list[str], person: Person | None) -> QuerySet[ModelCase]:
    """Cases a viewer may see: raised where he reads, about himself, or told to an organisation whose office or secretary he is."""
    received = Copy.objects.filter(within(receivers))
    told = Q(state__in=TOLD, published_on__isnull=False) & (
        Q(pk__in=received.filter(bulletin=None).values("case"))
        | Q(bulletins__in=received.filter(case=None).values("bulletin"))
    )
    own = Q(person=person) if person is not None else Q(pk__in=[])
    seen = ModelCase.objects.filter(within(readers) | told | own).values("pk")
    return ModelCase.objects.filter(pk__in=seen).select_related(*RELATED)


def cases_readable(cases: QuerySet[ModelCase], readers: list[str]) -> QuerySet[ModelCase]:
    """Those whose words are still to be read: what was withdrawn stays in sight only where it was raised."""
    return cases.filter(~Q(state=ModelCase.State.WITHDRAWN) | within(readers))


def cases_of_review(review: Review) -> QuerySet[ModelCase]:
    """What was raised from a review."""
    return ModelCase.objects.filter(review=review).order_by("pk")


def cases_to_tell(organisation: Organisation) -> QuerySet[ModelCase]:
    """Cases an organisation may publish: checked, its own or from below, not told yet."""
    return (
        ModelCase.objects.filter(within([organisation.path]), state=ModelCase.State.CHECKED)
        .select_related(*RELATED)
        .order_by("pk")
    )
