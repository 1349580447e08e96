"""Drawing the five ledgers of an organisation and a period, and keeping what they were drawn from."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.office.writing_docx import write_docx
from dianping.common.office.writing_pdf import write_pdf
from dianping.common.office.writing_xlsx import write_xlsx
from dianping.common.rights import permit
from dianping.ledgers.models import Issue
from dianping.ledgers.rights import may_close
from dianping.ledgers.rules import Sheet
from dianping.ledgers.selectors import FORMS, draw
from dianping.ledgers.selectors.scope import LedgerScope

KINDS = ("xlsx", "docx", "pdf")


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """One file written."""

    form: str
    path: Path


def write_form(*, sheet: Sheet, kind: str, path: Path) -> None:
    """Write one sheet as xlsx, docx or pdf. Refuses a pdf, in words, where no Chinese font is found."""
    if kind == "xlsx":
        write_xlsx([sheet], path)
    elif kind == "docx":
        write_docx(sheet, path)
    else:
        write_pdf(sheet, path, own_fonts=_own_fonts())


def with_head(sheet: Sheet) -> Sheet:
    """The sheet with the head of the audit chain under it: whoever keeps the paper can show later that nothing was cut off."""
    return replace(sheet, notes=(*sheet.notes, f"印出时的审计链首：{audit.head()}"))


def _own_fonts() -> Path | None:
    folder = Path(settings.HOME) / "fonts"
    return folder if folder.is_dir() else None


def close_ledgers(
    *, scope: LedgerScope, folder: Path, kinds: tuple[str, ...], moment: datetime, actor: Actor
) -> Iterator[LedgerFile]:
    """Write the five forms into a folder, one after the other, keeping each one's facts and hashes.

    A form is issued whole: its files are written first, then the row that names their hashes.
    """
    permit(actor, may_close, scope.organisation)
    folder.mkdir(parents=True, exist_ok=True)
    for number, (form, title) in enumerate(FORMS, 1):
        sheet, facts = draw(form, scope)
        sheet = with_head(sheet)
        files = {}
        for kind in kinds:
            path = folder / f"{number}-{title}.{kind}"
            write_form(sheet=sheet, kind=kind, path=path)
            files[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
            yield LedgerFile(form, path)
        _keep(scope, form, asdict(facts), files, moment, actor)


@act
def _keep(
    scope: LedgerScope,
    form: str,
    facts: dict[str, object],
    files: dict[str, str],
    moment: datetime,
    actor: Actor,
) -> None:
    permit(actor, may_close, scope.organisation)
    plain = json.loads(json.dumps(facts, ensure_ascii=False, default=str, sort_keys=True))
    digest = hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    issue = Issue.objects.create(
        organisation=scope.organisation,
        form=form,
        opens=scope.period.opens,
        due=scope.period.due,
        drawn_on=scope.day,
        facts=plain,
        digest=digest,
        files=files,
        issued_at=moment,
        by=actor.name,
    )
    audit.record(
        actor=actor,
        act="印发台账",
        about=f"issue:{issue.pk}",
        path=scope.organisation.path,
        form=form,
        digest=digest,
    )
