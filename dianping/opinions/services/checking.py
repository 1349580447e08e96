"""核对票箱: whether a closed box is as the system left it, and whether what an opened one released is what it released."""

import hashlib

from dianping.common.models import AuditEntry
from dianping.opinions.models import Poll
from dianping.opinions.services.accounting import faults_of
from dianping.opinions.services.release import release_digest


def poll_faults(poll: Poll) -> list[str]:
    """Everything that does not add up about one poll, as sentences; for a closed box, an opened one, or one destroyed."""
    if poll.state == Poll.State.READY:
        return faults_of(poll) + _frozen_faults(poll)
    if poll.state == Poll.State.OPENED:
        return _released_faults(poll) + _frozen_faults(poll)
    return _frozen_faults(poll) if poll.state == Poll.State.FROZEN else []


def _frozen_faults(poll: Poll) -> list[str]:
    """The form and the list of those entitled against what the audit chain says was frozen."""
    entry = _entry(poll, "封定名册")
    now = (hashlib.sha256(poll.electorate.encode()).hexdigest(), poll.sheet.digest)
    if entry is None or (entry.detail.get("digest"), entry.detail.get("form")) != now:
        return ["应参加人员名册或表式与封定时的不同。"]
    return []


def _released_faults(poll: Poll) -> list[str]:
    entry = _entry(poll, "开箱")
    if entry is None or entry.detail.get("release") != release_digest(poll):
        return ["公布的数字、原话或回执号与开箱时的不同。"]
    return []


def _entry(poll: Poll, act: str) -> AuditEntry | None:
    return AuditEntry.objects.filter(about=f"poll:{poll.pk}", act=act).order_by("-seq").first()
