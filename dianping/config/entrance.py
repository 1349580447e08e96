"""The entrance of all commands: each speaks to a site that stands, and says which.

A command in the wrong folder must not make an empty site and find it in order. Only those in FIRST may begin one.
"""

import os
import sys

import django
from django.conf import settings
from django.core.management import ManagementUtility
from django.db import DatabaseError, connection

from dianping.common.leaving import CannotGoOn, leave
from dianping.config.databases import described, site_stands, told

FIRST = {"serve", "take_roster", "migrate"}  # make a site where there is none
WITHOUT = {  # speak to no database
    "help",
    "version",
    "check",
    "makemigrations",
    "read_notice",
    "findstatic",
    "diffsettings",
    "compilemessages",
    "makemessages",
    "startapp",
    "startproject",
}
TAKEN_OUT = {  # go round the services, or serve without limits
    "createsuperuser": "add_account",
    "changepassword": "change_account",
    "runserver": "serve",
    "testserver": "serve",
}


class Entrance(ManagementUtility):
    """Django's, with the question where the command is before it runs."""

    def execute(self) -> None:
        """Run the command; leave in a sentence when it has no site to speak to, or the site's database refuses."""
        os.umask(0o077)  # what a site writes is its own user's
        name = self.argv[1] if len(self.argv) > 1 else "help"
        asks = name in WITHOUT or name.startswith("-") or {"--help", "-h"} & set(self.argv[2:])
        try:
            if name in TAKEN_OUT:
                raise _taken_out(name)
            if asks:
                _without_site()
            elif name != "serve":
                prepared(first=name in FIRST)
            super().execute()
        except CannotGoOn as why:
            leave(why)
        except DatabaseError as fault:
            leave(told(fault, settings.DATABASES["default"]))

    def main_help_text(self, commands_only: bool = False) -> str:
        """Without the commands that are taken out."""
        lines = super().main_help_text(commands_only).splitlines()
        return "\n".join(line for line in lines if line.strip() not in TAKEN_OUT)


def prepared(*, first: bool) -> None:
    """See that a site stands, or make one where the command may; say on stderr which it is."""
    django.setup()
    where = described(settings.DATABASES["default"])
    if not site_stands():
        if not first:
            raise CannotGoOn(
                f"这里没有站点：数据夹 {settings.HOME}，数据库 {where}。请核对 DIANPING_HOME；新站请先运行 ./run 或"
                " ./run manage take_roster。",
                f"There is no site here: data folder {settings.HOME}, database {where}. Look at DIANPING_HOME; for a new"
                " site run ./run or ./run manage take_roster first.",
                code="site.not-there",
            )
        print(f"新站点 / new site: {where}", file=sys.stderr)
    print(f"数据库 / database: {where}　数据夹 / data: {settings.HOME}", file=sys.stderr, flush=True)
    from dianping.config.founding import bring_up_to_date, make_ready

    make_ready() if first else bring_up_to_date()


def _without_site() -> None:
    """A command that speaks to no database, but may look into it by the way, makes no file where none stands."""
    if connection.vendor == "sqlite" and not os.path.exists(str(connection.settings_dict["NAME"])):
        connection.settings_dict["NAME"] = ":memory:"


def _taken_out(name: str) -> CannotGoOn:
    instead = TAKEN_OUT[name]
    return CannotGoOn(
        f"本系统没有 {name} 这个命令。请用 ./run manage {instead}。",
        f"There is no command {name} here. Use ./run manage {instead}.",
        code="site.command-taken-out",
    )
