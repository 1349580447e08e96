"""Text as people type it into Chinese forms, brought to one spelling before anything is compared."""

import re
import unicodedata

# Typed where a form allows no blanks: all of them mean that there is nothing.
BLANKS = frozenset(
    {"", "无", "暂无", "没有", "空", "—", "——", "-", "--", "–", "―", "/", "\\", "、", "N/A", "n/a"}
)

# What cannot be seen: control signs (but no white space), soft hyphens, zero-width and direction marks, variants, BOM.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]"
)
# Digits, Latin letters, brackets and the signs of dates and codes. Chinese punctuation (，；：？！) stays as it is.
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ（）［］｛｝＋－．／＿＃＊＝＠＆％\u2e80-\u2fdf\uf900-\ufaff]")
# Any run of white space.
_SPACES = re.compile(r"\s+")
# Anything out of the ordinary: white space, control and hidden signs, full-width forms, radicals, compatibility forms.
_ODD = re.compile(
    r"[\s\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2e80-\u2fdf"
    r"\u3000\uf900-\ufaff\ufe00-\ufe0f\ufeff\uff01-\uff5e\ufff9-\ufffc]"
)
# A text kept as a formula: ="990000", ='0001'.
_WRAPPED = re.compile(r"\s*[=＝]\s*[\"'](.*)[\"']\s*", re.DOTALL)
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# A run of Chinese characters: 王明.
_HAN_ONLY = re.compile(f"[{_HAN}]+")
# One blank with a Chinese character before or behind it: 王 明.
_SPACE_BESIDE_HAN = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")
# A middle dot of any make between Chinese characters, with the blanks around it: 阿依古丽 • 买买提.
_DOT = re.compile(f"(?<=[{_HAN}])\\s*[·・•‧∙⋅˙･.．●]\\s*(?=[{_HAN}])")

# Marks that one hand writes and two people type differently, after NFKC has made them half-width.
_ONE_MARK = str.maketrans(
    {
        **dict.fromkeys("、﹑", ","),
        **dict.fromkeys("。｡．•‧∙⋅・", "."),
        **dict.fromkeys("“”„‟«»「」『』〝〞", '"'),
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("—–―‐‑‒−─~〜～", "-"),
        **dict.fromkeys("【〔〖", "["),
        **dict.fromkeys("】〕〗", "]"),
        **dict.fromkeys("《〈", "<"),
        **dict.fromkeys("》〉", ">"),
        "⋯": "...",
    }
)
_END_MARKS = ".,;:!"  # a question mark stays: it makes another sentence of the same words


def clean(text: str) -> str:
    """The same text without what cannot be seen: one kind of space, no zero-width or control characters.

    Digits, Latin letters and brackets become half-width; Chinese punctuation is left alone.
    Line breaks become spaces, so split on them first where they separate things.
    """
    if not _ODD.search(text):
        return text
    text = _HIDDEN.sub("", text)
    text = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _SPACES.sub(" ", text).strip()


def unwrapped(text: str) -> str:
    """What stands in ="…", the way csv files keep long numbers as text; anything else as it is."""
    found = _WRAPPED.fullmatch(text) if text[:1] in ("=", "＝") else None
    return found[1] if found else text


def squeezed(text: str) -> str:
    """Clean text without any space: for headings, kinds and names of organisations that are compared."""
    return clean(text).replace(" ", "")


def joined_han(text: str) -> str:
    """Clean text without the spaces that touch a Chinese character; those between Latin words stay."""
    text = clean(text)
    return _SPACE_BESIDE_HAN.sub("", text) if " " in text else text


def person_name(text: str) -> str:
    """A person's name in one spelling: `张　三` is `张三`, `买买提・艾力` is `买买提·艾力`.

    Spaces go only from names of two or three Chinese characters, where they pad a column;
    in longer ones a space may part given and family name.
    """
    if _HAN_ONLY.fullmatch(text):
        return clean(text)
    text = _DOT.sub("·", clean(text))
    bare = text.replace(" ", "")
    return bare if len(bare) <= 3 and _HAN_ONLY.fullmatch(bare) else text


def in_substance(text: str) -> str:
    """What a text says, for comparing what two people copied from one handwriting.

    The width of signs, kinds of quotes, dashes and commas, spaces, line ends and the marks at the very end do not count;
    words, digits, their order, and whether there is a mark between two words do.
    """
    text = _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    return "".join(text.translate(_ONE_MARK).split()).rstrip(_END_MARKS)


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, or one of the marks people put for nothing."""
    return clean(text) in BLANKS
