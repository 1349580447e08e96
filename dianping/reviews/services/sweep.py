"""Looking for reviews that say much the same, and keeping what was found for the page."""

from datetime import date, datetime

from dianping.common.likeness import Shown, groups_alike
from dianping.orgs.models import Organisation
from dianping.reviews.models import Sweep
from dianping.reviews.selectors import texts_of_period

MOST_SWEPT = 200_000  # reviews of one sweep, the newest


def sweep_reviews(*, organisation: Organisation, day: date, moment: datetime, shown: Shown = iter) -> Sweep:
    """Look at the reviews held below an organisation in about a year up to a day, and keep the groups of like ones.

    What was kept before for the same organisation is replaced. It follows from the reviews and decides nothing, so the
    audit chain has no entry. `shown` is as in `groups_alike`.
    """
    opens = _first_day(day)
    texts = texts_of_period(organisation.path, opens=opens, due=day, most=MOST_SWEPT)
    groups = groups_alike([text for _, text in texts], shown=shown)
    sweep, _ = Sweep.objects.update_or_create(
        organisation=organisation,
        defaults={
            "opens": opens,
            "day": day,
            "looked_at": moment,
            "reviews": len(texts),
            "groups": [[texts[at][0] for at in group] for group in groups],
        },
    )
    return sweep


def _first_day(day: date) -> date:
    """Where the half year begins in which the third quarter before the present one lies."""
    half = (day.year * 4 + (day.month - 1) // 3 - 3) // 2
    return date(half // 2, 1 + half % 2 * 6, 1)
