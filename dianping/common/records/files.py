"""Whether every file that a covered row names lies in the data folder with the bytes it was kept with."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.conf import settings

from dianping.common.keeping import is_sound
from dianping.common.records.faults import RecordFault
from dianping.common.records.registry import KeptIn, covered, covered_models


@dataclass(frozen=True, slots=True)
class NamedFile:
    """One row that names a kept file."""

    folder: str
    digest: str
    table: str
    key: int
    label: str
    name: str


def kept_in() -> dict[str, KeptIn]:
    """How each table names kept files, for those that do."""
    files = {table: covered(model).file for table, model in covered_models().items()}
    return {table: file for table, file in files.items() if file is not None}


def named_files() -> list[NamedFile]:
    """Every row that names a kept file, those of one file beside each other."""
    named = []
    for table, file in kept_in().items():
        model = covered_models()[table]
        rows, when = model._default_manager.order_by("pk"), covered(model).when
        if when is not None:
            rows = rows.filter(when)
        label = str(model._meta.verbose_name)
        told = rows.values_list("pk", file.column, "name").iterator(chunk_size=5000)
        named += [NamedFile(file.folder, digest, table, key, label, name) for key, digest, name in told]
    return sorted(named, key=lambda file: (file.folder, file.digest, file.table, file.key))


def file_faults(
    named: Iterable[NamedFile] | None = None, *, home: Path | None = None
) -> Iterator[RecordFault]:
    """Each row whose file is missing, cannot be read or has other bytes. Every file is read once, whoever names it.

    `named`: the rows as `named_files` gave them, all of them without it; `home`: where the folders lie, else the data folder.
    """
    top = home or Path(settings.HOME)
    rows = named_files() if named is None else named
    for (folder, digest), group in groupby(rows, key=lambda file: (file.folder, file.digest)):
        what, code = _wrong(top / folder / digest, digest)
        for file in group if what else ():
            yield RecordFault(
                file.table,
                file.key,
                f"{file.label} {file.key}《{file.name}》的文件 {folder}/{digest} {what}。",
                code=code,
            )


def _wrong(path: Path, digest: str) -> tuple[str, str]:
    try:
        if is_sound(path, digest):
            return "", ""
    except OSError as no:
        return f"读不了：{no.strerror or no}", "files.unreadable-on-server"
    if not path.exists():
        return "不在了", "files.missing-on-server"
    return "与登记时记下的摘要不符，被换过或者坏了", "files.changed-on-server"


def bytes_kept() -> int:
    """How much lies in the folders of kept files, so much there is to read."""
    size = 0
    for folder in {file.folder for file in kept_in().values()}:
        with suppress(FileNotFoundError), os.scandir(Path(settings.HOME) / folder) as entries:
            size += sum(entry.stat().st_size for entry in entries)
    return size
