"""./run: prepare the data folder and serve the site."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from dianping.accounts.models import Grant, User
from dianping.accounts.services import add_account, grant_role
from dianping.accounts.trying import tell_failures
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day, true_moment
from dianping.common.keeping import close_to_others
from dianping.common.refusal import Refusal
from dianping.desk.services.sample import cast_lines, load_sample
from dianping.desk.services.uploads import sweep_uploads
from dianping.duties.services import open_duties
from dianping.orgs.selectors import top_organisation


class Command(BaseCommand):
    help = "Prepare the database (with an invented sample university on an empty site) and serve the site."
    requires_system_checks: Any = []

    def handle(self, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        self._tidy()
        sample = os.environ.get("DIANPING_SAMPLE", "yes").lower() not in ("no", "0", "false")
        accounts = Path(settings.HOME) / "sample" / "accounts.json"
        if not User.objects.exists():
            self._begin(sample, accounts)
        self._open_today()
        self._greet(accounts)
        self._serve()

    def _begin(self, sample: bool, accounts: Path) -> None:
        if sample and top_organisation() is None:
            self.stdout.write("正在装入示例大学（一次，约十几秒）…… / loading the sample university …")
            passwords = load_sample()
            accounts.write_text(json.dumps(passwords), "utf-8")
            accounts.chmod(0o600)
            return
        password = secrets.token_urlsafe(9)
        user = add_account(
            username="clerk", password=password, name="党务干事", person=None, day=site_day(), actor=SYSTEM
        )
        grant_role(user=user, role=Grant.Role.CLERK, organisation=None, since=site_day(), actor=SYSTEM)
        self.stdout.write(
            f"已开设第一个账号：clerk　密码：{password}（只显示这一次，请记下；第一次登录先要换掉）"
        )

    def _tidy(self) -> None:
        """What lies in the data folder is its owner's alone; files looked at and not written are gone after an hour."""
        if closed := close_to_others():
            self.stdout.write(f"数据夹里有 {closed} 个文件或文件夹别的用户也能读，已改成只有自己能读。")
        sweep_uploads(true_moment())
        tell_failures(moment=true_moment())

    def _open_today(self) -> None:
        """The day's windows open by themselves at every start; a site without programme is left alone."""
        try:
            opened = open_duties(day=site_day(), actor=SYSTEM)
        except Refusal:
            return
        if opened.opened or opened.papers:
            self.stdout.write(f"今天新开列应点评 {opened.opened} 项，应交材料 {opened.papers} 项。")

    def _greet(self, accounts: Path) -> None:
        port = os.environ.get("PORT", "8000")
        self.stdout.write(f"\n  领导点评　http://127.0.0.1:{port}/\n")
        if settings.STANDING_DAY:
            self.stdout.write(f"  站点停在 {settings.STANDING_DAY} 这一天（DIANPING_TODAY）")
        if accounts.is_file():
            if not settings.STANDING_DAY:
                self.stdout.write(
                    "  示例说的是 2010—2011 年冬天。要站到那时候看：DIANPING_TODAY=2011-01-05 ./run"
                    "\n  The sample speaks of the winter of 2010–2011; to stand there: DIANPING_TODAY=2011-01-05 ./run"
                )
            self.stdout.write("\n  登录名 / 密码（示例） — how to sign in as each of the cast:")
            for line in cast_lines(json.loads(accounts.read_text("utf-8"))):
                self.stdout.write(line)
        self.stdout.write(f"\n  数据 / data: {settings.HOME}\n  停止 / stop: Ctrl-C\n")
        self.stdout.flush()

    def _serve(self) -> None:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        Granian(
            "dianping.config.wsgi:application",
            address=os.environ.get("DIANPING_BIND", "127.0.0.1"),
            port=int(os.environ.get("PORT", "8000")),
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=64,  # most of them wait for slow senders (config.whole_requests)
            log_access=False,
            log_level=LogLevels.error,
        ).serve()
