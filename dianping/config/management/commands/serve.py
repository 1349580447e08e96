"""./run: prepare the data folder and serve the site."""

import gc
import json
import os
import secrets
import signal
import socket
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.urls import get_resolver

from dianping.accounts.models import Grant, User
from dianping.accounts.services import open_account
from dianping.accounts.trying import tell_failures
from dianping.acts.uploads import sweep_uploads
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day, true_moment
from dianping.common.keeping import close_to_others
from dianping.common.leaving import CannotGoOn, leave, told_of
from dianping.common.lookups import lookups
from dianping.common.refusal import Refusal
from dianping.config.databases import refusals_told
from dianping.config.founding import make_ready
from dianping.config.greeting import addresses
from dianping.config.server.processes import Processes
from dianping.config.starting import (
    locked_folder,
    own_temporary_folder,
    processes_for,
    tried_port,
    usable_folder,
)
from dianping.demo.sample import cast_lines, load_sample
from dianping.duties.services import open_duties
from dianping.orgs.selectors import top_organisation

LOOKED_EVERY = 60  # seconds between two looks at whether a new day has begun


class Command(BaseCommand):
    help = "Prepare the database (with an invented sample university on an empty site) and serve the site."
    requires_system_checks: list[str] = []

    def handle(self, **options: object) -> None:
        signal.signal(signal.SIGINT, _end_before)  # until the processes that serve are there
        signal.signal(signal.SIGTERM, _end_before)
        try:
            self._start()
        except CannotGoOn as why:
            leave(why)

    def _start(self) -> None:
        """Nothing is migrated before the folder is locked and the port is ours; nothing is greeted that does not answer."""
        usable_folder(settings.HOME)
        self._lock = locked_folder(settings.HOME)
        listening = tried_port(str(settings.SITE["bind"]), int(str(settings.SITE["port"])))
        own_temporary_folder(settings.HOME)
        many = processes_for(int(str(settings.SITE["processes"])))
        make_ready()
        accounts = settings.HOME / "sample" / "accounts.json"
        try:
            with refusals_told():
                call_command("collectstatic", verbosity=0, interactive=False)
                self._tidy()
                if not User.objects.exists():
                    self._begin(accounts)
                connections.close_all()
        except OSError as fault:
            raise told_of(fault, settings.HOME) from fault
        self._serve(listening, many, accounts)

    def _serve(self, listening: socket.socket, many: int, accounts: Path) -> None:
        from dianping.config.server.worker import Worker
        from dianping.config.wsgi import application

        _ = get_resolver().url_patterns  # every page is loaded once, before the processes part
        gc.freeze()

        def work(life: int) -> None:
            Worker(application, listening, life).serve()
            lookups.write_last()

        processes = Processes(many, work, when_stopped=listening.close)
        processes.start()
        self._greet(accounts, many)
        processes.beside(self._open_each_day)
        raise SystemExit(processes.wait())

    def _begin(self, accounts: Path) -> None:
        if settings.WITH_SAMPLE and top_organisation() is None:
            self.stdout.write("正在装入示例大学（一次，约十几秒）…… / loading the sample university …")
            passwords = load_sample()
            accounts.write_text(json.dumps(passwords), "utf-8")
            accounts.chmod(0o600)
            return
        password = secrets.token_urlsafe(9)
        open_account(
            username="clerk",
            password=password,
            name="党务干事",
            person=None,
            roles=[(Grant.Role.CLERK, None)],
            day=site_day(),
            actor=SYSTEM,
        )
        self.stdout.write(
            f"已开设第一个账号：clerk　密码：{password}（只显示这一次，请记下；第一次登录先要换掉）"
        )

    def _tidy(self) -> None:
        """What lies in the data folder is its owner's alone; files looked at and not written are gone after an hour."""
        if closed := close_to_others():
            self.stdout.write(f"数据夹里有 {closed} 个文件或文件夹别的用户也能读，已改成只有自己能读。")
        sweep_uploads(true_moment())
        tell_failures(moment=true_moment())

    def _open_each_day(self) -> None:
        """The day's windows open by themselves at every start, and with each day that begins while the site runs: nobody has to
        sit at the machine for it. A day that could not be opened is tried again at every look, whatever kept it. A site that stands
        on a day has no other."""
        opened = None
        while True:
            day = site_day()
            if day != opened:
                if self._open_today():
                    opened = day
                connections.close_all()
            if opened and settings.STANDING_DAY:
                return
            time.sleep(LOOKED_EVERY)

    def _open_today(self) -> bool:
        """Open what the day's windows hold; a site without programme is left alone. Whether the day is done with."""
        try:
            with refusals_told():
                opened = open_duties(day=site_day(), actor=SYSTEM)
        except Refusal:
            return True
        except CannotGoOn as why:
            self._tell_unopened(why.chinese)
            return False
        except Exception as fault:  # else the process would end, and no day would open any more
            self._tell_unopened(f"{type(fault).__name__}：{fault}")
            return False
        if opened.opened or opened.papers or opened.hearings:
            hearings = f"，听取汇报的召开和准备 {opened.hearings} 项" if opened.hearings else ""
            self.stdout.write(f"今天新开列应点评 {opened.opened} 项，应交材料 {opened.papers} 项{hearings}。")
            self.stdout.flush()
        return True

    def _tell_unopened(self, why: str) -> None:
        self.stderr.write(f"今天的应办没有开列，{LOOKED_EVERY} 秒后再试：{why}")

    def _greet(self, accounts: Path, many: int) -> None:
        first, *others = addresses(str(settings.SITE["bind"]), int(str(settings.SITE["port"])))
        self.stdout.write(f"\n  领导点评　{first}\n")
        for other in others:
            self.stdout.write(f"  　　　　　{other}")
        if settings.STANDING_DAY:
            self.stdout.write(f"  站点停在 {settings.STANDING_DAY} 这一天（DIANPING_TODAY）")
        if accounts.is_file():
            self._greet_sample(accounts)
        self.stdout.write(
            f"\n  数据 / data: {settings.HOME}　进程 / processes: {many}\n  停止 / stop: Ctrl-C\n"
        )
        self.stdout.flush()

    def _greet_sample(self, accounts: Path) -> None:
        if not settings.STANDING_DAY:
            self.stdout.write(
                "  示例说的是 2010—2011 年冬天。要站到那时候看：DIANPING_TODAY=2011-01-05 ./run"
                "\n  The sample speaks of the winter of 2010–2011; to stand there: DIANPING_TODAY=2011-01-05 ./run"
            )
        self.stdout.write("\n  登录名 / 密码（示例） — how to sign in as each of the cast:")
        for line in cast_lines(json.loads(accounts.read_text("utf-8"))):
            self.stdout.write(line)


def _end_before(*_: object) -> None:
    """Told to stop while the site is still being prepared: whatever was begun is undone by the database."""
    os._exit(0)
