"""./run manage count_tallies"""

from django.core.management.base import BaseCommand

from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import refusals_spoken
from dianping.duties.services import count_tallies


class Command(BaseCommand):
    help = (
        "Count the figures of coverage anew from the duties, where verify_records names some that are not what the duties say."
        " Those that were wrong are told and stand in the audit chain."
    )

    @refusals_spoken
    def handle(self, **options: object) -> None:
        faults = count_tallies(day=site_day(), actor=SYSTEM)
        for fault in faults:
            self.stdout.write(fault.what)
        self.stdout.write(
            f"{len(faults)} 处与应办不符，已经重新数过。" if faults else "覆盖计数与应办相符，没有改动。"
        )
