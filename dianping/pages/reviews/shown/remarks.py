"""What to look at before a review is filed: remarks on its words, and others that say the same. Nothing blocks."""

from dataclasses import dataclass

from dianping.acts.dossier import Aim
from dianping.common.likeness import Earlier, alike
from dianping.opinions.selectors import was_asked_about
from dianping.reviews.models import Occasion
from dianping.reviews.rules.parts import CORRECTED, SAID
from dianping.reviews.rules.remarks import NamedProblem, Remark, remarks_on
from dianping.reviews.selectors import text_of, texts_around
from dianping.reviews.services import ReviewInput

MOST = 5  # shown side by side; how many there are is said
SHORTEST = 8  # letters; below that a text is a word or two and says nothing


@dataclass(frozen=True, slots=True)
class Like:
    """Another review that says much the same."""

    where: str
    percent: int
    text: str


def looked_at(said: ReviewInput, aim: Aim, occasion: Occasion | None) -> dict[str, list[Remark] | list[Like]]:
    """What the piece below the form shows: remarks, and the reviews of this sitting or of this target that are like it."""
    return {"remarks": remarks_of(said, aim), "likes": likes_of(said, aim, occasion)}


def remarks_of(said: ReviewInput, aim: Aim) -> list[Remark]:
    """Remarks on the words themselves; that opinions are spoken of is remarked where none of the target are on file."""
    return remarks_on(
        texts=[getattr(said, part.key) for part in CORRECTED],
        named=[NamedProblem(p.text, p.owner, p.due is not None) for p in said.problems],
        opinions=was_asked_about(organisation=aim.organisation.pk, person=aim.person.pk if aim.person else 0),
    )


def likes_of(said: ReviewInput, aim: Aim, occasion: Occasion | None) -> list[Like]:
    """The reviews the same seat wrote at this event, and those of this target before, that are like this one."""
    words = {part.key: getattr(said, part.key) for part in SAID if not part.many}
    text = text_of(words, [problem.text for problem in said.problems])
    if len(text) < SHORTEST:
        return []
    around = texts_around(
        occasion=occasion,
        post=aim.seat.pk,
        about=aim.about,
        organisation=aim.organisation.pk,
        person=aim.person.pk if aim.person else None,
    )
    matches = alike(text, Earlier(words for _, words in around))
    return [Like(around[at][0], round(score * 100), around[at][1]) for score, at in matches]
