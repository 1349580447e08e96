"""./run manage add_account NAME --display 姓名 [--role ROLE] [--organisation CODE] [--number ID]"""

import getpass
import secrets
import sys

from django.core.management.base import BaseCommand, CommandParser

from dianping.accounts.models import Grant, User
from dianping.accounts.passwords import faults_of
from dianping.accounts.services import add_account, grant_role
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import refusals_spoken
from dianping.common.refusal import Refusal
from dianping.orgs.models import Person
from dianping.orgs.selectors import organisation_or_top
from dianping.orgs.services.fingerprints import fingerprint


class Command(BaseCommand):
    help = (
        "Make an account. A secretary or leader is named by his identity number; his rights follow his posts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the sign-in name")
        parser.add_argument("--display", required=True, metavar="姓名")
        parser.add_argument("--role", choices=list(Grant.Role.values), default="")
        parser.add_argument(
            "--organisation", metavar="CODE", default="", help="default: the top organisation"
        )
        parser.add_argument(
            "--number", metavar="ID", default="", help="identity number of the person in the roster"
        )

    @refusals_spoken
    def handle(
        self, *, name: str, display: str, role: str, organisation: str, number: str, **options: object
    ) -> None:
        person = _person(number)
        if person is None and not role:
            raise Refusal(
                "没有写角色，也没有写名册里的人。",
                code="accounts.no-role-given",
                remedy="请写 --role，或用 --number 指明名册里的书记或领导。",
            )
        password, made = asked_password(User(username=name, name=display, person=person))
        user = add_account(
            username=name, password=password, name=display, person=person, day=site_day(), actor=SYSTEM
        )
        if role:
            grant_role(
                user=user,
                role=role,
                organisation=organisation_or_top(organisation),
                since=site_day(),
                actor=SYSTEM,
            )
        told = f"　密码：{password}（只显示这一次）" if made else ""
        self.stdout.write(f"已开设账号 {name}（{display}）{told}")
        self.stdout.write("本人第一次登录时，先要换成自己的密码。")


def _person(number: str) -> Person | None:
    if not number:
        return None
    person = Person.objects.filter(fingerprint=fingerprint(number)).first()
    if person is None:
        raise Refusal(
            "名册里没有这个身份证号的人。",
            code="accounts.no-such-person",
            remedy="请核对号码，或先导入名册。",
        )
    return person


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
