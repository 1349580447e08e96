"""A university of 214 organisations and 4,278 members, put in through the product's own services."""

import tempfile
from datetime import date
from pathlib import Path

from bench.stage import ROOT

BEFORE, DAY = date(2010, 12, 10), date(2010, 12, 31)
KEPT = ROOT / "tests" / "given" / "roster-university.xlsx"


def take() -> None:
    """Take the roster (the one kept beside the project, else the sample) and adopt the school's programme."""
    from dianping.common.audit import SYSTEM
    from dianping.orgs.selectors import organisation_or_top
    from dianping.orgs.services import plan_roster, take_roster
    from dianping.programmes.services import adopt_programme
    from dianping.programmes.shelf import programme_text

    with tempfile.TemporaryDirectory() as folder:
        plan = plan_roster(actor=SYSTEM, path=_workbook(Path(folder)))
        take_roster(plan=plan, as_of=BEFORE, actor=SYSTEM)
    top = organisation_or_top("")
    adopt_programme(text=programme_text("school-2010-1"), organisation=top, actor=SYSTEM, today=DAY)


def _workbook(folder: Path) -> Path:
    if KEPT.exists():
        return KEPT
    from dianping.demo.university import write_university

    write_university(folder / "university.xlsx")
    return folder / "university.xlsx"
