"""Printing a person's own file: it is set first, and handed out only when its line in the audit stands."""

import re
import tempfile
from pathlib import Path

from django.conf import settings

from dianping.accounts.viewer import Viewer
from dianping.acts.person_record import person_file
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.office.writing_record import write_record_pdf
from dianping.common.rights import permit
from dianping.orgs.models import Person
from dianping.orgs.rights import may_read_person
from dianping.orgs.selectors import branch_on

# What no file's name can hold: \ / : * ? " < > |, blanks and control signs.
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]')


def print_person_file(*, person: Person, viewer: Viewer) -> tuple[str, bytes]:
    """The file name and the PDF; who printed whose file, and how much was in it, is recorded with it.

    Refuses, in words, where no Chinese font is found; nothing is recorded then.
    """
    permit(viewer.actor, may_read_person, person, viewer.day)
    record = person_file(person, viewer=viewer)
    own = Path(settings.HOME) / "fonts"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.pdf"
        write_record_pdf(record, path, printed_on=viewer.day, own_fonts=own if own.is_dir() else None)
        content = path.read_bytes()
    _record(person, viewer, [len(section.entries) for section in record.sections])
    return file_name(person, viewer), content


@act
def _record(person: Person, viewer: Viewer, entries: list[int]) -> None:
    permit(viewer.actor, may_read_person, person, viewer.day)
    branch = branch_on(person, day=viewer.day)
    audit.record(
        actor=viewer.actor,
        act="导出本人档案",
        about=f"person:{person.pk}",
        path=branch.path if branch else "",
        entries=entries,
    )


def file_name(person: Person, viewer: Viewer) -> str:
    """A name every file system takes: whatever a name may hold, no separator, blank or control sign."""
    plain = _NOT_IN_A_NAME.sub("", person.name).lstrip(".")[:40] or "本人"
    return f"本人档案-{plain}-{viewer.day}.pdf"
