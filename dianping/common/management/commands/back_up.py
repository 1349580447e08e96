"""./run manage back_up"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from dianping.common.backup import back_up
from dianping.common.clock import site_moment
from dianping.common.commands import refusals_spoken


class Command(BaseCommand):
    help = (
        "Write a backup while the site runs: the database in one piece, checked, the files people sent, and the head of the"
        " audit chain. The keys are not in it: keep them elsewhere. Every file copied is read again and compared with the digest it"
        " was kept under; the backup stands where some differ, they are named, and the exit status is 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            required=True,
            type=Path,
            metavar="FOLDER",
            help="where backups lie, outside the data folder",
        )

    @refusals_spoken
    def handle(self, *, to: Path, **options: object) -> None:
        made = back_up(folder=to, moment=site_moment())
        self.stdout.write(f"已备份到 {made.folder}：{'、'.join(made.names)}")
        self.stdout.write(f"链首 {made.head}（已写在备份旁；请另外也存一份）")
        self.stdout.write("钥匙（keys）不在备份里，请由另一个人另存在别处。")
        for fault in made.faults:
            self.stdout.write(fault.what)
        if made.faults:
            self.stdout.write(
                f"{len(made.faults)} 处文件不是登记时的，其余的都在备份里。请从以前的备份找回，管理员手册“附件被换了、坏了”说怎么做。"
            )
            raise SystemExit(1)
