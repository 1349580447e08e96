"""The only door by which xlsx, csv, and the text of documents come in.

A file is opened in a child process with little memory and little time. Readers of hostile workbooks loop
without end, or abort the process they run in; here that ends a child, and the caller gets a sentence.
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
from typing import Any, TypeVar

from dianping.common.office._shapes import Bounds, Sheet, UnreadableFile

__all__ = ["Bounds", "Sheet", "UnreadableFile", "read_sheets", "read_text"]

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

_DEFAULT_BOUNDS = Bounds()
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
_TOO_MUCH = (
    "读取这个文件需要的内存超出了限度，读取已停止，没有写入任何数据。"
    "可能是文件过大，或在离数据很远的地方有一个单元格。"
    "请删去数据以外的行和列，或把内容复制到新工作簿，保存后再试。"
)
_TOO_LONG = "读取这个文件花的时间超出了限度，读取已停止，没有写入任何数据。请把数据分成几个文件，或复制到新工作簿后再试。"
_DIED = "读取这个文件时读取程序意外中止，没有写入任何数据。文件可能已损坏，请用表格程序打开后另存为新的 .xlsx 文件再试。"
_FAULT_OF_OURS = (
    "文件已经打开，但处理其中内容的程序出错，没有写入任何数据。请把这个文件交给系统管理员查看运行日志。"
)


def read_sheets(
    path: str | os.PathLike[str],
    *,
    then: Callable[[Sequence[Sheet]], Result],
    bounds: Bounds = _DEFAULT_BOUNDS,
) -> Result:
    """Read an .xlsx or .csv file in a child process and return what `then` makes of its sheets there.

    `then` is a top-level function, or a functools.partial of one, and what it returns must travel by pickle
    and consist of plain values and of classes of this package.
    Raises UnreadableFile, with a sentence, for whatever goes wrong with the file or in the child.
    """
    return _in_child((os.path.abspath(path), bounds, "sheets"), then, bounds)


def read_text(path: str | os.PathLike[str], *, bounds: Bounds = _DEFAULT_BOUNDS) -> str:
    """The text of a .txt, .docx, .pdf or .html file, read in a child process; paragraphs end in a line break.

    Raises UnreadableFile, with a sentence, for whatever goes wrong, a scanned page without text among it.
    """
    return str(_in_child((os.path.abspath(path), bounds, "text"), str, bounds))


def _in_child(asked: tuple[str, Bounds, str], then: Callable[..., Any], bounds: Bounds) -> Any:
    request = pickle.dumps(asked, 5) + pickle.dumps(then, 5)
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
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_TOO_LONG) from None
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    return _opened(answer, complaints, child.returncode)


def _places() -> list[str]:
    """Where the child finds this package and everything the caller can import."""
    return [_ROOT, *(os.path.abspath(place) for place in sys.path)]


def _opened(answer: bytes, complaints: bytes, code: int) -> Any:
    kind, body = answer[:1], memoryview(answer)[1:]
    if code == 0 and kind == b"R":
        return _CarefulUnpickler(io.BytesIO(body)).load()
    if code == 0 and kind == b"U":
        raise UnreadableFile(bytes(body).decode())
    if code == 0 and kind == b"B":
        logger.error("the function given to read_sheets failed:\n%s", bytes(body).decode())
        raise UnreadableFile(_FAULT_OF_OURS)
    logger.warning("the reading child ended with %s: %s", code, complaints[:300].decode(errors="replace"))
    if code in (-signal.SIGXCPU,):
        raise UnreadableFile(_TOO_LONG)
    if code in (-signal.SIGKILL, -signal.SIGABRT) or b"memory" in complaints:
        raise UnreadableFile(_TOO_MUCH)
    raise UnreadableFile(_DIED)


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
