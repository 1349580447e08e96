"""党内职务: what a written title means for the review regime.

Basis: 豫创组办发〔2010〕26号 三.1 puts duties on secretaries; a vacant seat passes to the deputy in charge.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from dianping.base.chinese_text import is_blank, squeezed
from dianping.base.kinds import LEVELS, heads_of, of_level

_KINDS_LED = {str(level): of_level(level) for level in LEVELS}

# What parts several posts of one person: 书记、主任, 书记兼院长, 书记（兼），委员. A 兼 that begins or belongs to a word parts nothing.
_PARTS = re.compile(r"[、,，;；/+\n]|(?<=[记任长员席理师])\)?\s*(?:并?兼任?)(?!职)")
# A 兼 before a post, once the posts are parted: 兼党支部书记, 兼职委员.
_ALSO = re.compile(r"^(兼任|兼职|兼)")
# A post somebody no longer has: 原书记, 前任书记, 曾任书记, 书记(已免). Not a place: 原阳县委书记, 前进街道工委书记.
_FORMER = re.compile(
    r"^(原(?![阳平州武])|前(?=任|党|支部|总支|书记|副书记|委员)|曾任?)|(已免|离任|卸任|调离)"
)
# Left, as the words in brackets say: 书记(已免).
_LEFT = re.compile(r"[(（][^)）]*(已免|离任|卸任|调离)")
# Words in brackets: 书记(主持工作).
_BRACKETS = re.compile(r"[(\[（][^)\]）]*[)\]）]")
# A secretary of another body, or sent from above: 纪委副书记, 团委书记, 第一书记.
_OTHER_BODIES = re.compile(
    r"(纪委|纪检委|纪律检查委员会|纪检|团委|团总支|团支部|共青团.*|政法委|第一)(副?书记)"
)
# In charge without the post: 主持工作, 主持全面工作.
_IN_CHARGE = re.compile(r"主持.*工作")
# By level, what stands before 书记: 文学院党总支, 机关第一支部, 明川市委.
_LEVELS = tuple((level, re.compile(rf"(?:{'|'.join(map(re.escape, heads_of(level)))})$")) for level in LEVELS)
# Who heads a branch without a secretary: 党支部负责人, 支部临时召集人.
_BRANCH_HEADS = re.compile(r"(支部)(临时)?(负责人|召集人)$")


class ReadPost(NamedTuple):
    """`role`: secretary, acting, deputy, member or none. `level`: branch, general_branch or committee.

    `title` is the whole title as written; for role none the level says nothing.
    """

    role: str
    level: str
    title: str


def read_posts(text: str) -> list[ReadPost]:
    """Every post a written title holds, in its order: 党委书记、党支部书记 are two. Empty when there is none of a Party body.

    书记 alone means the secretary of the holder's own branch. Secretaries of other bodies (纪委书记, 团委书记), former
    ones and 驻村第一书记 are none.
    """
    title = "" if is_blank(text) else squeezed(text)
    found: dict[tuple[str, str], ReadPost] = {}
    parts = parted(title)
    for part in parts:
        role, level = _read_part(part)
        if role == "deputy" and _IN_CHARGE.search(part):
            role = "acting"
        if role != "none":
            found.setdefault((role, level), ReadPost(role, level, part if len(parts) > 1 else title))
    posts = list(found.values())
    if posts and _IN_CHARGE.search(title) and not any(post.role in ("acting", "secretary") for post in posts):
        at = next((at for at, post in enumerate(posts) if post.role == "deputy"), None)
        if at is not None:  # 党委副书记、院长（主持工作）: said of the whole
            posts[at] = posts[at]._replace(role="acting")
    return posts


def read_post(text: str) -> ReadPost:
    """The first post of a title in rank, its `title` the whole as written; role none when it holds none."""
    title = "" if is_blank(text) else squeezed(text)
    best = ReadPost("none", "branch", title)
    for post in read_posts(text):
        if _ORDER[post.role] > _ORDER[best.role]:
            best = post._replace(title=title)
    return best


def parted(title: str) -> list[str]:
    """The posts of a title, cut outside brackets only."""
    kept: list[str] = _BRACKETS.findall(title)
    numbers = iter(range(len(kept)))
    hidden = _BRACKETS.sub(lambda _: f"\0{next(numbers)}\0", title)
    # A bracket put aside: its number between two zero signs.
    back = re.compile("\0([0-9]+)\0")
    parts = (back.sub(lambda found: kept[int(found[1])], part) for part in _PARTS.split(hidden))
    return [bare for part in parts if (bare := _ALSO.sub("", part))]


_ORDER = {"none": 0, "member": 1, "deputy": 2, "acting": 3, "secretary": 4}


def organisation_led(
    post: ReadPost, branch: str, *, parent_of: Mapping[str, str], kind_of: Mapping[str, str]
) -> str:
    """The organisation a secretary or acting deputy in `branch` leads; empty when there is none.

    A 党支部书记 leads his own branch, a 党总支书记 the nearest 党总支 above it, a 党委书记 the nearest committee.
    """
    if post.role not in ("secretary", "acting"):
        return ""
    wanted = _KINDS_LED[post.level]
    seen: set[str] = set()
    at = branch
    while at and at not in seen:
        if kind_of.get(at) in wanted:
            return at
        seen.add(at)
        at = parent_of.get(at, "")
    return ""


def _read_part(part: str) -> tuple[str, str]:
    bare = _BRACKETS.sub("", part)
    if not bare or _FORMER.search(bare) or _LEFT.search(part) or _OTHER_BODIES.search(bare):
        return "none", "branch"
    if _BRANCH_HEADS.search(bare):
        return "acting", "branch"
    head, found, rest = bare.partition("书记")
    if found and not rest:
        # A deputy, by what stands before 书记: 党委副, 常务副.
        deputy = re.sub(r"(常务)?副$", "", head)
        if deputy != head:
            return "deputy", _level(deputy)
        # For the time being, by what stands before 书记: 党支部代理.
        acting = re.sub(r"(代理|代)$", "", head)
        return ("acting" if acting != head else "secretary"), _level(acting)
    if bare.endswith("委员"):
        return "member", _level(bare.removesuffix("委员") or "支部")
    return "none", "branch"


def _level(head: str) -> str:
    # In charge, at the end of what stands before 书记: 主持工作的.
    head = re.sub(r"(主持.*工作的?)$", "", head)
    return next((level for level, ending in _LEVELS if ending.search(head)), "branch")
