"""What a file is, by its content and not by its name, and whether its ZIP directory is one to trust."""

import os
import re
import zipfile
from functools import partial
from itertools import pairwise

from dianping.common.office._shapes import Bounds, UnreadableFile, shown_size

_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SMALL = 10 << 20  # bytes unpacked; below it a great ratio harms nobody
# An XML declaration with an encoding other than UTF-8 and ASCII: <?xml version="1.0" encoding="gb2312.
_NOT_UTF8 = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-?8|us-ascii)", re.IGNORECASE)
_LOCAL_HEADER = 30  # bytes of a ZIP local header before its name
# How a web page or XML begins, behind a byte order mark and blanks at most: <html, <?xml.
_MARKUP = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<\s*(?:!doctype|html|table|head|meta|body|\?xml|style|div)", re.IGNORECASE
)
_OTHERS = (  # how a file begins, and what to say of it
    (
        b"%PDF",
        partial(
            UnreadableFile,
            "这是 PDF 文件，不是工作簿。请取得原来的 .xlsx 或 .csv 文件。",
            code="files.pdf-as-workbook",
        ),
    ),
    (
        b"\x89PNG",
        partial(
            UnreadableFile,
            "这是图片，不是工作簿。请取得原来的 .xlsx 或 .csv 文件。",
            code="files.picture-as-workbook",
        ),
    ),
    (
        b"\xff\xd8\xff",
        partial(
            UnreadableFile,
            "这是图片，不是工作簿。请取得原来的 .xlsx 或 .csv 文件。",
            code="files.picture-as-workbook",
        ),
    ),
    (
        b"{\\rtf",
        partial(
            UnreadableFile,
            "这是 RTF 文档，不是工作簿。请取得原来的 .xlsx 或 .csv 文件。",
            code="files.rtf-as-workbook",
        ),
    ),
    (
        b"Rar!",
        partial(
            UnreadableFile,
            "这是 RAR 压缩包，不是工作簿。请解压后选择其中的 .xlsx 或 .csv 文件。",
            code="files.archive-as-workbook",
        ),
    ),
    (
        b"7z\xbc\xaf",
        partial(
            UnreadableFile,
            "这是 7z 压缩包，不是工作簿。请解压后选择其中的 .xlsx 或 .csv 文件。",
            code="files.archive-as-workbook",
        ),
    ),
    (
        b"\x1f\x8b",
        partial(
            UnreadableFile,
            "这是 gzip 压缩包，不是工作簿。请解压后选择其中的 .xlsx 或 .csv 文件。",
            code="files.archive-as-workbook",
        ),
    ),
    (
        b"MIME-Version",
        partial(
            UnreadableFile, f"这是另存成网页的文件，不是工作簿。{_SAVE_AS}", code="files.saved-as-web-page"
        ),
    ),
)
_with_macros = partial(
    UnreadableFile, f"这个工作簿带有宏，为安全起见不予读取。{_SAVE_AS}", code="files.with-macros"
)
_INSIDE = (  # a part that gives a package away, and what to say
    (
        "xl/workbook.bin",
        partial(
            UnreadableFile,
            f"这是二进制工作簿（.xlsb），本系统不读取这种格式。{_SAVE_AS}",
            code="files.binary-workbook",
        ),
    ),
    ("xl/vbaproject.bin", _with_macros),
    (
        "word/document.xml",
        partial(
            UnreadableFile,
            "这是 Word 文档，不是工作簿。请选择 .xlsx 或 .csv 文件。",
            code="files.word-as-workbook",
        ),
    ),
    (
        "ppt/presentation.xml",
        partial(
            UnreadableFile,
            "这是演示文稿，不是工作簿。请选择 .xlsx 或 .csv 文件。",
            code="files.slides-as-workbook",
        ),
    ),
)


def recognise(path: str, bounds: Bounds) -> str:
    """`xlsx` or `csv`; UnreadableFile for everything else, and for a ZIP that is not to be trusted."""
    try:
        size = os.path.getsize(path)
        with open(path, "rb") as file:
            head = file.read(4096)
    except OSError:
        raise UnreadableFile(
            "文件打不开。请确认文件还在，然后重新选择。", code="files.cannot-be-opened"
        ) from None
    if size == 0:
        raise UnreadableFile("文件是空的，没有任何内容。请重新导出或保存后再试。", code="files.empty")
    if size > bounds.file_bytes:
        raise UnreadableFile(
            f"文件有 {shown_size(size)}，超过了 {shown_size(bounds.file_bytes)} 的上限。请把数据分成几个文件。",
            code="files.too-large",
        )
    if head.startswith(_OLE):
        raise _about_ole(path)
    if head.startswith(b"PK"):
        _examine_zip(path, bounds)
        return "xlsx"
    for beginning, refusal in _OTHERS:
        if head.startswith(beginning):
            raise refusal()
    if _MARKUP.match(head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        raise UnreadableFile(
            f"这个文件其实是网页（HTML 或 XML），只是起了表格的名字。{_SAVE_AS}",
            code="files.web-page-as-workbook",
        )
    return "csv"


def _about_ole(path: str) -> UnreadableFile:
    with open(path, "rb") as file:
        content = file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return UnreadableFile(
            "这个工作簿加了打开密码，无法读取。请用表格程序打开，去掉密码后保存再试。",
            code="files.workbook-encrypted",
        )
    if "WordDocument".encode("utf-16-le") in content:
        return UnreadableFile(
            "这是旧版 Word 文档（.doc），不是工作簿。请选择 .xlsx 或 .csv 文件。",
            code="files.word-as-workbook",
        )
    return UnreadableFile(
        f"这是旧版 Excel 工作簿（.xls）或 WPS 表格（.et），本系统不读取这种格式。{_SAVE_AS}",
        code="files.older-workbook",
    )


def _examine_zip(path: str, bounds: Bounds) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            names = [entry.filename for entry in entries]
            if "mimetype" in names:
                kind = package.open("mimetype").read(100)
                if b"opendocument" in kind:
                    raise UnreadableFile(
                        f"这是开放文档表格（.ods），本系统不读取这种格式。{_SAVE_AS}",
                        code="files.opendocument",
                    )
            examine_entries(entries, bounds)
            _examine_names(names)
            if "[Content_Types].xml" in names and b"macroEnabled" in package.read("[Content_Types].xml"):
                raise _with_macros()
    except UnreadableFile:
        raise
    except Exception:  # many kinds: a broken directory may fail anywhere
        raise UnreadableFile(
            "文件不完整或已损坏，可能是下载、复制时中断了。请重新取得这个文件；如能用表格程序打开，请另存为新的 .xlsx 文件。",
            code="files.damaged-package",
        ) from None


def examine_entries(entries: list[zipfile.ZipInfo], bounds: Bounds, called: str = "工作簿") -> None:
    """How many parts a package has, how large they become, whether they lie over one another."""
    anew = f"请把内容复制到新{called}后再试。"
    if len(entries) > bounds.entries:
        raise UnreadableFile(
            f"文件内部有 {len(entries)} 个部件，正常的{called}不会超过 {bounds.entries} 个。{anew}",
            code="files.too-many-parts",
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("文件内部加了密码，无法读取。请去掉密码后再试。", code="files.encrypted-inside")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnreadableFile(
            f"文件使用了不常见的压缩方式。请用原来的软件打开，另存为新的{called}后再试。",
            code="files.odd-compression",
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > bounds.unpacked_bytes:
        raise UnreadableFile(
            f"文件解开后有 {shown_size(unpacked)}，超过了 {shown_size(bounds.unpacked_bytes)} 的上限。{anew}",
            code="files.unpacks-too-large",
        )
    if unpacked > _SMALL and unpacked > bounds.ratio * max(packed, 1):
        raise UnreadableFile(
            f"文件解开后的大小是原来的 {unpacked // max(packed, 1)} 倍，最多 {bounds.ratio} 倍，不像正常的{called}。{anew}",
            code="files.packed-too-tightly",
        )
    laid = sorted(entries, key=lambda entry: entry.header_offset)
    for one, other in pairwise(laid):
        end = one.header_offset + _LOCAL_HEADER + len(one.orig_filename) + one.compress_size
        if end > other.header_offset:
            raise UnreadableFile(
                f"文件内部的部件互相重叠，不是正常的{called}。{anew}", code="files.parts-overlap"
            )


def examine_head(name: str, head: bytes, called: str = "工作簿") -> None:
    """The beginning of an XML part: UTF-8, and without declarations that could grow or fetch something."""
    anew = f"请用原来的软件打开，另存为新的{called}后再试。"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head or _NOT_UTF8.search(head):
        raise UnreadableFile(f"文件内部的 {name} 不合规范：编码不是 UTF-8。{anew}", code="files.part-not-utf")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableFile(
            f"文件内部的 {name} 不合规范：带有实体声明，正常的{called}没有这种内容。{anew}",
            code="files.declares-entities",
        )


def _examine_names(names: list[str]) -> None:
    if len(set(map(str.lower, names))) != len(names):
        raise UnreadableFile(
            "文件内部有同名的部件，不是正常的工作簿。请把数据复制到新工作簿后再试。",
            code="files.parts-named-twice",
        )
    # Either stroke of a path: xl/media, xl\media.
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise UnreadableFile(
            "文件内部有越出文件之外的路径，不是正常的工作簿。请把数据复制到新工作簿后再试。",
            code="files.paths-outside",
        )
    lower = {name.lower().replace("\\", "/") for name in names}
    for part, refusal in _INSIDE:
        if part in lower:
            raise refusal()
    if any(name.startswith("xl/macrosheets/") for name in lower):
        raise _with_macros()
    if "xl/workbook.xml" not in lower:
        raise UnreadableFile(
            "这是压缩包，里面不是工作簿。如果工作簿在压缩包里，请先解压再选择。",
            code="files.archive-as-workbook",
        )
