"""What a page says of a draw: the steps a viewer may take now, and the sheet by which anybody redoes it."""

from dianping.accounts.viewer import Viewer
from dianping.reviews.models import Draw
from dianping.reviews.rights import may_end, may_take_side
from dianping.reviews.rules.draw import as_sheet, read_list
from dianping.reviews.selectors import draws_before
from dianping.reviews.selectors.draws import may_seal
from dianping.reviews.services import record_of


def steps_of(draw: Draw, viewer: Viewer) -> list[tuple[str, str]]:
    """(key, name) of the steps due: the superior's office seals and reveals first, the organisation's side after it."""
    if draw.closed_on is not None:
        return []
    actor = viewer.actor
    above, own = may_take_side(actor, draw, "superior"), may_take_side(actor, draw, "own")
    steps = []
    if not draw.superior_seal:
        steps += [("superior-seal", "上级封存种子")] if may_seal(viewer, draw, "superior") else []
    elif not draw.own_seal:  # by somebody of another office than whoever sealed for the superior
        other = viewer.actor.signature != draw.superior_by
        steps += [("own-seal", "单位封存种子")] if other and may_seal(viewer, draw, "own") else []
    elif not draw.superior_seed:
        steps += [("superior-reveal", "上级公开种子")] if above else []
    else:
        steps += [("own-reveal", "单位公开种子")] if own else []
        if above and draw.revealed_on and (viewer.day - draw.revealed_on).days > draw.days:
            steps.append(("withheld", "单位逾期没有公开，按规程了结"))
    if may_end(actor, draw) and not draw.superior_seed:
        steps.append(("void", "作废"))
    return steps


STAGES = ("封定名单", "上级封存", "单位封存", "上级公开", "单位公开")


def stage_of(draw: Draw) -> int:
    """Which of the stages comes now, from 1; one past the last when the draw is over."""
    if draw.closed_on is not None:
        return len(STAGES) + 1
    return 2 + [bool(draw.superior_seal), bool(draw.own_seal), bool(draw.superior_seed), False].index(False)


def awaited(draw: Draw) -> str:
    """What a draw under way waits for (单位公开), "" for one that is over."""
    return "" if draw.closed_on is not None else STAGES[stage_of(draw) - 1]


def sheet_of(draw: Draw) -> tuple[str, ...]:
    """The lines of the printed sheet of a draw that is over; none before."""
    if draw.closed_on is None:
        return ()
    earlier = [record_of(older) for older in draws_before(draw)]
    title = f"{draw.organisation.name}：{draw.purpose}抽签单"
    return as_sheet(record_of(draw), read_list(draw.listed), title=title, earlier=earlier)


def drawn_of(draw: Draw) -> list[tuple[str, str, str]]:
    """(stratum, name, what to ask of the writing page) of each one drawn: from the lot to the review."""
    drawn = []
    for line in draw.listed.splitlines():
        stratum, code, name = line.split("|", 2)
        if code in draw.drawn:
            member = draw.about == "member"
            drawn.append(
                (
                    stratum,
                    name,
                    f"about=member&person={code[1:]}"
                    if member
                    else f"about=organisation&organisation={code}",
                )
            )
    return drawn
