"""./run manage coverage [--day DATE] [--organisation CODE] [--json]"""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.clock import site_day
from dianping.common.commands import day_argument, refusals_spoken
from dianping.duties.selectors import coverage_of
from dianping.duties.selectors.coverage import Figures, reviewers_of
from dianping.orgs.selectors import organisation_or_top

GROUPS = {"organisations": "党组织", "secretaries": "书记", "members": "党员"}


class Command(BaseCommand):
    help = "Coverage in both directions as of a day: due, done on time, done late, open."

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
        on, place = day or site_day(), organisation_or_top(organisation)
        (coverage,) = coverage_of([place], day=on)
        due, complete = reviewers_of(place.path, day=on)
        if options["json"]:
            figures: dict[str, object] = {group: _as_dict(coverage.groups[group]) for group in GROUPS}
            figures["reviewers"] = {"due": due, "complete": complete}
            figures["contact"] = _as_dict(coverage.groups["contact"])
            figures["outside"] = _as_dict(coverage.groups["outside"])
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        self.stdout.write(f"{place.name}，截至 {on}：")
        for group, name in (GROUPS | {"contact": "领导的联系点"}).items():
            f = coverage.groups[group]
            self.stdout.write(
                f"{name}：应点评 {f.due}，按时 {f.on_time}，补录 {f.late}，未完成 {f.open}（其中逾期 {f.overdue}）。"
            )
        self.stdout.write(f"点评人：{due} 人有应点评的对象，{complete} 人已全部点评。")


def _as_dict(figures: Figures) -> dict[str, int]:
    return {
        "due": figures.due,
        "on_time": figures.on_time,
        "late": figures.late,
        "open": figures.open,
        "overdue": figures.overdue,
    }
