"""The papers of the invented winter: the province's, gone through and adopted; the school's own that forwards it, sent on and
signed for; one gone through and not adopted; one just come in."""

from datetime import date
from pathlib import Path

from dianping.common.audit import Actor
from dianping.demo import office
from dianping.demo.sample_hands import Hands, at
from dianping.notices.models import Direction, Notice
from dianping.notices.services import accept_rest, enter_notice, send_to, sign_for
from dianping.orgs.models import Organisation
from dianping.programmes.services import adopt_programme
from dianping.programmes.shelf import programme_text

PAPER = (
    Path(__file__).parent / "papers" / "forwarded.txt"
)  # the school's letter, and the province's notice below it
SIGNED_BEFORE_IT = "2010年12月31日"  # the letter's own day, after which the notice it forwards begins


def take_province(top: Organisation, *, today: date, hands: Hands) -> None:
    """The province's notice comes in, is gone through and put in force."""
    whole = PAPER.read_text("utf-8")
    letter_ends = whole.index(SIGNED_BEFORE_IT) + len(SIGNED_BEFORE_IT)
    _gone_through(whole[letter_ends:].strip(), top, today, hands["wen"])
    adopt_programme(text=programme_text("henan-2010-26"), organisation=top, actor=hands["wen"], today=today)


def send_letter(top: Organisation, *, today: date, signed: date, hands: Hands) -> Notice:
    """The school's own letter, which forwards it: entered, put in force, sent to every unit; all but two have signed for it."""
    letter = _gone_through(
        PAPER.read_text("utf-8"), top, today, hands["wen"], direction=Direction.SENT, sign_by=office.SIGN_BY
    )
    adopt_programme(text=programme_text("school-2010-1"), organisation=top, actor=hands["wen"], today=today)
    units = list(top.children.filter(dissolved=None).order_by("path"))
    send_to(notice=letter, organisations=units, actor=hands["wen"])
    for unit in units:
        if unit.short_name not in office.NOT_SIGNED:
            sign_for(notice=letter, organisation=unit, moment=at(signed, 10), actor=hands["wen"])
    return letter


def take_january(top: Organisation, *, today: date, hands: Hands) -> None:
    """What came in with the new year: one gone through and not put in force, one not gone through."""
    _gone_through(office.VISITS, top, today, hands["fang"])
    enter_notice(text=office.FIGURES, organisation=top, today=today, actor=hands["fang"])


def _gone_through(
    text: str,
    top: Organisation,
    today: date,
    actor: Actor,
    *,
    direction: str = Direction.RECEIVED,
    sign_by: date | None = None,
) -> Notice:
    notice = enter_notice(
        text=text, organisation=top, today=today, direction=direction, sign_by=sign_by, actor=actor
    )
    accept_rest(notices=[notice, *notice.enclosed.all()], today=today, actor=actor)
    return notice
