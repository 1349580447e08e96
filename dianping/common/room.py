"""How much room the data folder's disk has left, and whether a file that comes still fits."""

import shutil
from dataclasses import dataclass

from django.conf import settings

MEBIBYTE = 1 << 20
RESERVE = 100 * MEBIBYTE  # what the database and its log need beside the file
FEW = 500 * MEBIBYTE
SHARE = 0.10


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of the disk the data folder lies on."""

    free: int
    whole: int

    @property
    def is_low(self) -> bool:
        """Whether the administrator should be told: under 500 MB, or under a tenth."""
        return self.free < FEW or self.free < SHARE * self.whole

    @property
    def is_enough(self) -> bool:
        """Whether what people write still fits: the database and its log have their reserve."""
        return self.free >= RESERVE

    @property
    def in_words(self) -> str:
        """What is left, as people read it."""
        return f"{shown(self.free)}（共 {shown(self.whole)}）"


def shown(size: int) -> str:
    """512 MB, 20.5 GB."""
    return f"{size / (1 << 30):.1f} GB" if size >= 1 << 30 else f"{size // MEBIBYTE} MB"


def room_left() -> Room:
    """The room there is now."""
    usage = shutil.disk_usage(settings.HOME)
    return Room(usage.free, usage.total)


def lacking(size: int) -> str:
    """Why files of so many bytes are not taken, as a sentence; "" when they are. They are received, then kept: twice."""
    needed = 2 * size + RESERVE
    free = room_left().free
    if free >= needed:
        return ""
    return (
        f"服务器的磁盘只剩 {shown(free)}，收下这张表和它的文件需要 {shown(needed)}，没有收下，也没有写入。"
        "请告诉系统管理员腾出空间，再交一次。"
    )
