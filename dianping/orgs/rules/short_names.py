"""What people call an organisation when its superior is plain from the page: 文学院党委 for 中共明川大学文学院委员会."""

_ENDINGS = (
    ("直属支部委员会", "直属党支部"),
    ("总支部委员会", "党总支"),
    ("总支委员会", "党总支"),
    ("支部委员会", "党支部"),
    ("工作委员会", "工委"),
    ("委员会", "党委"),
)
_BODIES = ("直属党支部", "党支部", "党总支", "党委", "工委", "党组")


def everyday_name(name: str) -> str:
    """The name without 中共, its ending as people say it: 明川大学文学院党委."""
    text = name.removeprefix("中共").removeprefix("中国共产党")
    for official, said in _ENDINGS:
        if text.endswith(official):
            return text.removesuffix(official) + said
    return text


def short_name(name: str, parent: str = "") -> str:
    """The everyday name without the superior's own, where it begins with it and something is left."""
    text = everyday_name(name)
    above = everyday_name(parent)
    for body in _BODIES:
        if above.endswith(body):
            above = above.removesuffix(body)
            break
    rest = text.removeprefix(above) if above else text
    return text if rest in ("", *_BODIES) else rest
