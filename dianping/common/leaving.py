"""How a program leaves when it cannot go on: one sentence in Chinese, the same in English, exit status 2."""

import errno
import json
import sys
from pathlib import Path
from typing import NoReturn


class CannotGoOn(Exception):
    """Why a start or a command cannot go on: `chinese` and `english` say what was found and what to do, `code` names it."""

    def __init__(self, chinese: str, english: str, *, code: str) -> None:
        self.chinese, self.english, self.code = chinese, english, code
        super().__init__(chinese)


def leave(why: CannotGoOn) -> NoReturn:
    """Say why on stderr, for whoever asked with --json on stdout too, and leave with exit status 2."""
    if "--json" in sys.argv:
        print(json.dumps({"refused": why.code, "sentence": why.chinese, "remedy": ""}, ensure_ascii=False))
    sys.stdout.flush()
    print(f"{why.chinese}\n{why.english}", file=sys.stderr, flush=True)
    raise SystemExit(2)


def told_of(fault: OSError, place: Path) -> CannotGoOn:
    """What the operating system refused at a place, in words."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return CannotGoOn(
            f"磁盘满了，{place} 写不下去。请腾出地方再启动；已有数据没有动。",
            f"The disk is full: {place} cannot be written. Make room and start again; no data was touched.",
            code="site.disk-full",
        )
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return CannotGoOn(
            f"{place} 不能写：当前用户没有权限，或者这里只能读。请换一个 DIANPING_HOME，或请管理员把它交给这个用户。",
            f"{place} cannot be written: this user may not, or it is read-only. Choose another DIANPING_HOME, or have it"
            " given to this user.",
            code="site.folder-not-writable",
        )
    return CannotGoOn(
        f"{place} 用不了：{fault.strerror}。请检查这个路径再启动。",
        f"{place} cannot be used: {fault.strerror}. Look at that path and start again.",
        code="site.folder-unusable",
    )
