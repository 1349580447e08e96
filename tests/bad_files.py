"""Makers of files that break spreadsheet readers, and of functions that break the process they run in.

Each maker returns the bytes of one file. `REFUSED` pairs it with the code expected;
`READ` are odd but honest and must come in whole.
"""

import io
import os
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ROSTER_CSV = "姓名,公民身份号码,所在党支部\n冉党员,,第一党支部\n宁支书,,第一党支部\n"

Maker = Callable[[], bytes]


def cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *texts: str) -> str:
    """A row of inline strings from column A on; an empty text leaves its cell out."""
    cells = "".join(cell(f"{chr(65 + at)}{number}", text) for at, text in enumerate(texts) if text)
    return f'<row r="{number}">{cells}</row>'


def worksheet(rows: str, *, before: str = "", after: str = "", head: str = HEADER) -> str:
    return f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook_parts(sheets: dict[str, str | bytes], *, hidden: Sequence[str] = ()) -> dict[str, str | bytes]:
    """The parts of a workbook whose sheets are given as name -> XML."""
    listed = relations = types = ""
    for at, name in enumerate(sheets, 1):
        state = ' state="veryHidden"' if name in hidden else ""
        listed += f'<sheet name="{name}" sheetId="{at}"{state} r:id="rId{at}"/>'
        relations += (
            f'<Relationship Id="rId{at}" Type="{PARTS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        )
        types += (
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
        )
    return {
        "[Content_Types].xml": f'{HEADER}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{PARTS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEADER}<workbook xmlns="{MAIN}" xmlns:r="{PARTS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        **{f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), 1)},
    }


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def one_sheet(xml: str | bytes, **more: str | bytes) -> bytes:
    """A workbook of one sheet; `more` parts have `__` for `/`."""
    extra = {name.replace("__", "/"): part for name, part in more.items()}
    return zipped({**workbook_parts({"党员": xml}), **extra})


def of_rows(*rows: Sequence[str]) -> bytes:
    return one_sheet(worksheet("".join(row(at, *texts) for at, texts in enumerate(rows, 1))))


def plain() -> bytes:
    return of_rows(["姓名", "公民身份号码", "所在党支部"], ["冉党员", "", "第一党支部"])


# ── the container ──


def flat_bomb() -> bytes:
    return one_sheet(worksheet(row(1, "姓名")) + " " * (60 << 20))


def lying_bomb() -> bytes:
    """The directory says a few bytes, the part unpacks to sixty million."""
    whole = bytearray(flat_bomb())
    real = struct.pack("<I", len(worksheet(row(1, "姓名")).encode()) + (60 << 20))
    return bytes(whole.replace(real, struct.pack("<I", 300)))


def overlapping() -> bytes:
    """Two names for one piece of data, as the non-recursive bombs have it."""
    whole = bytearray(plain())
    at = whole.rindex(b"PK\x01\x02")
    before = whole.rindex(b"PK\x01\x02", 0, at)
    whole[at + 42 : at + 46] = whole[before + 42 : before + 46]
    return bytes(whole)


def duplicate_entry() -> bytes:
    target = io.BytesIO(plain())
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("XL/WORKBOOK.xml", "<workbook/>")
    return target.getvalue()


def encrypted_entry() -> bytes:
    whole = bytearray(plain())
    at = whole.index(b"PK\x01\x02")
    whole[at + 8] |= 1
    return bytes(whole)


def wrong_end() -> bytes:
    whole = bytearray(plain())
    at = whole.rindex(b"PK\x05\x06")
    whole[at + 16 : at + 20] = b"\xff\xff\xff\x7f"
    return bytes(whole)


def many_entries() -> bytes:
    return zipped({f"part{at}": "" for at in range(5_000)}, zipfile.ZIP_STORED)


def with_part(name: str, content: str | bytes = "x") -> Maker:
    return lambda: zipped({**workbook_parts({"党员": worksheet(row(1, "姓名"))}), name: content})


# ── XML ──


def declared(declaration: str, text: str) -> Maker:
    return lambda: one_sheet(worksheet(row(1, text), head=f'<?xml version="1.0"?>{declaration}'))


BILLION = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{last};" * 10}">' for last, name in zip("abcdefgh", "bcdefghi", strict=True)
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50_000}">]>'
XXE_FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
XXE_HTTP = '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]>'


def deep() -> bytes:
    return one_sheet(worksheet("<a>" * 200_000 + "</a>" * 200_000))


def shared_index(strings: bool) -> Maker:
    xml = worksheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')
    more = {"xl__sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>姓名</t></si></sst>'} if strings else {}
    return lambda: one_sheet(xml, **more)


# ── the grid ──


def million(rows: Callable[[int], str], last: int = 1_000_000) -> Maker:
    def make() -> bytes:
        told = row(1, "姓名", "所在党支部") + row(2, "冉党员", "第一党支部")
        return one_sheet(worksheet(told + "".join(map(rows, range(3, last + 1)))))

    return make


def far(address: str, number: int) -> Maker:
    return lambda: one_sheet(
        worksheet(row(1, "姓名", "所在党支部") + f'<row r="{number}">{cell(address, "z")}</row>')
    )


def chart_first() -> bytes:
    parts = workbook_parts(
        {"图": "", "党员": worksheet(row(1, "姓名", "所在党支部") + row(2, "冉党员", "甲"))}
    )
    chart = f'<chartsheet xmlns="{MAIN}"/>'
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = relations.replace("worksheet\" Target=\"worksheets/sheet1", "chartsheet\" Target=\"worksheets/sheet1")  # fmt: skip
    parts["xl/worksheets/sheet1.xml"] = chart
    return zipped(parts)


REFUSED: dict[str, tuple[Maker, str]] = {
    "empty": (lambda: b"", "files.empty"),
    "truncated": (lambda: plain()[:700], "files.damaged-package"),
    "wrong end of directory": (wrong_end, "files.damaged-package"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "files.workbook-encrypted"),
    "xls": (lambda: OLE + "Workbook".encode("utf-16-le"), "files.older-workbook"),
    "et": (lambda: OLE + "ETExtData".encode("utf-16-le"), "files.older-workbook"),
    "doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), "files.word-as-workbook"),
    "html as xls": (lambda: "\n<html><table><tr><td>姓名</td></tr></table></html>".encode(), "files.web-page-as-workbook"),
    "html as xls in UTF-16": (lambda: "<table><tr><td>姓名</td></tr></table>".encode("utf-16"), "files.web-page-as-workbook"),
    "xml of 2003": (lambda: b'<?xml version="1.0"?><Workbook/>', "files.web-page-as-workbook"),
    "mht": (lambda: b"MIME-Version: 1.0\r\n", "files.saved-as-web-page"),
    "pdf": (lambda: b"%PDF-1.4\n", "files.pdf-as-workbook"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "files.picture-as-workbook"),
    "rar": (lambda: b"Rar!\x1a\x07", "files.archive-as-workbook"),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(99), "files.archive-as-workbook"),
    "noise": (lambda: bytes(range(1, 32)) * 50, "files.not-a-table"),
    "macro": (with_part("xl/vbaProject.bin"), "files.with-macros"),
    "macro sheet": (with_part("xl/macrosheets/sheet1.xml"), "files.with-macros"),
    "xlsb": (with_part("xl/workbook.bin"), "files.binary-workbook"),
    "ods": (with_part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "files.opendocument"),
    "docx": (lambda: zipped({"word/document.xml": "<w/>"}), "files.word-as-workbook"),
    "nested zip": (lambda: zipped({"roster.xlsx": plain()}), "files.archive-as-workbook"),
    "empty zip": (lambda: zipped({}), "files.archive-as-workbook"),
    "flat bomb": (flat_bomb, "files.packed-too-tightly"),
    "lying bomb": (lying_bomb, "files.damaged-inside"),
    "overlapping entries": (overlapping, "files.parts-overlap"),
    "many entries": (many_entries, "files.too-many-parts"),
    "path out of the package": (with_part("../../etc/x"), "files.paths-outside"),
    "absolute path": (with_part("/etc/x"), "files.paths-outside"),
    "entry twice": (duplicate_entry, "files.parts-named-twice"),
    "encrypted entry": (encrypted_entry, "files.encrypted-inside"),
    "bzip2 entries": (
        lambda: zipped(workbook_parts({"党员": worksheet("")}), zipfile.ZIP_BZIP2),
        "files.odd-compression",
    ),
    "billion laughs": (declared(f"{BILLION}]>", "&i;"), "files.declares-entities"),
    "quadratic entity": (declared(QUADRATIC, "&a;" * 1000), "files.declares-entities"),
    "entity from a file": (declared(XXE_FILE, "&a;"), "files.declares-entities"),
    "entity from the network": (declared(XXE_HTTP, "&a;"), "files.declares-entities"),
    "entity in the list of sheets": (
        lambda: zipped({**workbook_parts({"党员": worksheet("")}), "xl/workbook.xml": f"{XXE_FILE}<workbook/>"}),
        "files.declares-entities",
    ),
    "undeclared entity": (declared("", "&a;"), "files.damaged-inside"),
    "invalid UTF-8": (lambda: one_sheet(worksheet(row(1, "X")).encode().replace(b"X", b"\xff\xc3")), "files.damaged-inside"),
    "part in UTF-16": (lambda: one_sheet(worksheet(row(1, "姓名")).encode("utf-16")), "files.part-not-utf"),
    "part in GBK": (lambda: one_sheet(worksheet(row(1, "姓名"), head='<?xml version="1.0" encoding="GBK"?>').encode("gbk")), "files.part-not-utf"),
    "truncated XML": (lambda: one_sheet(worksheet(row(1, "姓名") + row(2, "甲"))[:-40]), "files.damaged-inside"),
    "broken list of sheets": (lambda: zipped({**workbook_parts({"党": worksheet("")}), "xl/workbook.xml": "<a"}), "files.part-not-regular"),
    "no shared strings": (shared_index(False), "files.damaged-inside"),
    "shared string out of range": (shared_index(True), "files.damaged-inside"),
    "far cell": (far("XFD1048576", 1_048_576), "files.too-many-columns"),
    "column AAAAAAA": (far("AAAAAAA2", 2), "files.too-many-columns"),
    "row 10^12": (far("A1000000000000", 10**12), "files.row-number-too-high"),
    "cell that belies its row": (far("A1000000000000", 2), "files.needs-too-much-memory"),
    "too many real rows": (million(lambda at: row(at, "冉"), 200_001), "files.too-many-rows"),
    "row twice": (lambda: one_sheet(worksheet(row(1, "姓名") + row(2, "甲") + row(2, "乙"))), "files.row-named-twice"),
    "sheet name twice": (lambda: zipped(_same_names()), "files.sheets-named-alike"),
    "csv of two encodings": (lambda: ROSTER_CSV.encode("gb18030") + ROSTER_CSV.encode(), "files.mixed-encodings"),
    "csv cut inside a character": (lambda: ROSTER_CSV.encode("gb18030") + b"\xff\xff,", "files.unknown-encoding"),
    "csv with an unclosed quote": (lambda: f'{ROSTER_CSV}"冉,,第一党支部\n甲,,乙\n'.encode(), "files.quotes-unpaired"),
    "csv with an endless cell": (lambda: f"{ROSTER_CSV}{'冉' * 40_000},,甲\n".encode(), "files.quotes-unpaired"),
    "csv parted by 、": (lambda: ROSTER_CSV.replace(",", "、").encode(), "files.no-separator"),
    "csv of a thousand columns": (lambda: b"a," * 1000 + b"\n", "files.too-many-columns"),
    "csv of a million columns": (lambda: b"a," * 1_000_000, "files.too-many-columns"),
    "csv in one endless line": (lambda: b"a," * (20 << 20), "files.line-too-long"),
    "csv of too many rows": (lambda: b"a,b\n" * 200_001, "files.too-many-rows"),
}  # fmt: skip
# What stands in the sentence of some: the place that was found.
FILLED = {
    "far cell": "XFD1048576",
    "column AAAAAAA": "AAAAAAA2",
    "row 10^12": "1000000000000",
    "row twice": "第 2 行",
}


def _same_names() -> dict[str, str | bytes]:
    parts = workbook_parts({"党员": worksheet(row(1, "姓名")), "党员2": worksheet(row(1, "姓名"))})
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("党员2", "党员")
    return parts


HEADED = [["姓名", "所在党支部"], ["冉党员", "甲"]]

# name -> (maker, the filled rows that must come out, all sheets one after another)
READ: dict[str, tuple[Maker, list[list[Any]]]] = {
    "strict namespace": (
        lambda: one_sheet(worksheet(row(1, *HEADED[0]) + row(2, *HEADED[1])).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")),
        HEADED,
    ),
    "prefixed elements": (lambda: one_sheet(prefixed(worksheet(row(1, *HEADED[0]) + row(2, *HEADED[1])))), HEADED),
    "style out of range": (
        lambda: one_sheet(worksheet('<row r="1"><c r="A1" s="99" t="inlineStr"><is><t>甲</t></is></c></row>')),
        [["甲"]],
    ),
    "a very long text": (lambda: of_rows(["姓" * 1_000_000]), [["姓" * 1_000_000]]),
    "file name in GBK": (with_part("说明.txt".encode("gbk").decode("cp437")), [["姓名"]]),
    "link to another workbook": (with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>"), [["姓名"]]),
    "deep nonsense": (deep, []),
    "declared too small": (
        lambda: one_sheet(worksheet(row(1, "甲") + row(2, "乙") + row(3, "丙"), before='<dimension ref="A1"/>')),
        [["甲"], ["乙"], ["丙"]],
    ),
    "declared too large": (
        lambda: one_sheet(worksheet(row(1, "甲"), before='<dimension ref="A1:XFD1048576"/>')), [["甲"]],
    ),
    "no addresses": (
        lambda: one_sheet(worksheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")),
        [[1, 2], [3, ""]],
    ),
    "rows out of order": (lambda: one_sheet(worksheet(row(2, "乙") + row(1, "甲"))), [["甲"], ["乙"]]),
    "a million bare rows": (million(lambda at: f'<row r="{at}" ht="15"/>'), HEADED_FIRST := [["姓名", "所在党支部"], ["冉党员", "第一党支部"]]),
    "a million formatted rows": (million(lambda at: f'<row r="{at}"><c r="A{at}" s="0"/></row>'), HEADED_FIRST),
    "a formatted far cell": (
        lambda: one_sheet(worksheet(row(1, "甲") + '<row r="2"><c r="XFD2" s="0"/><c r="XFC2"></c></row>')), [["甲"]],
    ),
    "one row at the very end": (far("A1048576", 1_048_576), [["姓名", "所在党支部"], ["z", ""]]),
    "error value": (
        lambda: one_sheet(worksheet(f'<row r="1"><c r="A1" t="e"><v>#N/A</v></c>{cell("B1", "乙")}</row>')),
        [["#N/A", "乙"]],
    ),
    "formula never computed": (
        lambda: one_sheet(worksheet(f'<row r="1"><c r="A1"><f>B1</f></c>{cell("B1", "乙")}</row>')), [["#公式", "乙"]],
    ),
    "merged down": (
        lambda: one_sheet(worksheet(row(1, "甲", "支部") + row(2, "乙"), after='<mergeCells count="1"><mergeCell ref="B1:B2"/></mergeCells>')),
        [["甲", "支部"], ["乙", "支部"]],
    ),
    "chart sheet first": (chart_first, HEADED),
    "csv named xlsx": (ROSTER_CSV.encode, [line.split(",") for line in ROSTER_CSV.split()]),
    **{
        f"csv in {encoding}": (lambda encoding=encoding: ROSTER_CSV.encode(encoding), [line.split(",") for line in ROSTER_CSV.split()])
        for encoding in ("gbk", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
    },
    "csv with rare characters": (lambda: "姓名,支部\n𠮷䶮,甲\n".encode("gb18030"), [["姓名", "支部"], ["𠮷䶮", "甲"]]),
    "csv with semicolons": (lambda: ROSTER_CSV.replace(",", ";").encode(), [line.split(",") for line in ROSTER_CSV.split()]),
    "csv with tabs": (lambda: ROSTER_CSV.replace(",", "\t").encode(), [line.split(",") for line in ROSTER_CSV.split()]),
    "csv with a line break in quotes": (lambda: '姓名,"党\n支部"\r\n甲,乙\r\n'.encode(), [["姓名", "党\n支部"], ["甲", "乙"]]),
    "csv with NUL": (lambda: "姓名,支部\n甲\0,乙\n".encode(), [["姓名", "支部"], ["甲\0", "乙"]]),
    "csv of uneven rows": (lambda: "姓名,支部,备注\n甲,乙\n".encode(), [["姓名", "支部", "备注"], ["甲", "乙", ""]]),
}  # fmt: skip


def prefixed(xml: str) -> str:
    """The same sheet with every element called x:…"""
    return xml.replace("xmlns=", "xmlns:x=").replace("</", "\0").replace("<?", "\1").replace("<", "<x:").replace("\1", "<?").replace("\0", "</x:")  # fmt: skip


# ── functions for `then` ──


def names_of(sheets: Sequence[Any]) -> list[str]:
    return [sheet.name for sheet in sheets]


def modules_loaded(sheets: Sequence[Any]) -> list[str]:
    return sorted({name.partition(".")[0] for name in sys.modules})


def fails(sheets: Sequence[Any]) -> None:
    raise KeyError(f"cell {6 * 7}")


def eats_memory(sheets: Sequence[Any]) -> int:
    return len(bytearray(8 << 30))


def eats_six_hundred_megabytes(sheets: Sequence[Any]) -> int:
    return len(bytearray(600 << 20))


def never_ends(sheets: Sequence[Any]) -> None:
    while True:
        pass


def sleeps(sheets: Sequence[Any]) -> None:
    time.sleep(60)


def aborts(sheets: Sequence[Any]) -> None:
    os.abort()


def is_killed(sheets: Sequence[Any]) -> None:
    os.kill(os.getpid(), 9)


def crashes(sheets: Sequence[Any]) -> None:
    os.kill(os.getpid(), 11)


def prints(sheets: Sequence[Any]) -> str:
    print("this must not reach the answer")
    return "answer"


class Trap:
    """Runs a command where it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("true",)


def sets_a_trap(sheets: Sequence[Any]) -> Trap:
    return Trap()
