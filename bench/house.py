"""The house in figures: what docs/house.md prints, measured from the sources. Nothing of it is run but the database set-up.

    ./run python bench/house.py            the figures
    ./run python bench/house.py --write    the same, put into docs/house.md between its marks

Arrows are imports of one module of the package by another, those under TYPE_CHECKING left out, as import-linter counts them.
A statement in SQL, or a pattern, is told of when a comment stands in it, beside it, or on the lines right above it.
"""

import argparse
import ast
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeGuard

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "dianping"
MARKS = ("<!-- figures: bench/house.py -->", "<!-- end of figures -->")
SQL = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|DROP|ANALYZE)\b"
)  # how a statement begins
# Whole lines of SQL are longer than what is compared with; shorter strings are words of a sentence.
SQL_LEAST = 30
WIDE = 140
FLOORS = tuple(  # from the top
    tuple(room.strip() for room in floor.split("|"))
    for floor in next(
        contract["layers"]
        for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
            "contracts"
        ]
        if contract.get("containers") == ["dianping"]
    )
)


class Source(NamedTuple):
    """One Python file of the package."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """Where it lies, from the package on."""
        return self.path.relative_to(PACKAGE).parts

    @property
    def room(self) -> str:
        """Its room; pages are counted by noun."""
        first = self.parts[0]
        return f"pages/{self.parts[1]}" if first == "pages" and len(self.parts) > 2 else first


def main() -> None:
    """Measure, tell, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sources = list(read_sources())
    rows = list(figures(sources))
    table = "\n".join(
        ["| question | found |", "|---|---|", *(f"| {name} | {found} |" for name, found in rows)]
    )
    told = f"{table}\n\n```\n{tree(sources)}\n```"
    print(told)
    if given.write:
        paper = ROOT / "docs" / "house.md"
        before, _, rest = paper.read_text("utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        paper.write_text(f"{before}{MARKS[0]}\n{told}\n{MARKS[1]}{after}", "utf-8")


def read_sources() -> Iterator[Source]:
    """Every Python file of the package but the migrations."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            text = path.read_text("utf-8")
            yield Source(path, text, ast.parse(text))


def figures(sources: list[Source]) -> Iterator[tuple[str, str]]:
    """Each line of the table: what is asked, and what was found."""
    arrows = imports()
    upward = [(a, b) for a, b in arrows if floor_of(a) > floor_of(b)]
    yield (
        "arrows between modules; upward ones; cycles of modules",
        f"{len(arrows):,}; {len(upward)}; {len(cycles(arrows))}",
    )
    shares = room_shares(sources)
    room, lines = shares.most_common(1)[0]
    yield (
        "largest room's share of the package (pages counted by noun)",
        f"{lines / shares.total():.1%} ({room})",
    )
    yield "places in which polls lie", places_of_polls(sources)
    asked, all_checks = rights_asked(sources)
    yield "right checks inside services and rights, of all", f"{asked} of {all_checks}"
    anys, in_views = count_any(sources)
    yield "`Any` in annotations; of these in a view's own signature", f"{anys}; {in_views}"
    wide, html = wide_html()
    yield f"HTML lines over {WIDE} characters", f"{wide / html:.1%} ({wide} of {html:,})"
    yield "database set-up (every migration, SQLite), processor time", f"{set_up_seconds():.1f} s"
    yield "class names used twice or more", repeated_classes(sources)
    words = Counter(word for s in sources for word in re.findall(r"\b(?:found|one)\b", code_only(s)))
    yield "`found` and `one` as names in code", f"{words['found']}, {words['one']}"
    told, all_sql = told_of(sources, is_sql)
    yield "statements in SQL that say what they find", f"{told} of {all_sql}"
    told, all_patterns = told_of(sources, is_pattern)
    yield "patterns that say what they find", f"{told} of {all_patterns}"
    functions = [
        n for s in sources for n in ast.walk(s.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = sorted((n.end_lineno or n.lineno) - n.lineno + 1 for n in functions)
    yield (
        "longest function; p99; median",
        f"{lengths[-1]}; {lengths[len(lengths) * 99 // 100]}; {lengths[len(lengths) // 2]} lines",
    )
    public = [n for n in functions if not n.name.startswith("_")]
    yield (
        "public functions without a docstring",
        str(sum(ast.get_docstring(n) is None for n in public if is_outer(n, sources))),
    )


def floor_of(module: str) -> int:
    """The floor of a module, 0 at the top."""
    room = module.split(".")[1]
    return next(at for at, rooms in enumerate(FLOORS) if room in rooms)


def imports() -> set[tuple[str, str]]:
    """(importer, imported) of the package's own modules."""
    import grimp  # comes with import-linter

    sys.path.insert(0, str(ROOT))
    graph = grimp.build_graph("dianping", exclude_type_checking_imports=True, cache_dir=None)
    return {
        (one, other)
        for one in graph.modules
        if one.count(".")
        for other in graph.find_modules_directly_imported_by(one)
        if other.count(".")
    }


def cycles(arrows: set[tuple[str, str]]) -> list[list[str]]:
    """Groups of modules each of which leads back to itself through the others (Tarjan's components)."""
    leads: dict[str, list[str]] = {}
    for one, other in arrows:
        leads.setdefault(one, []).append(other)
        leads.setdefault(other, [])
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []
    sys.setrecursionlimit(10_000)

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        stack.append(module)
        for other in leads[module]:
            if other not in order:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], order[other])
        if low[module] == order[module]:
            at = stack.index(module)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1:
                groups.append(sorted(group))

    for module in sorted(leads):
        if module not in order:
            visit(module)
    return groups


def room_shares(sources: list[Source]) -> "Counter[str]":
    """Lines of Python by room, pages by noun."""
    shares: Counter[str] = Counter()
    for source in sources:
        shares[source.room] += source.text.count("\n")
    return shares


def places_of_polls(sources: list[Source]) -> str:
    """Rooms and nouns with a module named for polls, slips or the box, and the room itself."""
    named = {s.room for s in sources if re.search(r"poll|slip|box", s.path.stem)} | {"opinions"}
    named |= {"door"}  # the form itself
    named.discard("common")  # common/office prints slips as it prints everything
    return f"{len(named)} ({', '.join(sorted(named))})"


ASKING = re.compile(  # a question about who acts: of the actor, of a viewer, or of a room's rights
    r"\b(?:permit|caused)\(|(?:actor|viewer)\.(?:keeps|heads|judges|oversees|reads|may_read|audits|holds|is_site_clerk)\b"
)


def rights_asked(sources: list[Source]) -> tuple[int, int]:
    """How many questions of rights stand in services and rights, and how many there are."""
    inside = everywhere = 0
    for source in sources:
        count = len(ASKING.findall(source.text))
        everywhere += count
        if any(part in ("services", "services.py", "rights", "rights.py", "acts") for part in source.parts):
            inside += count
    return inside, everywhere


def annotations(tree: ast.Module) -> Iterator[ast.expr]:
    """Every annotation: of arguments, of what is returned, of names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            yield node.returns


def names_any(annotation: ast.expr) -> int:
    """How often an annotation says Any."""
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(annotation))


def count_any(sources: list[Source]) -> tuple[int, int]:
    """`Any` in all annotations, and in the signatures of views (functions that take a request)."""
    everywhere = sum(names_any(a) for s in sources for a in annotations(s.tree))
    views = 0
    for source in sources:
        for node in source.tree.body:
            if is_view(node, source):
                own = [a.annotation for a in node.args.args if a.annotation] + [node.returns]
                views += sum(names_any(a) for a in own if a)
    return everywhere, views


def is_view(node: ast.stmt, source: Source) -> "TypeGuard[ast.FunctionDef]":
    """Whether something at the outside of a file is a view: it takes a request first, and others call it."""
    return (
        isinstance(node, ast.FunctionDef)
        and any(part.startswith("views") for part in source.parts)
        and not node.name.startswith("_")
        and bool(node.args.args)
        and node.args.args[0].arg == "request"
    )


def wide_html() -> tuple[int, int]:
    """Lines of templates that are too wide, and all."""
    lines = [
        line
        for path in PACKAGE.rglob("*.html")
        if "vendor" not in path.parts
        for line in path.read_text("utf-8").splitlines()
    ]
    return sum(len(line) > WIDE for line in lines), len(lines)


def set_up_seconds() -> float:
    """How long every migration takes on an empty SQLite file, less starting Python."""
    with tempfile.TemporaryDirectory() as home:
        program = (
            "import time, django; django.setup();"
            "from django.core.management import call_command; begun = time.process_time();"
            "call_command('migrate', verbosity=0); print(time.process_time() - begun)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={
                "PATH": "/usr/bin:/bin",
                "DIANPING_HOME": home,
                "DJANGO_SETTINGS_MODULE": "dianping.config.settings",
            },
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout.split()[-1])


def repeated_classes(sources: list[Source]) -> str:
    """Class names that more than one module uses, with how many, forms' Meta and commands left out."""
    names = Counter(
        node.name
        for s in sources
        for node in s.tree.body
        if isinstance(node, ast.ClassDef) and node.name not in ("Command",)
    )
    return ", ".join(f"{name} {times}" for name, times in names.most_common() if times > 1) or "none"


def code_only(source: Source) -> str:
    """The names in a file: no strings, no comments."""
    return " ".join(
        node.id if isinstance(node, ast.Name) else node.arg
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name | ast.arg)
    )


def is_sql(node: ast.AST) -> bool:
    """Whether a string is a statement in SQL."""
    if isinstance(node, ast.JoinedStr):
        node = next((v for v in node.values if isinstance(v, ast.Constant)), node)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) >= SQL_LEAST
        and bool(SQL.match(node.value))
    )


def is_pattern(node: ast.AST) -> bool:
    """Whether a call compiles a pattern."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"


def told_of(sources: list[Source], wanted: "type[object] | object") -> tuple[int, int]:
    """How many of the wanted places have a comment in them, at their side or right above, and how many there are."""
    told = everywhere = 0
    for source in sources:
        lines = source.text.splitlines()
        inner = {id(v) for n in ast.walk(source.tree) if isinstance(n, ast.JoinedStr) for v in n.values}
        for statement in ast.walk(source.tree):
            if not isinstance(statement, ast.stmt) or isinstance(
                statement, ast.FunctionDef | ast.ClassDef | ast.With | ast.If | ast.For
            ):
                continue
            for node in ast.walk(statement):
                if id(node) in inner or not wanted(node):  # type: ignore[operator]
                    continue
                everywhere += 1
                first, last = min(statement.lineno, node.lineno), node.end_lineno or node.lineno  # type: ignore[attr-defined]
                near = lines[first - 1 : last]
                above = lines[first - 2] if first > 1 else ""
                told += any("#" in line or "--" in line for line in near) or above.lstrip().startswith("#")
    return told, everywhere


def is_outer(node: ast.AST, sources: Iterable[Source]) -> bool:
    """Whether a function stands at the outside of its file or class."""
    return any(node in s.tree.body for s in sources) if isinstance(node, ast.FunctionDef) else False


def tree(sources: list[Source]) -> str:
    """The rooms floor by floor, each with its lines and what lies in it."""
    shares = room_shares(sources)
    rows = []
    for rooms in FLOORS:
        for room in rooms:
            if room == "pages":
                nouns = {
                    name.partition("/")[2]: lines
                    for name, lines in shares.items()
                    if name.startswith("pages/")
                }
                rows.append(
                    f"{'pages/':<16}{sum(nouns.values()):>6,}  "
                    + " ".join(f"{n} {v:,} ·" for n, v in sorted(nouns.items())).rstrip(" ·")
                )
                continue
            stairs = sorted(
                {s.parts[1].removesuffix(".py") for s in sources if s.parts[0] == room and len(s.parts) > 1}
                - {"__init__", "apps"}
            )
            rows.append(f"{room + '/':<16}{shares[room]:>6,}  {' '.join(stairs)}")
    return "\n".join(rows)


if __name__ == "__main__":
    begun = time.perf_counter()
    main()
    print(f"\nmeasured in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
