"""./run manage change_account NAME [--new-password] [--role ROLE | --end-role ROLE] [--organisation CODE] [--close | --reopen]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dianping.accounts.management.commands.add_account import asked_password
from dianping.accounts.models import Grant, User
from dianping.accounts.services import change_account
from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import refusals_spoken
from dianping.common.refusal import Refusal
from dianping.opinions.selectors import keys_left_behind
from dianping.orgs.selectors import organisation_or_top


class Command(BaseCommand):
    help = "All or nothing: renew a password, give or end a role, close an account or open it again; then say how it stands, and which keys it leaves behind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the sign-in name")
        parser.add_argument(
            "--new-password", action="store_true", help="typed at a terminal, else a random one"
        )
        roles = parser.add_mutually_exclusive_group()
        roles.add_argument("--role", choices=list(Grant.Role.values), default="")
        roles.add_argument("--end-role", choices=list(Grant.Role.values), default="")
        parser.add_argument(
            "--organisation", metavar="CODE", default="", help="default: the top organisation"
        )
        state = parser.add_mutually_exclusive_group()
        state.add_argument("--close", action="store_true")
        state.add_argument("--reopen", action="store_true")

    @refusals_spoken
    def handle(self, *, name: str, organisation: str, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise Refusal(
                f"没有登录名为“{name}”的账号。",
                code="accounts.no-such-account",
                remedy="请核对登录名；新账号用 add_account 开设。",
            )
        place = None
        if options["role"] or options["end_role"]:
            place = organisation_or_top(organisation)
        password, made = asked_password(user) if options["new_password"] else ("", False)
        change_account(
            user=user,
            password=password,
            role=options["role"],
            end=options["end_role"],
            organisation=place,
            is_open=bool(options["reopen"]) if options["close"] or options["reopen"] else None,
            day=site_day(),
            actor=SYSTEM,
        )
        if password:
            self.stdout.write(f"新密码：{password}（只显示这一次）" if made else "密码已重设。")
            self.stdout.write("本人下次登录时，先要换成自己的密码。")
        user.refresh_from_db()
        self.stdout.write(f"{user}　{'启用' if user.is_active else '停用'}")
        for grant in user.grants.filter(until=None).select_related("organisation"):
            over = grant.organisation.name if grant.organisation else "全站"
            self.stdout.write(f"　{Grant.Role(grant.role).label}：{over}，自 {grant.since}")
        self._tell_of_keys(user)

    def _tell_of_keys(self, user: User) -> None:
        """Name the polls whose key this account keeps and can no longer use: nobody opens or destroys them without it."""
        for poll, custodian in keys_left_behind(user.get_username(), day=site_day()):
            self.stdout.write(
                f"注意：他保管着“{poll.title}”（{poll.organisation.name}，{poll.get_state_display()}）"
                f"{custodian.key.get_side_display()}的钥匙，现在办不了了。请他把封好的钥匙纸留下，"
                "由另一位保管人登录，在这一次的页上办理换保管人；另一位也不在的，请先恢复一位。"
            )
