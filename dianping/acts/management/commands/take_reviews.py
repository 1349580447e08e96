"""./run manage take_reviews FILE [--json]"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from dianping.acts.offline import take_reviews
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_moment
from dianping.common.commands import refusals_spoken
from dianping.duties.selectors.duties import standing_duties


class Command(BaseCommand):
    help = "File the reviews of a workbook filled in offline: every fault at once, all of them or none. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true")

    @refusals_spoken
    def handle(self, *, file: Path, **options: object) -> None:
        taken = take_reviews(
            path=file,
            duties=lambda pk: standing_duties().filter(pk=pk).first(),
            moment=site_moment(),
            actor=SYSTEM,
        )
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {"filed": taken.filed, "problems": [p._asdict() for p in taken.problems]},
                    ensure_ascii=False,
                )
            )
        else:
            for problem in taken.problems:
                self.stdout.write(str(problem))
            done = (
                f"有 {len(taken.problems)} 处问题，什么也没有登记。"
                if taken.problems
                else f"已登记 {taken.filed} 份点评。"
            )
            self.stdout.write(done)
        if taken.problems:
            raise SystemExit(1)
