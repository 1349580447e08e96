"""Places in a tree as text: four characters a step, so that a subtree is the range [path, after(path))."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP = 4


def step(number: int) -> str:
    """The `number`th step (0 to 1,679,615) as four base-36 characters."""
    if not 0 <= number < 36**STEP:
        raise ValueError(f"一级之下最多 {36**STEP} 个组织，收到的序号是 {number}。")
    text = ""
    for _ in range(STEP):
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
    return text


def number_of(path: str) -> int:
    """The number of a path's last step."""
    return int(path[-STEP:], 36)


def after(path: str) -> str:
    """The first path behind the subtree of `path`; the subtree is `path <= x < after(path)`."""
    return path[:-1] + chr(ord(path[-1]) + 1)


def ancestors(path: str) -> list[str]:
    """The path itself and every path above it, from the top."""
    return [path[: i + STEP] for i in range(0, len(path), STEP)]


def depth(path: str) -> int:
    """How many steps from the top; the top is 1."""
    return len(path) // STEP


def is_within(path: str, top: str) -> bool:
    """Whether a place lies in the subtree of another (itself included)."""
    return path.startswith(top)
