"""Reading the written reports, and what each answers for."""

from django.db.models import QuerySet

from dianping.duties.models import Duty
from dianping.rectification.models import Item, WrittenReport
from dianping.rectification.selectors.items import RELATED


def items_of_report(duty: Duty) -> QuerySet[Item]:
    """The unresolved problems one report answers for."""
    return (
        Item.objects.filter(report=duty).select_related(*RELATED).prefetch_related("progress").order_by("pk")
    )


def report_of(duty: Duty) -> WrittenReport | None:
    """The report filed on a duty, None while it is owed."""
    return WrittenReport.objects.filter(duty=duty).first()
