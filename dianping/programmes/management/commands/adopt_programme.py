"""./run manage adopt_programme NAME_OR_FILE [--organisation CODE] [--renewed] [--json]"""

import json

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.audit import SYSTEM
from dianping.common.clock import site_day
from dianping.common.commands import refusals_spoken
from dianping.orgs.selectors import organisation_or_top
from dianping.programmes.services import AdoptionResult, adopt_programme, renew_adoption
from dianping.programmes.shelf import programme_text


class Command(BaseCommand):
    help = "Adopt a programme, shipped (by its name) or from a file. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="NAME_OR_FILE")
        parser.add_argument(
            "--organisation", metavar="CODE", default="", help="default: the top organisation"
        )
        parser.add_argument(
            "--renewed",
            action="store_true",
            help="put the shipped text as it is now in the place of an older one, from today on",
        )
        parser.add_argument("--json", action="store_true")

    @refusals_spoken
    def handle(self, *, programme: str, organisation: str, **options: object) -> None:
        place = organisation_or_top(organisation)
        if options["renewed"]:
            adopted = renew_adoption(name=programme, organisation=place, actor=SYSTEM, today=site_day())
        else:
            adopted = adopt_programme(
                text=programme_text(programme), organisation=place, actor=SYSTEM, today=site_day()
            )
        if options["json"]:
            self.stdout.write(json.dumps(_as_dict(adopted), ensure_ascii=False))
            return
        for adoption in adopted.along:
            self.stdout.write(f"一并采用上级方案：{adoption}，自 {adoption.in_force} 施行。")
        word = "已采用" if adopted.new else "早已采用，未作改动"
        self.stdout.write(f"{word}：{adopted.adoption}，自 {adopted.adoption.in_force} 施行。")


def _as_dict(adopted: AdoptionResult) -> dict[str, object]:
    adoption = adopted.adoption
    return {
        "programme": adoption.code,
        "number": adoption.number,
        "organisation": adoption.organisation.code,
        "in_force": adoption.in_force.isoformat(),
        "adopted": adopted.new,
        "along": [row.code for row in adopted.along],
    }
