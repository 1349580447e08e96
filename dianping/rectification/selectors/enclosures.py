"""What is kept with a review, an event or a paper handed in."""

from django.db.models import QuerySet

from dianping.duties.models import Duty
from dianping.rectification.models import Enclosure
from dianping.reviews.models import Occasion, Review

Record = Review | Occasion | Duty
FIELDS: dict[type, str] = {Review: "review", Occasion: "occasion", Duty: "duty"}


def enclosures_of(record: Record) -> QuerySet[Enclosure]:
    """The files kept with one record, in the order they came."""
    return Enclosure.objects.filter(**{FIELDS[type(record)]: record}).order_by("pk")
