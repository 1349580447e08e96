"""./run manage keep_head"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.backup import keep_head
from dianping.common.clock import site_moment
from dianping.common.commands import folder_argument, refusals_spoken


class Command(BaseCommand):
    help = "Add the head of the audit chain to a file in a folder outside the site (run it daily); verify_audit --kept-in reads it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            required=True,
            type=folder_argument,
            metavar="FOLDER",
            help="a folder on another disk or machine",
        )

    @refusals_spoken
    def handle(self, *, to: Path, **options: object) -> None:
        self.stdout.write(f"链首已记在 {keep_head(folder=to, moment=site_moment())}")
