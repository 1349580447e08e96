"""What somebody's seats have handed over, or were handed, in sentences: it stands on both desks and lists until it is over."""

from datetime import date
from typing import TYPE_CHECKING

from dianping.duties.selectors import handovers_of

if TYPE_CHECKING:
    from dianping.accounts.viewer import Viewer


def handover_notes(viewer: "Viewer") -> list[str]:
    """A sentence for each handover of the viewer's seats that stands or is still to come. One query; none without a seat."""
    handed = handovers_of(viewer.post_ids, day=viewer.day) if viewer.post_ids else ()
    sentences = []
    for one in handed:
        given = one.from_post_id in viewer.post_ids
        other = one.to_post if given else one.from_post
        who = other.called
        sentences.append(handed_sentence(who, given=given, whole=one.whole, on=one.on, until=one.until))
    return sentences


def handed_sentence(who: str, *, given: bool, whole: bool, on: date, until: date | None) -> str:
    """What was given to somebody, or was given by him to the viewer, from when until when."""
    what, days = "全部点评" if whole else "部分点评", days_of(on, until)
    return f"{what}已交给{who}，{days}。" if given else f"{who}把{what}交给了您，{days}。"


def days_of(on: date, until: date | None) -> str:
    """From when until when something is handed over."""
    return f"自 {on} 起" + (f"至 {until}" if until else "，收回以前都有效")
