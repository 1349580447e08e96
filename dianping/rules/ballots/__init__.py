"""Ballots and opinions without names: forms, what they say, how they are counted and what of it may be shown.

Basis: 豫创组办发〔2010〕26号 四.1 (广泛征求意见), 四.3 (群众民主评议表, 党内外群众征求意见表); decisions 0010, 0030, 0031.
"""

from dianping.rules.ballots.answers import (
    Answers,
    Place,
    Returned,
    asked,
    envelope_bytes,
    is_blank,
    limit_bytes,
    pack,
    problems,
    tidied,
    units,
    unpack,
)
from dianping.rules.ballots.codes import (
    read_code,
    read_stub,
    shown_code,
    shown_stub,
    slip_code,
    stub_number,
)
from dianping.rules.ballots.forms import SIZES, Form, presets
from dianping.rules.ballots.parts import (
    BASES,
    Blank,
    Grade,
    GradeSet,
    Kind,
    Question,
    Rounding,
    Validity,
    Veto,
    Weight,
    Words,
)

__all__ = [
    "BASES",
    "SIZES",
    "Answers",
    "Blank",
    "Form",
    "Grade",
    "GradeSet",
    "Kind",
    "Place",
    "Question",
    "Returned",
    "Rounding",
    "Validity",
    "Veto",
    "Weight",
    "Words",
    "asked",
    "envelope_bytes",
    "is_blank",
    "limit_bytes",
    "pack",
    "presets",
    "problems",
    "read_code",
    "read_stub",
    "shown_code",
    "shown_stub",
    "slip_code",
    "stub_number",
    "tidied",
    "units",
    "unpack",
]
