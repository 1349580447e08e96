"""./run manage review_template [--organisation CODE] --out FILE"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from dianping.acts.offline import write_template
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_moment
from dianping.common.commands import refusals_spoken
from dianping.duties.selectors import duties_below
from dianping.orgs.selectors import organisation_or_top


class Command(BaseCommand):
    help = "Hand out the workbook in which reviews are written down offline, one row a review still owed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--organisation", metavar="CODE", default="", help="default: the top organisation"
        )
        parser.add_argument("--out", metavar="FILE", type=Path, required=True)

    @refusals_spoken
    def handle(self, *, organisation: str, out: Path, **options: object) -> None:
        place = organisation_or_top(organisation)
        rows = write_template(
            duties=duties_below(place.path),
            path=out,
            title=f"{place.name}领导点评离线登记表",
            moment=site_moment(),
            actor=SYSTEM,
        )
        self.stdout.write(f"已写出 {rows} 行：{out}")
