"""./run manage add_account NAME --display 姓名 [--role ROLE] [--organisation CODE] [--person 姓名 | --employee 工号]"""

import argparse
import getpass
import secrets
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dianping.accounts.models import Grant, User
from dianping.accounts.passwords import faults_of
from dianping.accounts.services import open_account
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import refusals_spoken
from dianping.common.refusal import Refusal
from dianping.orgs.models import Organisation, Person
from dianping.orgs.selectors import organisation_or_top
from dianping.orgs.selectors.people import people_below, people_of_employee_number


class Command(BaseCommand):
    help = (
        "Make an account, with its role, or nothing. A secretary or leader is named by his name and organisation, or by his"
        " employee number; his rights follow his posts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the sign-in name")
        parser.add_argument("--display", required=True, metavar="姓名")
        parser.add_argument("--role", choices=list(Grant.Role.values), default="")
        parser.add_argument(
            "--organisation",
            metavar="CODE",
            default="",
            help="of the role, and where the person is looked for (there and below); default: the top organisation",
        )
        who = parser.add_mutually_exclusive_group()
        who.add_argument("--person", metavar="姓名", default="", help="the person's name in the roster")
        who.add_argument("--employee", metavar="工号", default="", help="his employee number in the roster")
        who.add_argument("--number", default="", help=argparse.SUPPRESS)

    @refusals_spoken
    def handle(self, *, name: str, display: str, role: str, organisation: str, **options: Any) -> None:
        if options["number"]:
            raise Refusal(
                "身份证号不再写在命令里：它会留在命令历史和进程表里。",
                code="accounts.number-in-a-command",
                remedy="请改用 --person 姓名（同名的再加 --organisation 代码）或 --employee 工号，并清掉刚才那条命令历史。账号没有开设。",
            )
        place = organisation_or_top(organisation) if role or organisation or options["person"] else None
        person = _person(options["person"], options["employee"], place)
        if person is None and not role:
            raise Refusal(
                "没有写角色，也没有写名册里的人。",
                code="accounts.no-role-given",
                remedy="请写 --role，或用 --person、--employee 指明名册里的书记或领导。",
            )
        password, made = asked_password(User(username=name, name=display, person=person))
        open_account(
            username=name,
            password=password,
            name=display,
            person=person,
            roles=[(role, place)] if role else [],
            day=site_day(),
            actor=SYSTEM,
        )
        told = f"　密码：{password}（只显示这一次）" if made else ""
        self.stdout.write(f"已开设账号 {name}（{display}）{told}")
        self.stdout.write("本人第一次登录时，先要换成自己的密码。")


def _person(name: str, employee: str, place: Organisation | None) -> Person | None:
    """The one person of this employee number, or of this name below a place; None where neither is given."""
    if employee:
        found, called = people_of_employee_number(employee), f"工号是“{employee}”的人"
    elif name and place is not None:
        found, called = people_below(name, place, day=site_day()), f"叫“{name}”的人"
    else:
        return None
    if not found:
        raise Refusal(
            f"名册里没有{called}。",
            code="accounts.no-such-person",
            remedy="请核对后再写，或先导入名册。账号没有开设。",
        )
    if len(found) > 1:
        raise Refusal(
            f"名册里{called}有 {len(found)} 位，看不出是哪一位。",
            code="accounts.namesakes",
            remedy="请用 --organisation 写明他所在或任职的组织，或者用 --employee 写工号。账号没有开设。",
        )
    return found[0]


def asked_password(user: User) -> tuple[str, bool]:
    """A password typed at a terminal (checked), or a random one when nobody sits there."""
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(9), True
    typed = getpass.getpass("密码（空白则随机生成）：")
    if not typed:
        return secrets.token_urlsafe(9), True
    if faults := faults_of(typed, user):
        raise Refusal("".join(faults), code="accounts.password-not-taken", remedy="账号没有改动。")
    return typed, False
