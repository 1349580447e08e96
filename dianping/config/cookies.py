"""Which cookies of a request go on: plain ones, as this site gives them.

Quoted and escaped values are read by Python's own `http.cookies`, in some versions in a time that grows with the square of
their length (CVE-2024-7592): thirty kilobytes would stand still a whole process. None of ours is quoted; other people's are
not needed. What goes on is read in a time that grows with its length.
"""

import re

_PLAIN = re.compile(r"[^\s\"\\,;\x00-\x20\x7f-\U0010ffff]*")  # the cookie-octets of RFC 6265, unquoted


def plain_cookies(header: str) -> dict[str, str]:
    """The cookies of a header that are written plainly; of several with one name the last, as Django takes them."""
    cookies = {}
    for piece in header.split(";"):
        name, equals, value = piece.strip().partition("=")
        if equals and name and _PLAIN.fullmatch(name) and _PLAIN.fullmatch(value):
            cookies[name] = value
    return cookies


def written(cookies: dict[str, str]) -> str:
    """The header again."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
