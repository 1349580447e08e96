"""./run manage verify_records"""

import json

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.commands import refusals_spoken
from dianping.common.records.checking import check
from dianping.common.records.faults import RecordFault


class Command(BaseCommand):
    help = (
        "Compare every record the audit chain vouches for with its digest: whatever was changed, added or removed beside the"
        " system is named, every tally that is not what the duties say, and every kept file whose bytes are others. Changes nothing. Run verify_audit as well: it shows whether the digests themselves are as written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="one JSON object: checked, problems (table, id, what, code)"
        )
        parser.add_argument(
            "--without-files",
            action="store_true",
            help="do not read the kept files (with them, a minute or more for every 10 GB)",
        )

    @refusals_spoken
    def handle(self, *, json: bool, without_files: bool, **options: object) -> None:
        checked, faults = check(files=not without_files)
        if json:
            self.stdout.write(_as_json(checked, faults))
        else:
            for fault in faults:
                self.stdout.write(fault.what)
            self.stdout.write(
                f"共核对 {checked} 条记录{'' if without_files else '，连同所附的文件'}，{f'{len(faults)} 处不符' if faults else '全部相符'}。"
            )
        if faults:
            raise SystemExit(1)


def _as_json(checked: int, faults: list[RecordFault]) -> str:
    problems = [
        {"table": fault.table, "id": fault.key, "what": fault.what, "code": fault.code} for fault in faults
    ]
    return json.dumps({"checked": checked, "problems": problems}, ensure_ascii=False)
