"""Naming the event a review took place at."""

from datetime import date

from dianping.orgs.models import Organisation
from dianping.reviews.models import Occasion


def hold_occasion(*, kind: str, organisation: Organisation, held_on: date, place: str) -> Occasion:
    """The occasion of this kind, day and place; made when it is not there yet."""
    occasion, _ = Occasion.objects.get_or_create(
        kind=kind,
        organisation=organisation,
        held_on=held_on,
        place=place.strip(),
        defaults={"path": organisation.path},
    )
    return occasion
