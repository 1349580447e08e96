"""How each table is covered by the chain. Every model says it itself; a test asks every one of them."""

from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.db.models import Model, Q


@dataclass(frozen=True, slots=True)
class KeptIn:
    """The column of a table that names a kept file by its SHA-256, and the folder of the data folder where the file lies."""

    folder: str
    column: str = "digest"


@dataclass(frozen=True, slots=True)
class Covered:
    """Rows of this table are digested with every act.

    `about` is the word by which entries name such a row ("review" for "review:12"); `when` tells which rows count (a filed
    review; all, without it); `without` are columns that say nothing (a counter of sign-ins). In a table whose rows are written
    in sets, `set_but` tells which single rows are still noted when added (an SQL condition on NEW): the others are covered by
    the digest of their set. `file` tells which column names a kept file: its bytes are compared with that digest too.
    """

    about: str = ""
    when: Q | None = None
    without: tuple[str, ...] = ()
    set_but: str = ""
    file: KeptIn | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of this table are not digested, and why.

    Where that is because they follow from covered rows, `recount` names the function that works them out anew and yields a
    `RecordFault` for each that differs ("dianping.duties.services.recounting.tally_faults"; a name, because models know no services).
    """

    why: str
    recount: str = ""


def coverage_of(model: type[Model]) -> Covered | LeftOut | None:
    """What a model says of itself; the table between two models is covered where both are."""
    coverage = model.__dict__.get("record")
    if coverage is None and model._meta.auto_created:
        ends = [coverage_of(field.related_model) for field in model._meta.fields if field.related_model]
        return Covered() if all(isinstance(end, Covered) for end in ends) else LeftOut("两端不都在链里")
    return coverage


@lru_cache(maxsize=1)
def covered_models() -> dict[str, type[Model]]:
    """Every covered model by its table, in order."""
    models = (m for m in apps.get_models(include_auto_created=True) if isinstance(coverage_of(m), Covered))
    return {model._meta.db_table: model for model in sorted(models, key=lambda m: m._meta.db_table)}


def recounts() -> list[str]:
    """The functions that work out anew what the chain does not cover, in the order of their tables."""
    models = sorted(apps.get_models(), key=lambda model: model._meta.db_table)
    said = [coverage_of(model) for model in models]
    return [how.recount for how in said if isinstance(how, LeftOut) and how.recount]


def covered(model: type[Model]) -> Covered:
    """How a covered model is covered."""
    coverage = coverage_of(model)
    assert isinstance(coverage, Covered)
    return coverage
