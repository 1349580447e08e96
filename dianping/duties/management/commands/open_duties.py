"""./run manage open_duties [--day DATE] [--json]"""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import day_argument, refusals_spoken
from dianping.duties.models import Target
from dianping.duties.services import OpenedDuties, open_duties
from dianping.duties.services.opening import INSIDE


class Command(BaseCommand):
    help = "Open every duty of the windows that hold a day. Safe to run daily; writes nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--day", type=day_argument, default=None, help="YYYY-MM-DD; default: the site's day"
        )
        parser.add_argument("--json", action="store_true")

    @refusals_spoken
    def handle(self, *, day: date, **options: object) -> None:
        opened = open_duties(day=day or site_day(), actor=SYSTEM)
        if options["json"]:
            self.stdout.write(json.dumps(_as_dict(opened), ensure_ascii=False))
            return
        self.stdout.write(
            f"新开列应点评 {opened.opened} 项，原有 {opened.already} 项；系统外点评 {opened.outside} 项；"
            f"新开列领导的联系点 {opened.by_target[Target.CONTACT]} 项；新开列应交材料 {opened.papers} 项"
            + (f"，听取汇报的召开和准备 {opened.hearings} 项。" if opened.hearings else "。")
        )
        for gap in opened.gaps:
            self.stdout.write(f"缺口：{gap['message']}")
        for lost in opened.uncovered:
            self.stdout.write(
                f"没有了点评人：{Target(lost['target']).label} {lost['count']}（{lost['why']}）"
            )


def _as_dict(opened: OpenedDuties) -> dict[str, object]:
    return {
        "opened": opened.opened,
        "already": opened.already,
        "outside": opened.outside,
        "by_target": {
            target: opened.by_target[target]
            for target in (*INSIDE, Target.CONTACT)
            if target != Target.HEARD or opened.by_target[target]  # only where a hearing is on
        },
        "papers": opened.papers,
        "hearings": opened.hearings,
        "gaps": opened.gaps,
        "uncovered": opened.uncovered,
    }
