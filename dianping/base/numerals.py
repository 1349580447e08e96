"""Small whole numbers as people write them: 12, 十二, 廿一, 两, 二〇一一 with any kind of zero."""

ZEROS = "〇零○◯OoОоΟο"
SIGNS = f"0-9{ZEROS}一二三四五六七八九"
_DIGITS = str.maketrans(f"{ZEROS}一二三四五六七八九两", "0" * len(ZEROS) + "1234567892")
_TENS = {"十": 10, "廿": 20, "卅": 30}


def numeral(text: str) -> int | None:
    """The number, or None when it is none. 元 counts as one: 元月."""
    if text == "元":
        return 1
    for sign, worth in _TENS.items():
        before, found, after = text.partition(sign)
        if found:
            times, rest = numeral(before) if before else 1, numeral(after) if after else 0
            if times is None or rest is None or rest > 9 or times > 9:
                return None
            return times * worth + rest
    digits = text.translate(_DIGITS)
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < 6 else None
