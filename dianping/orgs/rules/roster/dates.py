"""Dates of a roster: read as `base.loose_dates` reads them, and what people write around a date in a list of members."""

import re
from collections.abc import Callable
from datetime import date

from dianping.base.chinese_text import squeezed, unwrapped
from dianping.base.loose_dates import DateFault, LooseDate, read_loose_date
from dianping.orgs.rules.roster.problems import CellFault, quoted
from dianping.orgs.rules.roster.table import Table

_FOUNDED = 1921  # nobody joined before
_OLDEST, _YOUNGEST = 100, 16  # years
# Words before or behind a date: 约1984年2月, 1984年2月生, 2007.7.1入党, 2010年12月15日起一年.
_AROUND = re.compile(
    r"^(?:约|大约|于|自)|(?:出生|生人?|入党|加入|接收|转正|按期转正|如期转正)$|起(?:算|计|一年)?$"
)
# A year of two figures with what follows: 77.3, 58-07-01, 七六年三月; with strokes the first must be no month.
_TWO = re.compile(
    r"^['’‘]?([0-9]{2})([.\-、．年].+)$|^(1[3-9]|[2-9][0-9])(/.+)$|^([〇零○一二三四五六七八九]{2})(年.+)$"
)
# From one day to another: 2009.12.20—2010.12.20.
_SPAN = re.compile(
    r"^([0-9]{4}[.年/\-][0-9]{1,2}(?:[.月/\-](?:[0-9]{1,2}日?)?)?)(?:起)?[-—–－~～至到]+[0-9]{4}[.年/\-].*$"
)
# The day of confirmation in a sentence about a prolonged probation: 延长半年至2010.12，2010.12.25转正; 2010-12-25转正（曾延长半年）.
_AT_LAST = re.compile(r"([0-9]{4}[.\-/年][0-9]{1,2}[.\-/月]?(?:[0-9]{1,2}日?)?)(?:起|按期|如期|批准)?转正")
# How a date begins: 2010., 2010-, 二〇一〇年.
_BEGUN = re.compile(r"[0-9]{4}[.\-/年]|[〇零○一二三四五六七八九]{4}年")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


class MemberDates:
    """The three date columns of members. A column headed …年月 gives months only, whatever its cells say.

    A year of two figures is read where only one century is possible on the day `on`, and told.
    """

    def __init__(self, table: Table, today: date | None, on: date | None, notes: list[str]) -> None:
        self._table, self._today, self._on, self._notes = table, today, on, notes
        self.born = self._read("born")
        self.joined = self._read("joined")
        self.prolonged: set[int] = set()  # records whose probation goes on
        self.confirmed = self._read("confirmed")

    def _read(self, field: str) -> list[LooseDate | None]:
        months_only = self._table.heading(field).endswith("年月")
        centuries: dict[object, LooseDate] = {}
        prolonged: set[object] = set()

        def read(cell: object) -> LooseDate | None:
            if field == "confirmed" and isinstance(cell, str) and "延长" in cell:
                found = _confirmed_at_last(cell, self._today)
                prolonged.add(cell)
            else:
                found = self._loosely(field, cell, centuries)
            return LooseDate(found.day, False) if found and months_only else found

        values = self._table.read(field, read)
        self._tell(field, centuries, prolonged, values)
        return values

    def _loosely(self, field: str, cell: object, centuries: dict[object, LooseDate]) -> LooseDate | None:
        try:
            return read_past_date(cell, self._today)
        except CellFault:
            if not isinstance(cell, str):
                raise
            text = _AROUND.sub("", squeezed(unwrapped(cell)))
            if field == "joined" and (span := _SPAN.match(text)):
                text = span[1].strip("-")
            short = _TWO.match(text)
            if short and self._on:
                year, rest = next((short[n], short[n + 1]) for n in (1, 3, 5) if short[n])
                text = f"{self._century(field, int(year.translate(_DIGITS)), self._on)}{rest}"
            found = _second_try(text, self._today)
            if found is None:
                raise
            if short:
                centuries[cell] = found
            return found

    @staticmethod
    def _century(field: str, year: int, on: date) -> str:
        """The only year with these last two figures that is possible; as it stood where there is none, or more."""
        first, last = (on.year - _OLDEST, on.year - _YOUNGEST) if field == "born" else (_FOUNDED, on.year)
        possible = [century + year for century in (1900, 2000) if first <= century + year <= last]
        return str(possible[0]) if len(possible) == 1 else f"{year:02}"

    def _tell(
        self,
        field: str,
        centuries: dict[object, LooseDate],
        prolonged: set[object],
        values: list[LooseDate | None],
    ) -> None:
        if not centuries and not prolonged:
            return
        cells = self._table.cells(field)
        if rows := [at for at, cell in enumerate(cells) if cell in centuries]:
            cell = cells[rows[0]]
            self._notes.append(
                f"「{self._table.sheet}」第 {self._numbers(rows)} 行的{self._table.heading(field)}年份只写了两位，"
                f"只可能是一个世纪，按它读（{quoted(cell)}是 {centuries[cell].day:%Y-%m}）。请核对。"
            )
        for at, cell in enumerate(cells):
            if cell in prolonged:
                day = values[at]
                if day is None:
                    self.prolonged.add(at)
                else:
                    self._notes.append(f"{self._written(at)}，按 {day.day} 转正读，请核对。")

    def _written(self, at: int) -> str:
        cell = self._table.cells("confirmed")[at]
        return f"{self._table.place(at)}的{self._table.heading('confirmed')}写的是{quoted(cell)}"

    def with_prolonged(self, decided: list[str]) -> list[str]:
        """The standings said, and probationary where nothing was said and the probation goes on. Who is said to be full while it
        goes on is a problem of the table."""
        found = list(decided)
        for at in sorted(self.prolonged):
            if decided[at] == "full":
                cell = self._table.cells("confirmed")[at]
                self._table.add(
                    at,
                    "confirmed",
                    cell,
                    f"写的是{quoted(cell)}，没有写转正的日期；另一处写的是正式党员，不能都对。"
                    "已经转正的，这里请填写转正日期；还没有转正的，请把正式党员改成预备党员。",
                    code="orgs.standings-contradict",
                )
                continue
            self._notes.append(f"{self._written(at)}，没有写转正的日期，按还没有转正读，请核对。")
            found[at] = "probationary"
        return found

    def _numbers(self, rows: list[int]) -> str:
        return "、".join(str(self._table.numbers[at]) for at in rows[:20]) + ("等" if len(rows) > 20 else "")


def _confirmed_at_last(text: str, today: date | None) -> LooseDate | None:
    """The day a prolonged probation ended; None where no day is written. A day that may be another's is a CellFault."""
    words = squeezed(text)
    if found := _AT_LAST.search(words):
        return read_past_date(found[1], today)
    return read_past_date(text, today) if _BEGUN.search(words) else None


def _second_try(text: str, today: date | None) -> LooseDate | None:
    try:
        return read_past_date(text, today)
    except CellFault:
        return None


def past_date_reader(today: date | None) -> Callable[[object], date | None]:
    """Reads dates, and minds that none lies after `today` when that is given."""

    def read(cell: object) -> date | None:
        found = read_past_date(cell, today)
        return found.day if found else None

    return read


def read_past_date(cell: object, today: date | None) -> LooseDate | None:
    """The date of a cell, and a CellFault that quotes the cell when it is none or lies after `today`."""
    try:
        found = read_loose_date(cell)
    except DateFault as fault:
        raise CellFault(f"写的是{quoted(cell)}。{fault}", code=fault.code) from None
    if found and today and found.day > today:
        raise CellFault(
            f"写的是 {found.day}，晚于今天（{today}）。请改成已经到来的日期。", code="orgs.date-in-future"
        )
    return found
