"""All that is kept, searched for what must stand nowhere: tables, files, backups, in clear or in any writing that is none.

A place is a name and its bytes. Whatever stands in one as base64, and what is deflated in that (as a session's row is), is laid
open beside it; what is looked for is looked for as it is and as base64, hexadecimal, percent signs or JSON would write it.
"""

import base64
import html
import json
import re
import subprocess
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

Places = dict[str, bytes]
Terms = Mapping[str, Iterable[str | bytes]]
LEAST = 8  # characters: shorter ones stand in any long text by chance
_PACKED = re.compile(rb"[\w\-+/]{20,}")


def writings(term: str | bytes) -> set[bytes]:
    """Every writing of a term that is looked for."""
    raw = term.encode() if isinstance(term, str) else term
    found = {raw, raw.hex().encode(), raw.hex().upper().encode(), repr(raw)[2:-1].encode()}
    found |= {write(raw).encode() for write in (quote, quote_plus)}
    found |= {quote(raw, safe="").lower().encode()}
    if isinstance(term, str):
        found |= {json.dumps(term)[1:-1].encode(), html.escape(term).encode()}
    for pack in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):  # it may begin at any of three places of a longer text
            whole = pack(bytes(before) + raw)
            found.add(whole[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6])
    return {writing for writing in found if len(writing) >= LEAST}


def laid_open(content: bytes) -> bytes:
    """The content, and beside it what is packed in it."""
    opened = [content]
    for piece in set(_PACKED.findall(content)):
        for of_urls in (piece, piece.translate(bytes.maketrans(b"+/", b"-_"))):
            with suppress(ValueError):
                packed = base64.urlsafe_b64decode(of_urls + b"=" * (-len(of_urls) % 4))
                opened.append(packed)
                with suppress(zlib.error):
                    opened.append(zlib.decompress(packed))
    return b"\n".join(opened)


def as_bytes(value: Any) -> bytes:
    """A cell of a table."""
    return bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()


def tables() -> Places:
    """Every column of every table there is, whoever made it."""
    from django.db import connection

    found: Places = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = cursor.fetchall()
            for at, column in enumerate(cursor.description):
                cells = b"\n".join(as_bytes(row[at]) for row in rows)
                found[f"{table}.{column[0]}"] = laid_open(cells)
    return found


def files(folder: Path, *, apart: Iterable[str] = ("static",)) -> Places:
    """Every file below a folder with its name, a database's own files and its log too; without the folders `apart`."""
    return {
        str(path.relative_to(folder)): str(path.relative_to(folder)).encode() + b"\n" + _content(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not set(apart) & set(path.relative_to(folder).parts)
    }


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if content.startswith(b"PGDMP"):  # deflated block by block
        told = subprocess.run(["pg_restore", "--file=-", str(path)], capture_output=True, check=True)
        return told.stdout
    return content


def found(places: Places, terms: Terms) -> list[tuple[str, str]]:
    """(kind, place) of whatever is found."""
    everything = b"\n".join(places.values())
    hits = set()
    for kind, some in terms.items():
        for writing in {writing for term in some for writing in writings(term)}:
            if writing in everything:
                hits |= {(kind, place) for place, content in places.items() if writing in content}
    return sorted(hits)


def as_kept(paper: str) -> list[bytes]:
    """A private key in every writing somebody may have kept it in."""
    from dianping.opinions.services.sealing import read_key

    key = read_key(paper)
    assert key is not None
    raw = key.private_bytes_raw()
    return [paper.encode(), paper.replace("-", "").encode(), raw, raw.hex().encode(), base64.b64encode(raw)]
