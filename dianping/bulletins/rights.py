"""Who may see and do what with bulletins and cases: the office writes, the secretary or the superior's office approves."""

from typing import Any

from django.db.models import QuerySet

from dianping.accounts.viewer import Viewer
from dianping.bulletins.models import Bulletin, ModelCase
from dianping.bulletins.selectors import bulletins_visible, cases_visible
from dianping.common import trees
from dianping.orgs.models import Organisation


def receiving(viewer: Viewer) -> list[str]:
    """The places whose office or secretary this viewer is: what is sent there is sent to him."""
    return [*viewer.office_paths, *viewer.superior_paths, *viewer.headed_paths]


def bulletins_for(viewer: Viewer) -> QuerySet[Bulletin]:
    """The bulletins a viewer may read."""
    return bulletins_visible(
        writers=[*viewer.office_paths, *viewer.superior_paths],
        heads=viewer.headed_paths,
        readers=viewer.read_paths,
        receivers=receiving(viewer),
    )


def cases_for(viewer: Viewer) -> QuerySet[ModelCase]:
    """The cases a viewer may read."""
    return cases_visible(readers=viewer.read_paths, receivers=receiving(viewer), person=viewer.person)


def approves(viewer: Viewer, path: str) -> bool:
    """Whether this viewer signs for an organisation: its secretary, or the superior's office."""
    return viewer.heads(path) or any(trees.is_within(path, top) for top in viewer.superior_paths)


def bulletin_rights(viewer: Viewer, bulletin: Bulletin) -> dict[str, bool]:
    """What this viewer may do with a bulletin now."""
    draft, keeps, signs = (
        bulletin.state == "draft",
        viewer.keeps(bulletin.path),
        approves(viewer, bulletin.path),
    )
    return {
        "edit": draft and keeps,
        "check": draft and (keeps or signs),
        "issue": draft and signs and viewer.actor.name not in bulletin.hands,
        "return": draft and signs and viewer.actor.name not in bulletin.hands,
        "withdraw": bulletin.state == "issued" and (keeps or signs),
        "correct": not draft and keeps,
    }


def may_raise(viewer: Viewer, review: Any) -> bool:
    """A case is raised by the reviewer, or by the office that keeps the review."""
    return bool(review.filed) and (review.post_id in viewer.post_ids or viewer.keeps(review.path))


def case_rights(viewer: Viewer, case: ModelCase, publisher: Organisation | None) -> dict[str, bool]:
    """What this viewer may do with a case now; `publisher` is the organisation he would publish it for."""
    mine = viewer.actor.name == case.raised_by
    about_me = viewer.person is not None and viewer.person.pk == case.person_id
    above = any(trees.is_within(case.path, top) and top != case.path for top in viewer.headed_paths)
    checks = case.state == "raised" and not mine and not about_me and (viewer.judges(case.path) or above)
    asks = viewer.keeps(case.path) or viewer.heads(case.path) or about_me
    told_by = case.publisher.path if case.publisher else case.path
    return {
        "amend": mine and case.state in ("raised", "returned"),
        "confirm": checks,
        "return": checks,
        "agree": asks and case.person_id is not None and case.state in ("raised", "returned", "checked"),
        "publish": case.state == "checked"
        and publisher is not None
        and viewer.keeps(publisher.path)
        and trees.is_within(case.path, publisher.path),
        "withdraw": case.state != "withdrawn"
        and (viewer.keeps(told_by) or about_me or (mine and case.state != "published")),
    }
