"""公民身份号码: eighteen digits whose shape, birth date, sex and check digit must agree.

Basis: GB 11643-1999 (six digits of region, eight of birth date, three of sequence, one of check);
the check digit is ISO 7064 MOD 11-2. The region is not looked up: regions come and go.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from operator import mul
from typing import Any, NamedTuple

from dianping.base.chinese_text import clean, is_blank, unwrapped
from dianping.base.coded import CodedFault

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
_LOOKALIKES = str.maketrans("xхХ×χΧ", "XXXXXX", " -")
_QUOTES = "'’‘`′＇\""
_ASK = "请把这一列设为文本格式后重新填写 18 位号码。"


class Identity(NamedTuple):
    """A number found right. `number` always has eighteen digits; `remark` is a sentence, or empty."""

    number: str
    born: date
    sex: str
    remark: str = ""


_identity: Callable[[tuple[str, date, str, str]], Identity] = partial(tuple.__new__, Identity)


class IdentityFault(CodedFault):
    """A number that cannot be right; the text is a sentence that says why and what to do."""


def check_digit(first17: str) -> str:
    """The eighteenth digit that belongs to seventeen others (ISO 7064 MOD 11-2)."""
    return CHECK_DIGITS[_weighed(first17, 0) % 11]


def masked(number: str) -> str:
    """The number as it may be shown: the birth date is hidden."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else number


def read_identity(value: object) -> Identity | None:
    """Read one cell: None when it is blank, an Identity when right, IdentityFault when not."""
    return IdentityReader().read(value)


class IdentityReader:
    """Reads many numbers quickly: the thirds of a number recur, so each third is worked out once."""

    def __init__(self) -> None:
        self._regions: dict[str, int] = _Memo(_region)
        self._births: dict[str, tuple[int, date]] = _Memo(_birth)
        self._tails: dict[str, tuple[int, str]] = _Memo(_tail)

    def read(self, value: object) -> Identity | None:
        """As `read_identity`."""
        number = _spelled_plainly(value)
        if len(number) == 15:
            return self._read15(number)
        return self._read18(number) if number else None

    def read_many(self, values: Iterable[object]) -> Iterator[Identity | IdentityFault | None]:
        """As `read` for every value, with the fault in the place of a faulty one."""
        regions, births, tails = self._regions, self._births, self._tails
        for value in values:
            if type(value) is str and len(value) == 18:
                try:  # the common case, written out for speed
                    birth, born = births[value[6:14]]
                    tail, sex = tails[value[14:]]
                    if (regions[value[:6]] + birth + tail) % 11 == 1:
                        yield _identity((value, born, sex, ""))
                        continue
                except IdentityFault:
                    pass  # perhaps only its spelling
            try:
                yield self.read(value)
            except IdentityFault as fault:
                yield fault

    def _read18(self, number: str) -> Identity:
        if len(number) != 18:
            raise IdentityFault(
                f"号码有 {len(number)} 位，应为 18 位。请对照身份证补齐或改正。",
                code="identities.wrong-length",
            )
        region = self._regions[number[:6]]
        birth, born = self._births[number[6:14]]
        tail, sex = self._tails[number[14:]]
        if (region + birth + tail) % 11 != 1:
            raise _wrong_check_digit(number)
        return Identity(number, born, sex)

    def _read15(self, number: str) -> Identity:
        if not number.isdecimal():
            raise IdentityFault(
                "号码有 15 位，但其中有数字以外的字符。请对照身份证填写 18 位号码。",
                code="identities.other-signs",
            )
        first17 = f"{number[:6]}19{number[6:]}"
        found = self._read18(first17 + check_digit(first17))
        return found._replace(
            remark="是 15 位旧式号码，已按规则换算成 18 位；这里应为 18 位号码，请核对后改填。"
        )


class _Memo(dict[str, Any]):
    """Works a value out the first time it is asked for."""

    def __init__(self, work_out: Callable[[str], object]) -> None:
        self._work_out = work_out

    def __missing__(self, key: str) -> object:
        found = self[key] = self._work_out(key)
        return found


def _weighed(digits: str, at: int) -> int:
    return sum(map(mul, map(int, digits), WEIGHTS[at:]))


def _plain_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _region(digits: str) -> int:
    if not _plain_digits(digits) or digits[0] == "0":
        raise IdentityFault(
            "前 6 位应为行政区划的数字，且不以 0 开头。请对照身份证改正。", code="identities.wrong-region"
        )
    return _weighed(digits, 0)


def _birth(digits: str) -> tuple[int, date]:
    try:
        if not _plain_digits(digits):
            raise ValueError
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if not 1900 <= born.year <= 2099:
            raise ValueError
    except ValueError:
        raise IdentityFault(
            "第 7 至 14 位应为真实的出生日期，这里不是。请对照身份证改正。",
            code="identities.wrong-birth-date",
        ) from None
    return _weighed(digits, 6), born


def _tail(digits: str) -> tuple[int, str]:
    if not (_plain_digits(digits[:3]) and digits[3] in "0123456789X"):
        raise IdentityFault(
            "后 4 位应为三位数字加一位数字或 X。请对照身份证改正。", code="identities.wrong-ending"
        )
    last = 10 if digits[3] == "X" else int(digits[3])
    return _weighed(digits[:3], 14) + last, "男" if int(digits[2]) % 2 else "女"


def _wrong_check_digit(number: str) -> IdentityFault:
    if number.endswith("000"):
        return IdentityFault(
            f"末 3 位都是 0，多半是表格把号码当作数字保存时丢了末尾几位。{_ASK}",
            code="identities.digits-lost",
        )
    return IdentityFault(
        "最后一位（校验位）与前 17 位对不上，号码中有写错的数字。请对照身份证改正。",
        code="identities.wrong-check-digit",
    )


def _spelled_plainly(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise IdentityFault(f"单元格里不是号码。{_ASK}", code="identities.not-a-number")
    if isinstance(value, int | float):
        if value != value or value in (float("inf"), float("-inf")) or value != int(value):
            raise IdentityFault(
                f"单元格里是带小数的数字，不是号码。{_ASK}", code="identities.with-a-fraction"
            )
        if abs(value) > 2**53:  # beyond this a number cell no longer holds every digit
            raise IdentityFault(
                f"号码被表格存成了数字，第 16 位以后的数字已经丢失。{_ASK}", code="identities.digits-lost"
            )
        return str(int(value))
    value = unwrapped(value)
    if is_blank(value):
        return ""
    text = clean(value).strip(_QUOTES).translate(_LOOKALIKES)
    if "E+" in text.upper():
        raise IdentityFault(
            f"号码被表格改写成了科学记数法，后面的数字已经丢失。{_ASK}", code="identities.digits-lost"
        )
    return text
