"""Which pieces of a text may be names, so that they can be looked up; nobody's list of names is ever loaded whole."""

import re
import unicodedata

from dianping.bulletins.rules.plain import BareText

SHORTEST, LONGEST = 2, 4  # letters of an ordinary Chinese name
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
# Chinese characters in a row, as many as the shortest name has, or more.
_RUN = re.compile(f"[{_HAN}]{{{SHORTEST},}}")
# A middle dot of any make between Chinese characters, with the blanks around it: 阿依古丽 • 买买提.
_DOTTED = re.compile(f"(?<=[{_HAN}])\\s*[·・•‧∙⋅˙･．.●]\\s*(?=[{_HAN}])")
_PART = 6  # letters on either side of the dot in a transcribed name (买买提·艾力)


def possible_names(text: BareText) -> set[str]:
    """Every stretch of two to four Chinese characters."""
    names: set[str] = set()
    for run in _RUN.findall(text.letters):
        for size in range(SHORTEST, LONGEST + 1):
            names.update(run[at : at + size] for at in range(len(run) - size + 1))
    return names


def possible_dotted_names(text: str) -> set[str]:
    """What may be a name with a dot in it, in the roster's one spelling of the dot."""
    joined = _DOTTED.sub("·", "".join(unicodedata.normalize("NFKC", c) for c in text if c != "\u200b"))
    names: set[str] = set()
    for dot in re.finditer("·", joined):
        before = _tail(joined[max(0, dot.start() - _PART) : dot.start()])
        after = _head(joined[dot.end() : dot.end() + _PART])
        names.update(
            f"{before[-left:]}·{after[:right]}"
            for left in range(1, len(before) + 1)
            for right in range(1, len(after) + 1)
        )
    return names


def _tail(text: str) -> str:
    # The Chinese characters the text ends with, be it none.
    match = re.search(f"[{_HAN}]*$", text)
    return match[0] if match else ""


def _head(text: str) -> str:
    # The Chinese characters the text begins with, be it none.
    match = re.match(f"[{_HAN}]*", text)
    return match[0] if match else ""


def places(text: BareText, names: set[str]) -> list[tuple[str, str]]:
    """Where names stand: (name, lines in words), in the order of the text; a name within a longer one is not told twice."""
    spans: list[tuple[int, int, str]] = []
    for name in names:
        letters = name.replace("·", "")
        at = text.letters.find(letters)
        while at >= 0:
            spans.append((at, at + len(letters), name))
            at = text.letters.find(letters, at + 1)
    spans.sort(key=lambda span: (span[0], -span[1]))
    matches: list[tuple[str, str]] = []
    reached = 0
    for start, end, name in spans:
        if end > reached:
            matches.append((name, text.where(start, end)))
            reached = end
    return matches
