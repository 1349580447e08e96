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
        found = sweep_reviews(
            organisation=place, day=day or site_day(), moment=site_moment(), shown=_with_a_bar
        )
        if options["json"]:
            self.stdout.write(json.dumps(_as_dict(found), ensure_ascii=False))
            return
        self.stdout.write(
            f"{place.name}，{found.opens} 至 {found.day}：查看点评 {found.reviews} 份，"
            f"写法相同或很像的 {len(found.groups)} 组 {found.alike} 份。"
        )


def _with_a_bar(texts: Sequence[str]) -> Iterable[str]:
    bar: Iterable[str] = tqdm(texts, desc="点评", unit="份", disable=None)
    return bar


def _as_dict(found: Sweep) -> dict[str, object]:
    return {
        "opens": found.opens.isoformat(),
        "day": found.day.isoformat(),
        "reviews": found.reviews,
        "groups": len(found.groups),
        "alike": found.alike,
    }
