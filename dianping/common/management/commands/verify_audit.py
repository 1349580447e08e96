"""./run manage verify_audit"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from dianping.common import audit
from dianping.common.backup import kept_heads
from dianping.common.commands import head_argument, refusals_spoken


class Command(BaseCommand):
    help = "Check the audit chain from the first entry to the last, and print its head to be kept elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--kept",
            metavar="SEQ:DIGEST",
            type=head_argument,
            action="append",
            default=[],
            help="a head kept elsewhere; may be repeated",
        )

        parser.add_argument(
            "--kept-in",
            metavar="FILE",
            type=Path,
            action="append",
            default=[],
            help="a file of heads (keep_head, back_up); may be repeated; every line has to agree",
        )

    @refusals_spoken
    def handle(self, *, kept: list[str], kept_in: list[Path], **options: object) -> None:
        kept = [*kept, *(head for path in kept_in for head in kept_heads(path))]
        broken = audit.verify(kept=kept)
        if audit.head() == "0:":
            broken.append("审计链里一条记录也没有：这里没有用过的站点。请核对上面印出的数据库和数据夹。")
        for sentence in broken:
            self.stdout.write(sentence)
        self.stdout.write(f"审计链{'有断裂' if broken else '完整'}，链首 {audit.head()}")
        if broken:
            raise SystemExit(1)
