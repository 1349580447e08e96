"""./run manage take_roster FILE [--scope CODE|all] [--check] [--confirm N] [--as-of DATE] [--json]"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import day_argument, refusals_spoken
from dianping.orgs.services import RosterPlan, plan_roster, take_roster

SHOWN = 20  # lines of each kind of change


class Command(BaseCommand):
    help = "Take a roster workbook (.xlsx or .csv): every fault at once, everything written or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--check", action="store_true", help="only look; write nothing")
        parser.add_argument("--as-of", type=day_argument, default=None, help="from which day changes hold")
        parser.add_argument(
            "--scope",
            default="",
            help="the code of the unit the file is about, or all; without it what the file names",
        )
        parser.add_argument(
            "--confirm",
            type=int,
            default=None,
            help="how many members and organisations go, where that is asked for",
        )
        parser.add_argument("--json", action="store_true")

    @refusals_spoken
    def handle(self, *, file: Path, check: bool, as_of: date | None, **options: object) -> None:
        plan = plan_roster(path=file, actor=SYSTEM, scope=str(options["scope"]))
        written = not plan.problems and not check
        if written:
            confirmed = options["confirm"]
            take_roster(
                plan=plan,
                as_of=as_of or site_day(),
                actor=SYSTEM,
                confirmed=confirmed if isinstance(confirmed, int) else None,
            )
        if options["json"]:
            self.stdout.write(json.dumps(_as_dict(plan, written), ensure_ascii=False))
        else:
            self._tell(plan, written)
        if plan.problems:
            raise SystemExit(1)

    def _tell(self, plan: RosterPlan, written: bool) -> None:
        for problem in plan.problems:
            self.stdout.write(str(problem))
        for note in plan.notes:
            self.stdout.write(note)
        counts = plan.counts()
        self.stdout.write(
            f"读到组织 {counts['organisations']} 个、党员 {counts['people']} 名、班子成员 {counts['leaders']} 名。"
        )
        if plan.problems:
            self.stdout.write(f"有 {len(plan.problems)} 处问题，什么也没有写入。请改正后重新导入。")
            return
        self.stdout.write(f"范围：{plan.scope.in_words()}。")
        lines = [(word, found) for _, word, found in plan.lines() if found]
        for word, found in lines:
            more = f"……等 {len(found)} 处" if len(found) > SHOWN else ""
            self.stdout.write(f"{word} {len(found)}：{'；'.join(found[:SHOWN])}{more}")
        told = "，".join(f"{word} {len(found)}" for word, found in lines) or "与系统中一致，没有变动"
        self.stdout.write(f"{'已写入' if written else '若写入'}：{told}。")
        if plan.to_confirm and not written:
            self.stdout.write(f"离开和撤销的合计 {plan.to_confirm}，写入时须加 --confirm {plan.to_confirm}。")


def _as_dict(plan: RosterPlan, written: bool) -> dict[str, object]:
    return plan.counts() | {
        "written": written,
        "problems": [problem._asdict() for problem in plan.problems],
        "changes": plan.changes(),
        "change_lines": {key: found for key, _, found in plan.lines() if found},
        "notes": list(plan.notes),
        "members": [
            [row.name, row.standing, row.branch_name, row.party_post, row.employee_no]
            for row in plan.roster.members
        ],
        "left_out_and_told": list(plan.roster.left_out),
        "skipped_rows": list(plan.roster.skipped),
        "scope": plan.scope.in_words(),
        "to_confirm": plan.to_confirm,
    }
