"""What day it is for the site, asked once at the edge (a command or a view) and passed on from there."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def site_day() -> date:
    """The day the site stands on (DIANPING_TODAY), else today in Asia/Shanghai."""
    return settings.STANDING_DAY or timezone.localdate()


def site_moment() -> datetime:
    """Now; on a site that stands on a day, the time of day on that day."""
    now = timezone.localtime()
    day = settings.STANDING_DAY
    return now.replace(year=day.year, month=day.month, day=day.day) if day else now


def true_moment() -> datetime:
    """Now by the machine's clock, on a site that stands on a day as well: for lockouts and sessions, which time limits."""
    return timezone.now()
