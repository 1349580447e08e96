"""Adopting programmes: as files, or from what was accepted of a notice."""

from dianping.programmes.services.adopting import (
    Supersession,
    adopt_notice,
    amendment,
    entries_of,
    programme_texts,
    same_issuer,
)
from dianping.programmes.services.adoption import (
    AdoptionResult,
    adopt_programme,
    amend_adoption,
    end_adoption,
    written_out,
)

__all__ = [
    "AdoptionResult",
    "Supersession",
    "adopt_notice",
    "adopt_programme",
    "amend_adoption",
    "amendment",
    "end_adoption",
    "entries_of",
    "programme_texts",
    "same_issuer",
    "written_out",
]
