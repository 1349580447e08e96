"""What a linter cannot see of the house (docs/index.md): keys, links, sign-in, purity, documents."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dianping"
LAYERS = next(
    contract["layers"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    if contract.get("containers") == ["dianping"]
)
FLOORS = [
    room.strip() for layer in reversed(LAYERS) for room in reversed(layer.split("|"))
]  # from the ground
NOUNS = sorted(path.parent.name for path in (PACKAGE / "pages").glob("*/urls.py"))
# Views anybody may open, each with its reason.
PUBLIC = {
    "accounts:sign_in": "one has to be able to sign in",
    "accounts:here": "a page that outlived its sign-in asks whose words it may send",
    "accounts:activate": "whoever comes with his slip has no password yet",
    "workbench:alive": "says only that the process answers",
    "door:enter": "群众的表",
    "door:send": "群众的表",
    "door:who": "群众的表",
    "door:stub": "群众的表",
}


def room_of(module: str) -> str:
    return module.split(".")[1]


def our_models():
    return [m for m in apps.get_models() if m.__module__.startswith("dianping.")]


def test_every_foreign_key_points_to_its_own_room_or_a_lower_floor():
    wrong = []
    for model in our_models():
        for field in model._meta.get_fields():
            if field.many_to_one or (field.one_to_one and field.concrete):
                target = field.related_model.__module__
                if target.startswith("dianping.") and FLOORS.index(room_of(target)) > FLOORS.index(
                    room_of(model.__module__)
                ):
                    wrong.append(f"{model.__name__}.{field.name} → {target}")
    assert wrong == []


def test_a_key_that_crosses_rooms_leaves_no_reverse_name_behind():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model.__module__.startswith("dianping.")
        and room_of(field.related_model.__module__) != room_of(model.__module__)
        and not field.remote_field.hidden
    ]
    assert wrong == []


def test_every_link_in_a_template_points_down():
    wrong = []
    for template in PACKAGE.glob("**/templates/**/*.html"):
        room = template.relative_to(PACKAGE).parts[0]
        for target in re.findall(r"{%\s*url\s+['\"](\w+):", template.read_text("utf-8")):
            floor = "pages" if target in NOUNS else target
            if FLOORS.index(floor) > FLOORS.index(room) and room != "common":
                wrong.append(f"{template.relative_to(PACKAGE)} → {target}")
        if room == "common" and re.search(r"{%\s*url\s", template.read_text("utf-8")):
            wrong.append(
                f"{template.relative_to(PACKAGE)} names a url; the ground takes its links from its context"
            )
    assert wrong == []


def test_nothing_of_an_answer_refers_to_a_person_an_account_or_a_moment():
    """Only whom a poll is about, and who keeps a key, is known; no table of slips, envelopes or answers knows anybody."""
    people = {"orgs.Person", "orgs.Membership", "accounts.User", "accounts.Grant"}
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        if room_of(model.__module__) == "opinions"
        for field in model._meta.get_fields()
        if (
            field.is_relation
            and field.related_model._meta.label in people
            and (model.__name__, field.name) != ("Subject", "person")
        )
        or field.concrete
        and "Time" in field.get_internal_type()
    ]
    assert wrong == []


def views(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern


def test_every_url_demands_sign_in_or_stands_on_the_public_list():
    open_views = {name for name, pattern in views() if not getattr(pattern.callback, "login_required", True)}
    assert open_views == set(PUBLIC)


def test_every_url_has_a_name():
    assert [pattern for name, pattern in views() if name.endswith("None")] == []


# Libraries without input, output or clock that rules may use, each with its reason.
PURE = {
    "borax": "the lunar calendar: nobody should work out Spring Festival by hand",
}


def test_rules_import_the_standard_library_the_base_and_their_own_room_s_only():
    folders = [PACKAGE / "base", *PACKAGE.glob("*/rules")]
    assert len(folders) > 9
    wrong = []
    for folder in folders:
        own = ".".join(folder.relative_to(ROOT).parts)
        for path in folder.rglob("*.py"):
            for name in imported(path):
                top = name.split(".")[0]
                ours = name.startswith((own, "dianping.base"))
                if top not in sys.stdlib_module_names | PURE.keys() and not ours:
                    wrong.append(f"{path.relative_to(PACKAGE)}: {name}")
    assert wrong == []


def imported(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names


def test_every_url_is_named_by_the_noun_it_lies_with():
    """`polls:poll_new` lies in pages/polls: whoever meets a name knows the folder. No two nouns share a url's own name, since
    what is told of a page (GIVEN_BACK, what an entry says was shown) goes by it."""
    named = [name for name, _ in views()]
    assert {name.partition(":")[0] for name in named} == {*NOUNS, "door"}
    own = [name.partition(":")[2] for name in named if not name.startswith("door:")]
    assert len(own) == len(set(own))


def test_every_noun_has_its_files_together():
    """urls, views, forms, what it shows, templates and scripts: in its own folder, under its own name."""
    wrong = [
        str(path.relative_to(PACKAGE))
        for kind in ("templates", "static")
        for path in (PACKAGE / "pages").glob(f"*/{kind}/**/*.*")
        if path.relative_to(PACKAGE).parts[3:5] != ("pages", path.relative_to(PACKAGE).parts[1])
    ]
    assert wrong == []


def test_every_command_is_named_in_the_documents():
    ours = {name for name, app in get_commands().items() if str(app).startswith("dianping.")}
    text = "\n".join(path.read_text("utf-8") for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    assert {name for name in ours if name not in text} == set()


def test_no_business_verb_hides_in_a_save():
    wrong = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"def save\(self|@receiver\(|post_save|pre_save", path.read_text("utf-8"))
    ]
    assert wrong == []


@pytest.mark.parametrize("call", [r"date\.today\(\)", r"timezone\.localdate\(\)", r"timezone\.now\(\)"])
def test_today_is_passed_in(call):
    wrong = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.name != "clock.py" and re.search(call, path.read_text("utf-8"))
    ]
    assert wrong == []


def test_every_clause_has_its_row():
    rows = re.findall(r"^\|\s*(\d+)\s*\|", (ROOT / "docs" / "clauses.md").read_text("utf-8"), re.MULTILINE)
    assert {int(n) for n in rows} >= set(range(1, 42))


@pytest.mark.parametrize("paper", ["clauses.md", "house.md", "benchmarks.md", "glossary.md"])
def test_what_a_paper_names_is_there(paper):
    """Every file in backticks, from the root, from dianping/ or tests/, and the function named behind it. docs/house.md may
    name a file by its last part where the line has said the folder."""
    text = (ROOT / "docs" / paper).read_text("utf-8")
    tracked = [path for top in ("dianping", "tests", "docs", "bench") for path in (ROOT / top).rglob("*.*")]
    wrong = []
    # `path/to/file.ext`, perhaps followed by ::name
    for named, function in re.findall(r"`([\w./-]+\.(?:py|toml|html|js|css|md|json))(?:::(\w+))?`", text):
        short = paper == "house.md"
        files = [base / named for base in (ROOT, PACKAGE, ROOT / "tests", ROOT / "docs")]
        files += [path for path in tracked if short and path.as_posix().endswith(f"/{named}")]
        there = [path for path in files if path.is_file()]
        if function:  # a def, a class or a name given at the start of a line
            said = re.compile(rf"^\s*(?:def|class) {function}\b|^{function}\b", re.MULTILINE)
            there = [path for path in there if said.search(path.read_text("utf-8"))]
        if not there:
            wrong.append(f"{named}::{function}" if function else named)
    assert wrong == []


def test_whatever_is_chosen_is_chosen_of_what_stands():
    """`organisations_below` holds dissolved ones too: they may be read about, never asked, drawn or written to."""
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if path.parts[-3:-1] != ("orgs", "selectors") and "organisations_below" in path.read_text("utf-8")
    }
    assert readers == {"pages/frame/scope.py"}


def test_no_test_has_a_page_evaluate_text_again_and_again():
    """A page's content security policy refuses it as soon as it has to wait; `until` asks from outside."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if any(
            isinstance(node, ast.Attribute) and node.attr == "wait_for_function"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    ]
    assert not wrong


# Where a transaction is begun by hand, and why that is no act of the chain.
BY_HAND = {
    "dianping/common/acts.py": "acts themselves",
    "dianping/common/formkeys.py": "a savepoint around the key",
    "dianping/common/keymarks.py": "the digests of keys are no record of the house",
    "dianping/accounts/trying.py": "a password that is tried is counted before it is looked at, whatever becomes of it",
    "dianping/accounts/activation.py": "a code that is tried is counted before it is looked for, whatever becomes of it",
    "dianping/demo/sample.py": "the sample is loaded whole; its acts are acts",
    "dianping/opinions/services/sending.py": "a form from the masses leaves no entry",
}


def test_whoever_writes_does_it_in_an_act():
    """`transaction.atomic` alone would write records that no entry vouches for."""
    found = {
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*.py")
        if "/migrations/" not in str(path) and "transaction.atomic" in path.read_text("utf-8")
    }
    assert found == set(BY_HAND)


def test_every_folder_of_tests_with_fixtures_of_its_own_is_a_package():
    """Otherwise all of them are one module called conftest, and what one makes is looked for in another (tests/kept.py)."""
    folders = [path.parent for path in (ROOT / "tests").glob("*/**/conftest.py")]
    assert [str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists()] == []


# Named in an annotation though it lies above, with the reason.
NAMED_FROM_BELOW = {
    (
        "common/audit.py",
        "dianping.orgs.models",
    ): "whose person acts is a Person; the room of whoever acts fills it in"
}


def test_what_is_imported_for_annotations_alone_points_upstream_too():
    """import-linter leaves imports under TYPE_CHECKING out, so that views may name models; the floors hold for them all the same."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        here = path.relative_to(PACKAGE)
        for block in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
                for node in ast.walk(block):
                    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dianping."):
                        room, own = room_of(node.module), here.parts[0]
                        own = "pages" if own == "demo" else own
                        if FLOORS.index(room) > FLOORS.index(own):
                            found.add((str(here), node.module))
    assert found == set(NAMED_FROM_BELOW)


SEAT_BY_HAND = re.compile(
    r"(post|seat|owed_by)\.organisation\.(?:short_)?name\s*\}{1,2}\s*\{{1,2}\s*[\w.]*\1\.title"
)  # {{ post.organisation.short_name }}{{ post.title }}: 文学院党委党委书记


def test_a_seat_is_called_as_people_say_it():
    """`Post.called` says 党委 once."""
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]:
        assert SEAT_BY_HAND.search(path.read_text("utf-8")) is None, path.relative_to(PACKAGE)


AT_THE_TOP = {
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "README.zh-CN.md", "manage.py", "pyproject.toml",
    "requirements-dev.lock", "requirements-installer.lock", "requirements.lock", "run",
}  # fmt: skip


def test_no_file_lies_at_the_top_that_a_run_has_left_there():
    """What a start or a test writes (passwords among it) goes into a data folder or its own, never beside the code."""
    there = {path.name for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")}
    assert there == AT_THE_TOP
