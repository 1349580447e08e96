"""Programmes: rules in force as dated, cited data. Read from TOML, laid over one another, asked by day."""

from dianping.programmes.rules.model import (
    CONTACT,
    HEARD,
    IN_CHARGE,
    OWN_SECRETARY,
    SUPERIOR_SECRETARY,
    ClauseCitation,
    Criteria,
    Deliverable,
    EntryRule,
    Hearing,
    Mode,
    Programme,
    Responsibility,
    Rule,
    RuleLine,
    Template,
    TemplatePart,
)
from dianping.programmes.rules.overlay import NotOrdered, Weakened, lay_over
from dianping.programmes.rules.reading import Unreadable, read_programme

__all__ = [
    "HEARD",
    "CONTACT",
    "IN_CHARGE",
    "OWN_SECRETARY",
    "SUPERIOR_SECRETARY",
    "ClauseCitation",
    "Criteria",
    "Deliverable",
    "EntryRule",
    "Hearing",
    "Mode",
    "RuleLine",
    "TemplatePart",
    "Programme",
    "Responsibility",
    "Rule",
    "Template",
    "NotOrdered",
    "Unreadable",
    "Weakened",
    "lay_over",
    "read_programme",
]
