"""./run manage read_notice FILE [--issued DATE] [--json]"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.commands import day_argument, refusals_spoken
from dianping.common.office.reading import UnreadableFile, read_text
from dianping.common.refusal import Refusal
from dianping.notices.rules import Reading, as_json, read_notice


class Command(BaseCommand):
    help = "Read a notice: numbers, dates, cadences, who reviews whom, deliverables, doubts. Writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--issued", type=day_argument, default=None, help="the notice's date, where it prints none"
        )
        parser.add_argument("--json", action="store_true")

    @refusals_spoken
    def handle(self, *, file: Path, issued: date | None, **options: object) -> None:
        try:
            reading = read_notice(read_text(file, reader=None), issued=issued)
        except UnreadableFile as no:
            raise Refusal(f"{file.name}：{no.sentence}", code=no.code) from no
        if options["json"]:
            self.stdout.write(_plain(reading))
        else:
            for line in _lines(reading):
                self.stdout.write(line)


def _plain(reading: Reading) -> str:
    return json.dumps(as_json(reading), ensure_ascii=False)


def _lines(reading: Reading, within: str = "") -> list[str]:
    """The reading in sentences, each with the words it comes from."""
    head = " ".join(filter(None, (reading.number, reading.title, reading.issuer, str(reading.dated or ""))))
    lines = [f"{within}{head}"]
    for value in reading.dates:
        when = f"{value.opens} 至 {value.due}" if value.opens else f"{value.due} 前"
        lines.append(f"  〔{value.clause}〕时间 {when}：{value.text}")
    lines += [
        f"  〔{v.clause}〕频次 {v.about} 每 {v.months} 个月 {v.times} 次：{v.text}" for v in reading.cadences
    ]
    lines += [f"  〔{v.clause}〕{v.reviewer} 点评 {v.about}：{v.text}" for v in reading.responsibilities]
    lines += [
        f"  〔{v.clause}〕{v.by} 报 {v.what} 给 {v.to}，{v.due or '没有写明期限'}：{v.text}"
        for v in reading.deliverables
    ]
    lines += [f"  〔{v.clause}〕存疑 {v.text}：读作 {v.reading}。{v.why}" for v in reading.doubts]
    for enclosed in reading.enclosed:
        lines += _lines(enclosed, "附　")
    return lines
