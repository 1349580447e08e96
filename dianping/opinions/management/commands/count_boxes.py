"""./run manage count_boxes"""

from django.core.management.base import BaseCommand

from dianping.common.audit import SYSTEM
from dianping.common.clock import site_moment
from dianping.common.commands import refusals_spoken
from dianping.opinions.services import count_boxes


class Command(BaseCommand):
    help = "Write the count of every closed box into the audit chain, once an hour at most."

    @refusals_spoken
    def handle(self, **options: object) -> None:
        written = count_boxes(moment=site_moment(), actor=SYSTEM)
        self.stdout.write(f"记下了 {written} 个票箱的份数。")
