"""What to look at before a review is filed. Nothing blocks."""

from dianping.reviews.services import Said
from dianping.rules.remarks import Named, Remark, remarks_on


def remarks_of(said: Said) -> list[Remark]:
    """Remarks on the words themselves. No opinions are collected in this system yet, so none are on file."""
    return remarks_on(
        evaluation=said.evaluation,
        achievements=said.achievements,
        direction=said.direction,
        evidence=said.evidence,
        named=[Named(p.text, p.owner, p.due is not None) for p in said.problems],
        opinions=False,
    )
