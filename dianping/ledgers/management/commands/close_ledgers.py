"""./run manage close_ledgers --period 2011Q1 [--organisation CODE] --out DIR [--format xlsx,docx,pdf]"""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from dianping.base.windows import Window, parse_period
from dianping.common import audit
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day, site_moment
from dianping.common.commands import day_argument, refusals_spoken
from dianping.ledgers.selectors import FORMS
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.services import KINDS, close_ledgers
from dianping.orgs.selectors import organisation_or_top


class Command(BaseCommand):
    help = "Draw the five ledgers of an organisation and a period. Safe to repeat: the same facts give the same files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, help="2011Q1, 2011H1, 2011-03, 2011, or DATE..DATE")
        parser.add_argument(
            "--organisation", metavar="CODE", default="", help="default: the top organisation"
        )
        parser.add_argument("--out", metavar="DIR", type=Path, required=True)
        parser.add_argument("--format", default=",".join(KINDS), help="xlsx, docx, pdf, separated by commas")
        parser.add_argument(
            "--day", type=day_argument, default=None, help="as of which day; default: the site's day"
        )

    @refusals_spoken
    def handle(
        self, *, period: str, organisation: str, out: Path, format: str, day: date, **options: object
    ) -> None:
        window, kinds = _period(period), _kinds(format)
        if out.exists() and not out.is_dir():
            raise CommandError(f"“{out}”已经是一个文件，--out 应为文件夹；请换一个。", returncode=2)
        scope = LedgerScope(organisation_or_top(organisation), window, day or site_day())
        ledgers = close_ledgers(scope=scope, folder=out, kinds=kinds, moment=site_moment(), actor=SYSTEM)
        bar = tqdm(ledgers, total=len(FORMS) * len(kinds), desc="台账", unit="份", disable=None)
        for written in bar:
            bar.set_postfix_str(written.path.name)
            with tqdm.external_write_mode():
                self.stdout.write(str(written.path))
        self.stdout.write(f"审计链首 {audit.head()}（与台账一起另外保存，可用 verify_audit --kept 核对）")


def _period(text: str) -> Window:
    try:
        return parse_period(text)
    except ValueError as no:
        raise CommandError(str(no), returncode=2) from no


def _kinds(text: str) -> tuple[str, ...]:
    wanted = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [part for part in wanted if part not in KINDS]
    if unknown or not wanted:
        raise CommandError(f"格式写的是“{text}”，应为 xlsx、docx、pdf 中的几个，用逗号隔开。", returncode=2)
    return wanted
