"""./run manage activation_slips [--organisation CODE] [--again] --out FILE [--json]"""

import json
import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from dianping.accounts.services import Issued, Printing, open_seats
from dianping.common.acts import acting
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import refusals_spoken
from dianping.common.refusal import Refusal
from dianping.common.whole_files import write_once
from dianping.orgs.models import Organisation
from dianping.orgs.selectors import organisation_or_top


class Command(BaseCommand):
    help = (
        "Make accounts for all secretaries and leaders below an organisation who have none, and write their activation slips"
        " into one PDF; all or nothing. Safe to repeat: who has an account is left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--organisation", metavar="CODE", default="", help="default: the top organisation"
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="new slips also for accounts that nobody has used yet; their earlier slips are void",
        )
        parser.add_argument("--out", metavar="FILE", type=Path, required=True)
        parser.add_argument("--json", action="store_true")

    @refusals_spoken
    def handle(self, *, organisation: str, again: bool, out: Path, **options: object) -> None:
        issued = _issue(organisation_or_top(organisation), again, out)
        if options["json"]:
            told = {
                "accounts": issued.accounts,
                "slips": issued.slips,
                "skipped": [{"who": one.who, "why": one.why} for one in issued.skipped],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one in issued.skipped:
            self.stdout.write(f"没有发：{one.who}，{one.why}")
        if not issued.slips:
            self.stdout.write("没有要开的账号，没有写文件。")
            return
        self.stdout.write(f"新开账号 {issued.accounts} 个，启用票 {issued.slips} 张：{out}")
        self.stdout.write("票码只在这一份文件里。请当场打印，剪开当面交给本人，然后删去文件。")


def _issue(place: Organisation, again: bool, out: Path) -> Issued:
    """Make the accounts and write the paper; where it cannot be written nothing is made, where nothing is made no file stays."""
    written = False
    try:
        with acting():
            printing = Printing(_address(), site_day())
            issued = open_seats(organisation=place, again=again, printing=printing, actor=SYSTEM)
            if issued.slips:
                written = _write(out, issued.pdf)
        return issued
    except BaseException:
        if written:
            with suppress(OSError):
                out.unlink()
        raise


def _write(out: Path, content: bytes) -> bool:
    try:
        new = write_once(out, content)
    except OSError as fault:
        raise Refusal(
            f"写不了 {out}：{fault.strerror}。",
            code="accounts.file-not-written",
            remedy="请换一个能写的地方；账号一个也没有开。",
        ) from fault
    if not new:
        raise Refusal(
            f"{out} 已经有了，里面可能是还没有发出去的启用票。",
            code="accounts.file-stands",
            remedy="请换一个文件名，或先移走它；账号一个也没有开。",
        )
    return True


def _address() -> str:
    """The address that is printed: the site's own, else this machine's, which is said aloud."""
    where = reverse("accounts:activate")
    if settings.ADDRESS:
        return f"{settings.ADDRESS}{where}"
    found = f"http://localhost:{settings.SITE['port']}{where}"
    sys.stderr.write(
        f"票上的网址是 {found}，只有这台机器打得开；请先写好 address（DIANPING_ADDRESS）再制票。\n"
    )
    return found
