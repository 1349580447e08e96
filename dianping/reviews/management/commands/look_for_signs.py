"""./run manage look_for_signs [--day DATE] [--organisation CODE] [--json]"""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from dianping.common.clock import site_day, site_moment
from dianping.common.commands import day_argument, refusals_spoken
from dianping.orgs.selectors import organisation_or_top
from dianping.reviews.models import Sweep
from dianping.reviews.services import sweep_reviews


class Command(BaseCommand):
    help = "Look for reviews that say the same, of about a year up to a day, for the page 看一看. Run it nightly."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--day", type=day_argument, default=None, help="YYYY-MM-DD; default: the site's day"
        )
        parser.add_argument(
            "--organisation", metavar="CODE", default="", help="default: the top organisation"
        )
        parser.add_argument("--json", action="store_true")

    @refusals_spoken
    def handle(self, *, day: date, organisation: str, **options: object) -> None:
        place = organisation_or_top(organisation)
        sweep = sweep_reviews(
            organisation=place, day=day or site_day(), moment=site_moment(), shown=_with_a_bar
        )
        if options["json"]:
            self.stdout.write(json.dumps(_as_dict(sweep), ensure_ascii=False))
            return
        self.stdout.write(
            f"{place.name}，{sweep.opens} 至 {sweep.day}：查看点评 {sweep.reviews} 份，"
            f"写法相同或很像的 {len(sweep.groups)} 组 {sweep.alike} 份。"
        )


def _with_a_bar(texts: Sequence[str]) -> Iterable[str]:
    bar: Iterable[str] = tqdm(texts, desc="点评", unit="份", disable=None)
    return bar


def _as_dict(sweep: Sweep) -> dict[str, object]:
    return {
        "opens": sweep.opens.isoformat(),
        "day": sweep.day.isoformat(),
        "reviews": sweep.reviews,
        "groups": len(sweep.groups),
        "alike": sweep.alike,
    }
