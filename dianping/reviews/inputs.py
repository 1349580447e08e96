"""What services of reviews are given: whom a review is about, and everything said in one. Plain values, nothing written yet."""

from dataclasses import dataclass
from datetime import date

from dianping.orgs.models import Organisation, Person, Post
from dianping.reviews.models import Occasion


@dataclass(frozen=True, slots=True)
class ReviewTarget:
    """From which seat a review (or a note) is written and about whom: the body (`about` organisation, no person), its secretary,
    or a member; `about` is one of models.About."""

    post: Post
    about: str
    organisation: Organisation
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class ProblemInput:
    """One shortcoming as it was named; `point` is the key of what the masses said, where it was taken over."""

    text: str
    owner: str = ""
    due: date | None = None
    point: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpInput:
    """What was said of an earlier problem: its key, how it stands now (Revisit.Found), and words."""

    problem: int
    found: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class GroundInput:
    """Something on file that a review rests on: "poll" or "occasion" (rules.grounds), and its key."""

    kind: str
    key: int


@dataclass(frozen=True, slots=True)
class EventInput:
    """The event a review was held at, as its writer names it: Occasion.Kind and a place. It is found, or made, on filing."""

    kind: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReviewInput:
    """Everything a reviewer said in one review; `occasion` or `event`, where it was held at one. Its texts are the parts that
    reviews.rules.parts lists, under the same names."""

    mode: str = "collective"
    regular: bool = True
    happened_on: date | None = None
    occasion: Occasion | None = None
    event: EventInput | None = None
    evaluation: str = ""
    achievements: str = ""
    direction: str = ""
    evidence: str = ""
    ground_absence: str = ""
    late_reason: str = ""
    report_absence: str = ""
    problems: tuple[ProblemInput, ...] = ()
    revisits: tuple[FollowUpInput, ...] = ()
    grounds: tuple[GroundInput, ...] = ()
