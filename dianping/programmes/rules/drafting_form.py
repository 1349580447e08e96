"""How a review is written, from accepted lines: its parts, what to look at, modes, forms, what follows."""

from dianping.programmes.rules.accepted import FORM, NOT_CARRIED_OUT, NOTE, Accepted, AcceptedLine, Passage
from dianping.programmes.rules.drafting_words import FORM_KEYS, MODE_NAMES, parts_in
from dianping.programmes.rules.focus import points_of, whom_of
from dianping.programmes.rules.model import USUAL_PARTS

_LOOKED_INTO = (
    "征求意见",
    "调查研究",
    "调研",
    "掌握情况",
    "走访",
)  # what a review is to rest on, as papers say it


def templates(accepted: Accepted, *, whole: bool) -> list[dict[str, object]]:
    """What a paper says of the form for each class of target, and nothing where it says nothing: then what a superior ordered
    stands, or the usual parts. `whole`: the parts of an organisation's review are its secretary's too, where nothing else is said.
    """
    parts: dict[str, tuple[AcceptedLine, tuple[str, ...]]] = {}
    for line in accepted.demands("parts"):
        for about, keys in parts_in(line.text).items():
            parts[about] = (line, keys)
            accepted.ended(line, FORM, "写哪几部分。")
        accepted.ended(line, NOT_CARRIED_OUT, "没有读出是对谁的、哪几部分；写法照原来的。")
    focus = _focus(accepted)
    entries: list[dict[str, object]] = []
    for about in ("organisation", "secretary", "member"):
        said = parts.get(about) or (parts.get("organisation") if about == "secretary" and whole else None)
        looked = focus.get(about)
        entry: dict[str, object] = {"about": about}
        if said is not None:
            line, keys = said
            entry["part"] = [{"key": key, "name": name, "required": key in keys} for key, name in USUAL_PARTS]
            entry |= line.cited
        if looked is not None:
            entry["look_at"] = list(looked[1])
            if said is None:
                entry |= looked[0].cited
            else:
                entry["looked_at"] = looked[0].cited
        if len(entry) > 1:
            entries.append(entry)
    return entries


def _focus(accepted: Accepted) -> dict[str, tuple[AcceptedLine, tuple[str, ...]]]:
    """What to look at, by class of target, named in the sentence or in the one about parts just before it."""
    found: dict[str, tuple[AcceptedLine, tuple[str, ...]]] = {}
    before = ""
    for line in accepted.of("demand"):
        if line.value.get("kind") == "parts":
            before = next(iter(parts_in(line.text)), "")
        if line.value.get("kind") != "focus":
            continue
        about, points = whom_of(line.text) or before, points_of(line.text)
        if about and points:
            found.setdefault(about, (line, points))
            accepted.ended(line, FORM, f"看什么：{'、'.join(points)}。")
        else:
            accepted.ended(line, NOT_CARRIED_OUT, "没有读出是对谁点评时看的，或看哪几点；看什么照原来的。")
    return found


def modes(accepted: Accepted) -> list[dict[str, str]]:
    """The modes a paper names, each once."""
    entries: dict[str, dict[str, str]] = {}
    for line in accepted.of("mode"):
        name = str(line.value.get("about")).strip()
        read = str(line.value.get("kind"))
        key = MODE_NAMES.get(name) or (read if read in MODE_NAMES.values() else None)
        if key is None and read == "other":
            accepted.ended(line, NOTE, "点评登记里没有这一种方式，记在文件里。")
            continue
        if key is None:
            accepted.ended(line, NOT_CARRIED_OUT, f"点评方式只有{'、'.join(MODE_NAMES)}四种；请更正。")
            continue
        cited = {"clause": line.cited["clause"], "says": line.cited["says"]}
        entries.setdefault(key, {"key": key, "name": name, **cited})
        accepted.ended(line, FORM, "点评方式。")
    return list(entries.values())


def forms(accepted: Accepted) -> list[dict[str, str]]:
    """The forms a paper names."""
    entries = []
    for n, line in enumerate(accepted.of("form"), 1):
        name = str(line.value.get("about"))
        entries.append({"key": FORM_KEYS.get(name, f"form_{n}"), "name": name})
        accepted.ended(line, FORM, "台账。")
    return entries


def grounds(accepted: Accepted) -> dict[str, object] | None:
    """That a regular review rests on something on file, where a paper asks for research or opinions before it (decision 0066)."""
    for line in accepted.demands("grounds"):
        if any(word in line.text for word in _LOOKED_INTO):
            accepted.ended(
                line, FORM, "定期点评党组织和书记，要写明在案的依据（征求意见、调研等），或写明为什么没有。"
            )
            return {"about": ["organisation", "secretary"], **line.cited}
    return None


def follow_up(accepted: Accepted) -> Passage | None:
    """What is owed for a problem that was not solved well."""
    for line in (*accepted.of("consequence"), *accepted.of("deliverable")):
        if "书面报告" in line.text and "点评" in line.text:
            accepted.ended(line, FORM, "没有较好解决的，下次点评前写出书面报告。")
            return line.cited
    for line in accepted.of("deliverable"):
        if "书面报告" in line.text:
            accepted.ended(line, NOT_CARRIED_OUT, "没有读出哪一天前报；请在“期限”一格写明。")
    return None
