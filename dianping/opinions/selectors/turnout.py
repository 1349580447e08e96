"""份数: what is known of an opened or destroyed poll without anything of a form; the one meaning of 收回, 有效 and 废票."""

from dataclasses import dataclass

from dianping.opinions.models import Poll
from dianping.opinions.rules import percent


@dataclass(frozen=True, slots=True)
class Turnout:
    """应参加、发出、收回、有效、废票 as kept when the box was opened, or destroyed.

    Returned is all that came back: the forms in the box, and paper forms registered as spoilt. Valid is what counts; in a
    box that was not opened nobody knows, None. Spoilt are paper forms, and blank ones where the form says so. `paper`:
    sheets counted by hand at the opening, None where none were printed.
    """

    due: int
    issued: int
    voided: int
    returned: int
    valid: int | None
    spoilt: int
    paper: int | None

    @property
    def without_slip(self) -> int:
        """For how many people no slip was made."""
        return self.due - self.issued

    @property
    def share(self) -> str:
        """收回 of 应参加, in per cent."""
        percentage = percent(self.returned, self.due)
        return "—" if percentage is None else f"{percentage:.1f}%"


def turnout_of(poll: Poll) -> Turnout:
    """The turnout of a poll that has ended with a box."""
    kept: dict[str, int] = poll.turnout
    return Turnout(
        due=kept["due"],
        issued=kept["issued"],
        voided=kept["voided"],
        returned=kept["used"] + kept["spoilt"],
        valid=kept.get("opened"),
        spoilt=kept["spoilt"] + kept.get("blank", 0),
        paper=kept.get("paper"),
    )
