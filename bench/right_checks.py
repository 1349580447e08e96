"""Where the package decides who may: in services and rights, or elsewhere. `python -m bench.right_checks [FOLDER]`.

A check is a question asked of whoever looks or acts about a place, a seat or a person (`keeps`, `heads`, … or one of his lists of
them), or a named right asked of him (`permit`, or a `Right` called). One that a page asks by the name its room gives it is the
room's question, not the page's own, and is counted apart.
"""

import ast
import sys
from collections import Counter
from pathlib import Path

ASKED = {
    "keeps", "heads", "judges", "oversees", "audits", "reads", "may_read", "holds", "is_person", "heads_above", "keeps_above",
    "has_charge_of", "is_account",
}  # fmt: skip
NAMED = {"is_site_clerk", "has_seat", "is_clerk"}
LISTS = {"post_ids", "posts"}  # `x in viewer.post_ids`
ASKING = {"permit", "caused"}
WHO = {"viewer", "actor", "looking", "himself"}
INSIDE = {"services", "rights"}
READERS = {"viewer.py", "audit.py"}  # where the questions themselves are defined


def _who(node: ast.expr) -> bool:
    """Whether an expression names whoever looks or acts."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in WHO


def rights_of(package: Path) -> set[str]:
    """The names that rooms give to their rights."""
    found = set()
    for path in package.glob("*/rights.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith(("may_", "is_")):
                found.add(node.name)
    return found


def checks_in(tree: ast.AST, named: set[str]) -> Counter[str]:
    """How many checks of one's own, and how many asked by name, stand in a file."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found["own"] += node.func.attr in ASKED and _who(node.func.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found["asked"] += node.func.id in ASKING
            found["named"] += node.func.id in named
        elif isinstance(node, ast.Attribute) and node.attr in NAMED:
            found["own"] += _who(node.value)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In):
            right = node.comparators[0]
            found["own"] += isinstance(right, ast.Attribute) and right.attr in LISTS and _who(right.value)
    return found


def counted(package: Path) -> tuple[Counter[str], Counter[str]]:
    """(in services and rights, elsewhere)."""
    inside, outside = Counter[str](), Counter[str]()
    named = rights_of(package)
    for path in sorted(package.rglob("*.py")):
        parts = {part.removesuffix(".py") for part in path.relative_to(package).parts}
        if path.name in READERS or "migrations" in parts:
            continue
        (inside if parts & INSIDE else outside).update(checks_in(ast.parse(path.read_text("utf-8")), named))
    return inside, outside


def main() -> None:
    package = Path(sys.argv[1] if len(sys.argv) > 1 else "dianping")
    inside, outside = counted(package)
    own = inside["own"] + inside["asked"]
    print(f"right checks inside services and rights: {own} of {own + outside['own']}")
    print(
        f"  services say permit or caused: {inside['asked']}; questions put together in rights: {inside['own']}"
    )
    print(
        f"  elsewhere: {outside['own']} of their own, {outside['named']} that ask a room's right by its name"
    )


if __name__ == "__main__":
    main()
