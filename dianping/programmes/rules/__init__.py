"""Programmes: rules in force as dated, cited data. Read from TOML, laid over one another, asked by day."""

from dianping.programmes.rules.model import (
    CONTACT,
    IN_CHARGE,
    OWN_SECRETARY,
    SUPERIOR_SECRETARY,
    ClauseCitation,
    Deliverable,
    EntryRule,
    Programme,
    Responsibility,
    Rule,
    RuleLine,
    Template,
    TemplatePart,
)
from dianping.programmes.rules.overlay import Weakened, lay_over
from dianping.programmes.rules.reading import Unreadable, read_programme

__all__ = [
    "CONTACT",
    "IN_CHARGE",
    "OWN_SECRETARY",
    "SUPERIOR_SECRETARY",
    "ClauseCitation",
    "Deliverable",
    "EntryRule",
    "RuleLine",
    "TemplatePart",
    "Programme",
    "Responsibility",
    "Rule",
    "Template",
    "Unreadable",
    "Weakened",
    "lay_over",
    "read_programme",
]
