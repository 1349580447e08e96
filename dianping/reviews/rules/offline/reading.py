"""Judge the rows of an offline workbook. Every fault at once, each with its row, column, and what to do."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from dianping.base.chinese_text import clean
from dianping.base.loose_dates import DateFault, read_date
from dianping.base.sheets import Problem, SheetLike
from dianping.reviews.rules import parts as review_parts
from dianping.reviews.rules.grounds import read_numbers

PROBLEMS = 3  # columns for so many
ON_FILE, CHOSEN = "在案的依据", "以哪几项为依据"
PRINTED = ("编号", "被点评对象", "所在组织", "类别", ON_FILE)
# A missing report is explained on the page, where one sees that it is owed.
PARTS = tuple(part for part in review_parts.PARTS if part.key != "report_absence")
HEADINGS = (
    *PRINTED,
    "点评日期",
    "方式",
    "定期或日常",
    "结合的活动",
    "地点",
    *(
        heading
        for part in PARTS
        for heading in (
            [f"{part.label}{n}{of}" for n in range(1, PROBLEMS + 1) for of in ("", "责任人", "期限")]
            if part.many
            else [part.label]
        )
    ),
    CHOSEN,
)
MODES = {"集中": "collective", "个别": "individual", "现场": "on_site", "随机": "random"}
TEXTS = {
    "地点": "place",
    "结合的活动": "occasion",
    **{part.label: part.key for part in PARTS if not part.many},
}
WRITTEN = set(HEADINGS[len(PRINTED) + 5 :]) | {"点评日期"}


class Fault(Protocol):
    """Notes what is wrong in a column of the row that is read."""

    def __call__(self, column: str, sentence: str, *, code: str) -> None: ...


REGULAR = {"": True, "定期": True, "日常": False}


class OfflineReview(NamedTuple):
    """One filled row. `duty` is the number the system printed; problems are (text, owner, due), grounds
    (kind, key) as rules.grounds has them."""

    row: int
    sheet: str
    duty: int
    target: str
    happened_on: date | None
    mode: str
    regular: bool
    texts: dict[str, str]
    problems: tuple[tuple[str, str, date | None], ...]
    grounds: tuple[tuple[str, int], ...] = ()


class OfflineReviews(NamedTuple):
    """The filled rows of a workbook, and every fault; rows nobody filled in are passed over."""

    reviews: list[OfflineReview]
    problems: list[Problem]


def judge_reviews(sheets: Sequence[SheetLike]) -> OfflineReviews:
    """Read every sheet that has the headings of the template."""
    judged = OfflineReviews([], [])
    known = False
    for sheet in sheets:
        at = _header(sheet)
        if at is None:
            continue
        known = True
        columns = {
            clean(str(cell)): i for i, cell in enumerate(sheet.rows[at]) if clean(str(cell)) in HEADINGS
        }
        for offset, cells in enumerate(sheet.rows[at + 1 :], at + 1):
            _judge_row(
                sheet, sheet.first_row + offset, {h: _cell(cells, i) for h, i in columns.items()}, judged
            )
    if not known:
        judged.problems.append(
            Problem(
                "",
                0,
                "",
                "",
                "工作簿里没有找到“编号”“点评日期”“评价”这些标题。请使用系统下载的离线登记表填写，不要改动标题行。",
                code="reviews.sheet-without-headings",
            )
        )
    return judged


def _header(sheet: SheetLike) -> int | None:
    for at, cells in enumerate(sheet.rows[:20]):
        texts = {clean(str(cell)) for cell in cells}
        if {"编号", "点评日期", "评价"} <= texts:
            return at
    return None


def _cell(cells: Sequence[object], at: int) -> object:
    return cells[at] if at < len(cells) else ""


def _judge_row(sheet: SheetLike, row: int, cells: dict[str, object], judged: OfflineReviews) -> None:
    filled = {h: v for h, v in cells.items() if h not in PRINTED and clean(str(v)).strip()}
    if not filled.keys() & WRITTEN:
        return
    before = len(judged.problems)

    def fault(column: str, sentence: str, *, code: str) -> None:
        judged.problems.append(
            Problem(sheet.name, row, column, str(cells.get(column, ""))[:40], sentence, code=code)
        )

    review = OfflineReview(
        row,
        sheet.name,
        _duty(cells, fault),
        clean(str(cells.get("被点评对象", ""))),
        _day(cells, "点评日期", fault),
        _mode(cells, fault),
        _regular(cells, fault),
        {key: _lines(cells.get(h, "")) for h, key in TEXTS.items()},
        _problems(cells, fault),
        _grounds(cells, fault),
    )
    if review.happened_on is None and len(judged.problems) == before:
        fault(
            "点评日期",
            "这一行写了点评，但没有写点评日期，应为点评实际进行的那一天；请补上。",
            code="reviews.day-missing",
        )
    judged.reviews.append(review)


def _duty(cells: dict[str, object], fault: Fault) -> int:
    text = clean(str(cells.get("编号", ""))).strip().removesuffix(".0")
    if text.isdigit():
        return int(text)
    fault(
        "编号",
        f"编号写的是“{text or '空白'}”，应为系统印在这一格的数字；请不要改动，可重新下载离线登记表。",
        code="reviews.duty-number-unreadable",
    )
    return 0


def _day(cells: dict[str, object], column: str, fault: Fault) -> date | None:
    try:
        return read_date(cells.get(column, ""))
    except DateFault as no:
        fault(column, no.sentence, code=no.code)
        return None


def _mode(cells: dict[str, object], fault: Fault) -> str:
    text = clean(str(cells.get("方式", ""))).strip().removesuffix("点评")
    if not text:
        return "collective"
    if text not in MODES:
        fault(
            "方式",
            f"方式写的是“{text}”，应为集中、个别、现场、随机之一；请改正。",
            code="reviews.mode-unknown",
        )
    return MODES.get(text, "collective")


def _grounds(cells: dict[str, object], fault: Fault) -> tuple[tuple[str, int], ...]:
    named, rest = read_numbers(clean(str(cells.get(CHOSEN, ""))))
    if rest:
        fault(
            CHOSEN,
            f"写的是“{'、'.join(rest)}”，应为前面“{ON_FILE}”一格里的编号，如 意见3、活动12；请改正。",
            code="reviews.ground-number-unreadable",
        )
    return tuple(dict.fromkeys(named))


def _lines(value: object) -> str:
    """Text with its lines kept."""
    return "\n".join(clean(line).strip() for line in str(value).splitlines()).strip()


def _regular(cells: dict[str, object], fault: Fault) -> bool:
    text = clean(str(cells.get("定期或日常", ""))).strip().removesuffix("点评")
    if text not in REGULAR:
        fault("定期或日常", f"写的是“{text}”，应为定期或日常；请改正。", code="reviews.regular-unknown")
    return REGULAR.get(text, True)


def _problems(cells: dict[str, object], fault: Fault) -> tuple[tuple[str, str, date | None], ...]:
    named = []
    for n in range(1, PROBLEMS + 1):
        text = _lines(cells.get(f"问题{n}", ""))
        if text:
            owner = clean(str(cells.get(f"问题{n}责任人", ""))).strip()
            named.append((text, owner, _day(cells, f"问题{n}期限", fault)))
    return tuple(named)
