"""The only door by which xlsx, csv, and the text of documents come in.

A file is opened in a child process with little memory and little time (decision 0047). Readers of hostile files loop
without end, or abort the process they run in; here that ends a child, and the caller gets a sentence. Whoever reads for a
person of the site says for whom: he reads one file at a time, the site two; a command has wider bounds.
"""

import io
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from dianping.common.office._places import place_for
from dianping.common.office._shapes import Bounds, Sheet, UnreadableFile, shown_size

__all__ = ["Bounds", "Sheet", "UnreadableFile", "in_bounds", "read_sheets", "read_text"]

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

_FOR_A_PAGE = Bounds()
# A command is given by whoever runs the machine, for a whole province's roster too: nobody waits for it at a page.
_AT_THE_MACHINE = Bounds(memory_bytes=1_536 << 20, cpu_seconds=60, wall_seconds=120)
_ROOT = str(Path(__file__).resolve().parents[3])
_START = (
    "import sys; sys.path[:] = sys.argv[1].split('\\n'); "
    "from dianping.common.office._child import main; main()"
)
_PLAIN_BUILTINS = {"set", "frozenset", "complex", "bytearray"}
_PLAIN_CLASSES = {
    "datetime": {"date", "datetime", "time", "timedelta"},
    "collections": {"Counter", "OrderedDict", "defaultdict", "deque"},
    "decimal": {"Decimal"},
}


class _Told(NamedTuple):
    """The words for one kind of reading: what is read, and what to do when it asks for too much, or breaks."""

    called: str
    smaller: str
    anew: str


_TOLD = {
    "sheets": _Told(
        "读取这个文件",
        "可能是文件过大，或在离数据很远的地方有一个单元格。请删去数据以外的行和列，或把内容复制到新工作簿，保存后再试。"
        "确实有这么多的，请系统管理员在服务器上用命令导入。",
        "文件可能已损坏，请用表格程序打开后另存为新的 .xlsx 文件再试。",
    ),
    "text": _Told(
        "读取这个文件",
        "请只留要登记的正文，另存后再试，或把正文复制粘贴进来。",
        "文件可能已损坏，请用原来的软件打开后另存为新文件，或把正文复制粘贴进来。",
    ),
    "value": _Told("读出这些文字的内容", "请把文字分成几份再试。", "请把文字分成几份再试。"),
    "picture": _Told("读这张图片", "请缩小后再附。", "请用看图软件打开看过，另存后再附。"),
}
_FAULT_OF_OURS = (
    "文件已经打开，但处理其中内容的程序出错，没有写入任何数据。请把这个文件交给系统管理员查看运行日志。"
)


def read_sheets(
    path: str | os.PathLike[str],
    *,
    then: Callable[[Sequence[Sheet]], Result],
    reader: str | None,
    bounds: Bounds | None = None,
) -> Result:
    """Read an .xlsx or .csv file in a child process and return what `then` makes of its sheets there.

    `then` is a top-level function, or a functools.partial of one, and what it returns must travel by pickle
    and consist of plain values and of classes of this package. `reader` is the account it is read for, None for a command
    at the machine itself, which waits for nobody.
    Raises UnreadableFile, with a sentence, for whatever goes wrong with the file or in the child, and when no place to read
    came free in time.
    """
    return _in_child("sheets", os.path.abspath(path), then, bounds, reader)


def read_text(path: str | os.PathLike[str], *, reader: str | None, bounds: Bounds | None = None) -> str:
    """The text of a .txt, .docx, .pdf or .html file, read in a child process; paragraphs end in a line break.

    `reader` as in `read_sheets`. Raises UnreadableFile, with a sentence, for whatever goes wrong, a scanned page without
    text among it.
    """
    return str(_in_child("text", os.path.abspath(path), str, bounds, reader))


def in_bounds(
    make: Callable[[], Result], *, reader: str | None, bounds: Bounds | None = None, called: str = "value"
) -> Result:
    """What a function (a functools.partial of a top-level one) makes of what it carries, within the same bounds.

    `reader` and what may be returned as in `read_sheets`; `called` says what it is to whoever is told: "value" for a text,
    "picture". Raises UnreadableFile, with a sentence.
    """
    return _in_child("value", "", make, bounds, reader, called)


def _in_child(
    what: str,
    path: str,
    then: Callable[..., Result],
    bounds: Bounds | None,
    reader: str | None,
    called: str = "",
) -> Result:
    told = _TOLD[called or what]
    bounds = bounds or (_AT_THE_MACHINE if reader is None else _FOR_A_PAGE)
    request = pickle.dumps((path, bounds, what), 5) + pickle.dumps(then, 5)
    with place_for(reader, seconds=bounds.wait_seconds):
        answer, complaints, code = _run(request, bounds)
    if code is None:
        raise _too_slow(told, bounds)
    made: Result = _opened(answer, complaints, code, told, bounds)
    return made


def _run(request: bytes, bounds: Bounds) -> tuple[bytes, bytes, int | None]:
    """What the child answered, what it complained of, and how it ended: None when it had to be ended."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, "\n".join(_places())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TZ") if name in os.environ},
        start_new_session=True,
    )
    try:
        answer, complaints = child.communicate(request, timeout=bounds.wall_seconds)
        return answer, complaints, child.returncode
    except subprocess.TimeoutExpired:
        return b"", b"", None
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()


def _places() -> list[str]:
    """Where the child finds this package and everything the caller can import."""
    return [_ROOT, *(os.path.abspath(place) for place in sys.path)]


def _opened(answer: bytes, complaints: bytes, code: int, told: _Told, bounds: Bounds) -> Any:
    kind, body = answer[:1], memoryview(answer)[1:]
    if code == 0 and kind == b"R":
        return _CarefulUnpickler(io.BytesIO(body)).load()
    if code == 0 and kind == b"U":
        raise _refusal_in(bytes(body))
    if code == 0 and kind == b"B":
        logger.error("the function given to the reading child failed:\n%s", bytes(body).decode())
        raise UnreadableFile(_FAULT_OF_OURS, code="files.reading-went-wrong")
    if kind != b"M":
        logger.warning("the reading child ended with %s: %s", code, complaints[:300].decode(errors="replace"))
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        raise _too_slow(told, bounds)
    if kind == b"M" or code in (-signal.SIGKILL, -signal.SIGABRT) or b"memory" in complaints:
        raise UnreadableFile(
            f"{told.called}需要的内存超出了 {shown_size(bounds.memory_bytes)} 的限度，已停止，没有写入任何数据。{told.smaller}",
            code="files.needs-too-much-memory",
        )
    raise UnreadableFile(
        f"{told.called}时读取程序意外中止，没有写入任何数据。{told.anew}", code="files.reading-broke-off"
    )


def _refusal_in(body: bytes) -> UnreadableFile:
    code, _, sentence = body.decode().partition("\n")
    return UnreadableFile(sentence, code=code)


def _too_slow(told: _Told, bounds: Bounds) -> UnreadableFile:
    seconds = min(bounds.wall_seconds, bounds.cpu_seconds)
    return UnreadableFile(
        f"{told.called}用了 {seconds} 秒还没有读完，超出了时间的限度，已停止，没有写入任何数据。{told.smaller}",
        code="files.too-slow",
    )


class _CarefulUnpickler(pickle.Unpickler):
    """Takes back plain values and this package's own classes, nothing else: the child has met the file."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "builtins" and name in _PLAIN_BUILTINS or name in _PLAIN_CLASSES.get(module, ()):
            return super().find_class(module, name)
        if module.partition(".")[0] == "dianping" and "." not in name:
            found = super().find_class(module, name)
            if getattr(found, "__module__", "") == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not taken back from the reading child")
