"""Adopting programmes: as files, or from what was accepted of a notice."""

from dianping.programmes.services.adopting import (
    Supersession,
    adopt_notice,
    amendment,
    ends_of,
    entries_of,
    programme_texts,
    same_issuer,
    supersession_meant,
)
from dianping.programmes.services.adoption import (
    AdoptionResult,
    adopt_programme,
    amend_adoption,
    end_adoption,
    renew_adoption,
    written_out,
)
from dianping.programmes.services.criteria import end_criteria, enter_criteria

__all__ = [
    "AdoptionResult",
    "Supersession",
    "adopt_notice",
    "adopt_programme",
    "amend_adoption",
    "amendment",
    "ends_of",
    "end_adoption",
    "end_criteria",
    "enter_criteria",
    "entries_of",
    "programme_texts",
    "renew_adoption",
    "same_issuer",
    "supersession_meant",
    "written_out",
]
