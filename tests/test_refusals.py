"""Every refusal and coded fault in the source: a code that is a literal, of its noun; and its sentence, held in one place.

Sentences are tested here and nowhere else: tests/refusals.json holds what stands in the source for each code. Whoever changes
a sentence on purpose runs `DIANPING_NEW_SENTENCES=1 ./run test tests/test_refusals.py` and looks at the difference.
"""

import ast
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import RequestFactory

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dianping"
HELD = ROOT / "tests" / "refusals.json"
CODE = re.compile(r"[a-z]+\.[a-z]+(-[a-z]+){0,3}")  # a noun, and at most four words for what is wrong
# Raised where many nouns meet: there the code names the noun.
ANY_NOUN = {"common", "base", "door", "acts", "pages", "api", "config", "demo"}
# What is refused below the rooms, of things that have no room.
WITHOUT_ROOM = {
    "audit",
    "backup",
    "database",
    "dates",
    "files",
    "fonts",
    "identities",
    "lists",
    "periods",
    "pictures",
    "rights",
    "site",
    "toml",
}
# Told within the sentence of whoever asked.
PART_OF_A_SENTENCE = {"NotThat", "NotToml"}


@dataclass(frozen=True)
class Raised:
    """One refusal or fault as it stands in the source. `code` is "" where it is no literal; `given` then is the expression."""

    place: str
    room: str
    kind: str
    code: str
    given: str
    sentences: tuple[str, ...]
    remedies: tuple[str, ...]


def sources() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def kinds(trees: dict[Path, ast.Module]) -> set[str]:
    """Refusal, CodedFault and whatever stands below them, by name."""
    found, before = {"Refusal", "CodedFault"}, set[str]()
    classes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while found != before:
        before = set(found)
        found |= {one.name for one in classes if found & {ast.unparse(base) for base in one.bases}}
    return found


def templates(node: ast.expr | None) -> tuple[str, ...]:
    """What may be said, with {expressions} for what is filled in: one text for each branch of a condition."""
    if node is None:
        return ("",)
    if isinstance(node, ast.Constant):
        return (str(node.value),)
    if isinstance(node, ast.IfExp):
        return (*templates(node.body), *templates(node.orelse))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return tuple(a + b for a in templates(node.left) for b in templates(node.right))
    if isinstance(node, ast.List):
        return tuple(text for one in node.elts for text in templates(one))
    if isinstance(node, ast.JoinedStr):
        parts = [
            str(part.value) if isinstance(part, ast.Constant) else "{" + ast.unparse(part.value) + "}"  # type: ignore[attr-defined]
            for part in node.values
        ]
        return ("".join(parts),)
    return ("{" + ast.unparse(node) + "}",)


def made(call: ast.Call, names: set[str]) -> bool:
    """Whether a call makes a refusal or a fault: one of the kinds, or whatever is given a literal code (a row of a list)."""
    return ast.unparse(call.func) in names or any(
        word.arg == "code" and isinstance(word.value, ast.Constant) and CODE.fullmatch(str(word.value.value))
        for word in call.keywords
    )


def said(call: ast.Call, names: set[str]) -> ast.expr | None:
    """What of a call is the sentence: the first it is given; of a row of a list or what makes one the last Chinese."""
    if ast.unparse(call.func) in names or not call.args:
        return call.args[0] if call.args else None
    chinese = [given for given in call.args if re.search(r"[\u4e00-\u9fff]", ast.unparse(given))]
    return chinese[-1] if chinese else call.args[0]


def raised() -> Iterator[Raised]:
    trees = sources()
    names = kinds(trees)
    for path, tree in trees.items():
        place = path.relative_to(PACKAGE)
        heads = {  # a kind that says its sentence itself
            id(call)
            for one in ast.walk(tree)
            if isinstance(one, ast.ClassDef) and one.name in names - {"Refusal", "Conflict", "CodedFault"}
            for call in ast.walk(one)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__"
        }
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not (made(call, names) or id(call) in heads):
                continue
            given = {word.arg: word.value for word in call.keywords}
            code = given.get("code")
            literal = isinstance(code, ast.Constant) and isinstance(code.value, str)
            if id(call) in heads and not literal:
                continue  # hands on the code it was given
            if not call.args and "code" not in given:
                continue  # such a kind as it is raised
            yield Raised(
                f"{place}:{call.lineno}",
                place.parts[0],
                ast.unparse(call.func),
                code.value if literal else "",  # type: ignore[union-attr]
                "" if code is None else ast.unparse(code),
                templates(said(call, names)),
                templates(given.get("remedy")),
            )


RAISED = list(raised())
BY_CODE: dict[str, list[str]] = defaultdict(list)
for one in RAISED:
    for sentence in one.sentences:
        BY_CODE[one.code].append(sentence)


def by_code() -> dict[str, list[str]]:
    """Each code with all that is said under it; refusals that hand on another's code stand under the expression."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in RAISED:
        remedies = one.remedies
        for at, words in enumerate(one.sentences):
            with_remedy = remedies if len(remedies) != len(one.sentences) else remedies[at : at + 1]
            found[one.code or f"({one.given})"] |= {f"{words}{remedy}" for remedy in with_remedy}
    return {code: sorted(found[code]) for code in sorted(found)}


def test_there_are_refusals_to_look_at() -> None:
    assert len(RAISED) > 300
    assert len(BY_CODE) > 200


def what_is_wrong_with_the_code(one: Raised) -> str:
    if not one.code:  # then it is the code of the very refusal or fault that is told on
        return "" if re.fullmatch(r"(\w+\.)?code", one.given) else f"the code is {one.given or 'missing'}"
    if not CODE.fullmatch(one.code):
        return f"{one.code} is not noun.what-is-wrong in at most four words"
    noun = one.code.partition(".")[0]
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - ANY_NOUN
    if one.room in ANY_NOUN:
        return "" if noun in rooms | WITHOUT_ROOM else f"nothing is called {noun}"
    return "" if noun == one.room else f"{one.code} is raised in {one.room}"


def test_every_code_is_a_literal_of_its_noun() -> None:
    wrong = [f"{one.place}: {told}" for one in RAISED if (told := what_is_wrong_with_the_code(one))]
    assert wrong == []


def test_a_sentence_has_one_code() -> None:
    """Two codes for the same words would be one fault under two names; and a bare expression says nothing of its own."""
    codes: dict[str, set[str]] = defaultdict(set)
    for one in RAISED:
        for words in one.sentences:
            if one.code and re.search(r"[\u4e00-\u9fff]", words):
                codes[f"{one.code.partition('.')[0]} {re.sub(r'{[^}]*}', '{}', words)}"].add(one.code)
    assert {words: sorted(many) for words, many in codes.items() if len(many) > 1} == {}


def what_is_wrong_with_the_words(told: str) -> str:
    bare = re.sub(r"{[^}]*}", "{}", told)
    if not bare.endswith(("。", "}")):  # what is handed on ends as it was given
        return "no full stop at the end"
    if re.search("[!！]|。。", bare):
        return "an exclamation mark, or two full stops"
    return "" if "{}" in bare or re.search(r"[\u4e00-\u9fff]", bare) else "nothing is said"


def test_every_sentence_is_one() -> None:
    """A full stop at its end, none twice, and nobody is shouted at."""
    wrong = [
        f"{one.place}: {told}: {words}{remedy}"
        for one in RAISED
        for words in one.sentences
        for remedy in one.remedies
        if one.kind not in PART_OF_A_SENTENCE and (told := what_is_wrong_with_the_words(f"{words}{remedy}"))
    ]
    assert wrong == []


def test_the_sentences_are_the_ones_held() -> None:
    if os.environ.get("DIANPING_NEW_SENTENCES"):
        HELD.write_text(json.dumps(by_code(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    held = json.loads(HELD.read_text("utf-8"))
    assert by_code() == held, (
        "a sentence was changed; on purpose: DIANPING_NEW_SENTENCES=1 ./run test tests/test_refusals.py"
    )


def test_nobody_decides_by_a_sentence() -> None:
    """No line of Python asks what stands in a refusal's words: that is what codes are for."""
    asks = re.compile(
        r"\bin str\((?:no|refusal|why|fault|exc|error)\)"
        r"|\b(?:no|refusal|why)\.sentence(?:\.startswith| ==| !=)"
        r"|\bin (?:no|refusal|why)\.(?:sentence|remedy)\b"
        r"|\bstr\((?:no|refusal|why)\)(?:\.startswith| ==| !=)"
    )
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if asks.search(line)
    ]
    assert wrong == []


def test_no_script_decides_by_a_sentence() -> None:
    """No script of ours compares what it was told with Chinese words."""
    asks = re.compile(
        r"""\.(?:includes|startsWith|endsWith|indexOf|search|match)\(\s*[/"'`][^)]*[\u4e00-\u9fff]"""
    )
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(PACKAGE.glob("**/static/**/*.js"))
        if "vendor" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if asks.search(line)
    ]
    assert wrong == []


def test_the_log_has_the_code_and_nothing_that_was_said(caplog: pytest.LogCaptureFixture) -> None:
    from django.http import HttpResponse

    from dianping.common.refusal import Refusal
    from dianping.common.refusing import carry_refusal, note_refusal

    request = RequestFactory().post("/duties/7/paper/", {"words": "冉小禾"})
    no = note_refusal(request, Refusal("冉小禾已经办了。", code="duties.already-done"))
    with caplog.at_level("INFO", "dianping.refusals"):
        answer = carry_refusal(request, HttpResponse(str(no)))
    assert answer.headers["X-Refusal"] == "duties.already-done"
    (line,) = [record.getMessage() for record in caplog.records]
    assert "duties.already-done" in line
    assert "冉小禾" not in line
