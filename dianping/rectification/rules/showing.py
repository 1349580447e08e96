"""Which files may show that a problem was put right: kinds, sizes, and that the inside is what the name says.

Bounds are ours (a data folder on one machine must hold years of them); no paper names any.
"""

MOST_FILES = 6
MOST_BYTES = 10 * 1024 * 1024
BEGINNINGS = {
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".txt": b"",
}
KINDS = "、".join(BEGINNINGS)


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, with its dot; "" without one."""
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def fault_of(name: str, size: int, beginning: bytes) -> str:
    """Why a file cannot be kept, as a sentence; "" when it can. `beginning` is its first kilobyte or less."""
    ending = ending_of(name)
    if ending not in BEGINNINGS:
        return f"《{name}》不是可以附的文件。请附 {KINDS}；其他的请先存成图片或 PDF。"
    if size > MOST_BYTES:
        return f"《{name}》有 {size / 1024 / 1024:.1f} MB，每件不超过 10 MB。请缩小图片或拆开后再附。"
    if not size:
        return f"《{name}》是空的。请重新选一个有内容的文件。"
    if not beginning.startswith(BEGINNINGS[ending]) or (ending == ".txt" and b"\0" in beginning):
        return f"《{name}》的内容不是它的名字所说的 {ending}。请用原来的软件打开看过，另存后再附。"
    return ""
