"""What runs in the reading child: limits first, then the file, then the caller's function. No Django here."""

import gc
import os
import pickle
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

from dianping.common.office._shapes import Bounds, Sheet, UnreadableFile, shown_size

_DAMAGED = {
    "sheets": "文件内部有损坏或不合规范的内容（{}），无法可靠地读取。请用表格程序打开后另存为新的 .xlsx 文件再试。",
    "text": "文件内部有损坏或不合规范的内容（{}），无法可靠地读取。请用原来的软件打开后另存为新文件，或把正文复制粘贴进来。",
}
_BEHIND = 10
_GRACE = 2  # seconds after the caller's own patience: for a child whose caller is gone


def main() -> None:
    """Answer one request from standard input on standard output.

    Request: two pickles, (path, bounds, what) and the function; `what` is "sheets", "text", or "value" for a function that
    asks for no file. Answer: R and a pickled result, U, a code, a line end and a sentence for an unreadable file, M when the memory did not
    suffice, or B and a traceback without values when the function itself failed.
    """
    path, bounds, what = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    limit(bounds)
    answer = os.dup(1)
    os.dup2(2, 1)  # whatever prints, prints elsewhere
    gc.disable()  # one file, then the process ends: there is nothing to collect
    try:
        body = _answer(path, bounds, what, answer)
    except MemoryError:
        body = b"M"
    _say(answer, body)


def _say(answer: int, body: bytes) -> NoReturn:
    """Write the one answer and end, at once: taking a million cells apart one by one would only cost time."""
    with os.fdopen(answer, "wb") as out:
        out.write(body)
    os._exit(0)


def limit(bounds: Bounds) -> None:
    """Bind this process to the bounds: address space, processor time, an alarm, no core file, no new files."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory_bytes, bounds.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu_seconds, bounds.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.alarm(bounds.wall_seconds + _GRACE)
    os.nice(_BEHIND)  # pages come first


def _answer(path: str, bounds: Bounds, what: str, answer: int) -> bytes:
    try:
        then = pickle.load(sys.stdin.buffer)  # noqa: S301 - as above
    except Exception:
        return b"B" + _traceback()
    if what == "value":
        return _result(then, (), bounds)
    try:
        found = (
            _text(path, bounds)
            if what == "text"
            else _sheets(path, bounds, lambda no: _say(answer, _refused(no)))
        )
    except UnreadableFile as refusal:
        return _refused(refusal)
    except MemoryError:
        raise
    except BaseException as fault:  # a panic inside the reader is no Exception
        return _refused(
            UnreadableFile(_DAMAGED[what].format(type(fault).__name__), code="files.damaged-inside")
        )
    return _result(then, (found,), bounds)


def _result(then: Callable[..., object], given: tuple[object, ...], bounds: Bounds) -> bytes:
    try:
        body = pickle.dumps(then(*given), 5)
    except UnreadableFile as refusal:
        return _refused(refusal)
    except MemoryError:
        raise
    except Exception:
        return b"B" + _traceback()
    if len(body) > bounds.answer_bytes:
        return _refused(
            UnreadableFile(
                f"从文件里读出的内容有 {shown_size(len(body))}，最多 {shown_size(bounds.answer_bytes)}，没有写入任何数据。请把数据分成几个文件后再试。",
                code="files.answer-too-large",
            )
        )
    return b"R" + body


def _refused(refusal: UnreadableFile) -> bytes:
    return b"U" + f"{refusal.code}\n{refusal.sentence}".encode()


def _text(path: str, bounds: Bounds) -> str:
    from dianping.common.office._documents import read_document

    return read_document(path, bounds)


def _sheets(path: str, bounds: Bounds, on_refusal: Callable[[UnreadableFile], object]) -> "list[Sheet]":
    from dianping.common.office._recognise import recognise

    if recognise(path, bounds) == "csv":
        from dianping.common.office._delimited import read_delimited

        return [read_delimited(path, bounds)]
    from dianping.common.office._workbook import read_workbook

    return read_workbook(path, bounds, on_refusal)


def _traceback() -> bytes:
    """Where it failed and with what kind of error, without the error's text, which may quote a cell."""
    kind, _, place = sys.exc_info()
    return f"{''.join(traceback.format_tb(place))}{kind.__name__ if kind else ''}".encode()
