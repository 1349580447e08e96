"""Personal remarks never leave the branch (豫创组办发〔2010〕26号 四.1 `一定范围`; decision 0028)."""

from collections.abc import Iterable

from dianping.bulletins.models import ModelCase
from dianping.bulletins.rules.copied import OwnText
from dianping.bulletins.rules.names import places, possible_dotted_names, possible_names
from dianping.bulletins.rules.plain import plain
from dianping.bulletins.selectors.people import (
    organisation_names,
    people_agreed,
    people_called,
    remarks_below,
)
from dianping.common.refusal import Refusal
from dianping.orgs.models import Organisation

MOST_LETTERS = 20_000
MOST_TOLD = 20
Part = tuple[str, str]  # what it is called (正文), its text


def refuse_personal(
    parts: Iterable[Part],
    *,
    organisation: Organisation,
    telling: Iterable[ModelCase] = (),
    ordinary: Iterable[str] = (),
) -> None:
    """Refuse texts that name a member or somebody reviewed, or repeat a remark about a person; say who and where.

    `telling`: cases told with these texts, whose subjects may be named if they agreed. `ordinary`: two-letter words that
    are no names here, as a person said.
    """
    texts = [(name, text) for name, text in parts if text.strip()]
    long = next((name for name, text in texts if len(text) > MOST_LETTERS), None)
    if long:
        raise Refusal(
            f"{long}超过 {MOST_LETTERS:,} 字，没有核对人名。",
            code="bulletins.text-too-long",
            remedy="请删节后再办。",
        )
    named = _named(texts, organisation, list(telling), set(ordinary))
    repeated = _repeated(texts, organisation)
    if not named and not repeated:
        return
    faults = []
    if named:
        faults.append(f"点到了没有同意公开的人：{'；'.join(named[:MOST_TOLD])}{_more(named)}。")
    if repeated:
        faults.append(f"照搬了对个人的点评：{'；'.join(repeated[:MOST_TOLD])}{_more(repeated)}。")
    raise Refusal(
        "".join(faults),
        code="bulletins.personal-words-in-text",
        remedy="对个人的点评不出支部。请删去姓名、改写这些句子；要点名的先进典型，须先登记本人同意。"
        "这次没有发出，拟稿没有改动。",
    )


def _more(places: list[str]) -> str:
    return f"，共 {len(places)} 处" if len(places) > MOST_TOLD else ""


def _named(
    texts: list[Part], organisation: Organisation, telling: list[ModelCase], ordinary: set[str]
) -> list[str]:
    """Who is named where, those who agreed and words that are no names left out."""
    offices = organisation_names(organisation)
    seen = [(name, text, plain(text).masked(offices)) for name, text in texts]
    pieces: set[str] = set()
    for _, text, letters in seen:
        pieces |= possible_names(letters) | possible_dotted_names(text)
    people = people_called(pieces, organisation=organisation)
    agreed = people_agreed(organisation, telling=telling) if people else set()
    allowed = {name for name, keys in people.items() if keys & agreed}
    plainly = {word for word in ordinary if len(word) == 2}
    wanted = set(people) - allowed - plainly
    return [
        f"{who}（{name}{where}）"
        for name, _, letters in seen
        for who, where in places(letters.masked({word.replace("·", "") for word in allowed}), wanted)
    ]


def _repeated(texts: list[Part], organisation: Organisation) -> list[str]:
    """Which stretches repeat a remark; one pass over the remarks for all texts."""
    told = [(name, OwnText(text)) for name, text in texts]
    repeats: dict[str, None] = {}
    for remark in remarks_below(organisation):
        for name, text in told:
            for piece in text.repeats([remark]):
                words = piece.words if len(piece.words) <= 24 else f"{piece.words[:24]}……"
                repeats[f"“{words}”（{name}{piece.where}）"] = None
    return list(repeats)
