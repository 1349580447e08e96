"""./run manage take_roster FILE [--check] [--as-of DATE] [--json]"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import day_argument, refusals_spoken
from dianping.orgs.services import RosterPlan, plan_roster, take_roster

CHANGE_NAMES = {
    "founded": "新设组织",
    "gone": "撤销组织",
    "altered": "更改组织",
    "joined": "新增党员",
    "left": "离开",
    "moved": "转移支部",
    "amended": "更改信息",
}


class Command(BaseCommand):
    help = "Take a roster workbook (.xlsx or .csv): every fault at once, everything written or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--check", action="store_true", help="only look; write nothing")
        parser.add_argument("--as-of", type=day_argument, default=None, help="from which day changes hold")
        parser.add_argument("--json", action="store_true")

    @refusals_spoken
    def handle(self, *, file: Path, check: bool, as_of: date | None, **options: object) -> None:
        plan = plan_roster(path=file, actor=SYSTEM)
        written = not plan.problems and not check
        if written:
            take_roster(plan=plan, as_of=as_of or site_day(), actor=SYSTEM)
        if options["json"]:
            self.stdout.write(json.dumps(_as_dict(plan, written), ensure_ascii=False))
        else:
            self._tell(plan, written)
        if plan.problems:
            raise SystemExit(1)

    def _tell(self, plan: RosterPlan, written: bool) -> None:
        for problem in plan.problems:
            self.stdout.write(str(problem))
        for note in plan.roster.notes:
            self.stdout.write(note)
        counts = plan.counts()
        self.stdout.write(
            f"读到组织 {counts['organisations']} 个、党员 {counts['people']} 名、班子成员 {counts['leaders']} 名。"
        )
        if plan.problems:
            self.stdout.write(f"有 {len(plan.problems)} 处问题，什么也没有写入。请改正后重新导入。")
            return
        told = (
            "，".join(f"{CHANGE_NAMES[k]} {n}" for k, n in plan.changes().items() if n)
            or "与系统中一致，没有变动"
        )
        self.stdout.write(f"{'已写入' if written else '若写入'}：{told}。")


def _as_dict(plan: RosterPlan, written: bool) -> dict[str, object]:
    return plan.counts() | {
        "written": written,
        "problems": [problem._asdict() for problem in plan.problems],
        "changes": plan.changes(),
        "notes": list(plan.roster.notes),
    }
