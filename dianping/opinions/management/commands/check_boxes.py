"""Whether every box, closed or opened, is as the system left it."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dianping.common.commands import refusals_spoken
from dianping.opinions.models import Poll
from dianping.opinions.services import poll_faults


class Command(BaseCommand):
    help = (
        "Check every closed box against its sum, every opened one against what was released. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    @refusals_spoken
    def handle(self, *, json: bool, **options: object) -> None:
        polls = {poll.pk: (poll.title, poll_faults(poll)) for poll in Poll.objects.order_by("pk")}
        if json:
            self.stdout.write(_as_json(polls))
        else:
            for title, faults in polls.values():
                self.stdout.write(f"{title}：{''.join(faults) or '相符'}")
            self.stdout.write(f"共核对 {len(polls)} 次征求意见和评议。")
        if any(faults for _, faults in polls.values()):
            raise CommandError("有票箱与系统记下的不符，见上。", returncode=1)


def _as_json(polls: dict[int, tuple[str, list[str]]]) -> str:
    rows = [{"poll": pk, "title": title, "faults": faults} for pk, (title, faults) in polls.items()]
    return json.dumps({"polls": rows}, ensure_ascii=False)
