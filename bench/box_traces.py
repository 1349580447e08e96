"""What a thousand forms leave behind: everything kept is searched for whatever could tell who wrote what.

    ./run python bench/box_traces.py [--forms 1000] [--database postgres://…/box_traces]

Forms go in over HTTP with an address, an agent, a cookie and a language of their own, to the site as `./run` serves it, its
output kept. Then the database (on SQLite with its log), a backup of it, the data folder, the site's output and, after the
opening, all of it again are searched. Bar: nothing found. What must be found (a slip's digest while the box is closed,
a text and a stub after it was opened) is searched for as well: a search that finds nothing there is void.
"""

import http.client
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import box_serving, boxes, measure, stage
from bench.box_serving import Served, post
from tests.searching import as_kept


def main() -> None:
    """Send, search, open, search again."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--port", type=int, default=box_serving.PORT)
    parser.add_argument("--forms", type=int, default=1000)
    given = parser.parse_args()
    box_serving.PORT = given.port
    with stage.prepared(given, today=boxes.OPENS) as here:
        box, log = boxes.ready(given.forms), here.home / "site.log"
        site = Served(here, log=log)
        site.wait_until_up()
        time.sleep(1.1)  # so that no second of a form is one of the start's
        stubs, seconds = send(box.codes)
        time.sleep(1.1)
        site.stop()
        terms = searched(box, stubs, seconds)
        machine = machine_key(box)
        closed = everything(here, "closed")
        kept = {place: content for place, content in closed.items() if not place.startswith("unbacked")}
        found(kept, {"machine key": machine}, "closed, its folder apart")
        must_be_found(closed, "the machine key, while closed", machine[:1])
        found(closed, terms | texts(given.forms) | {"stubs": stubs}, "closed")
        must_be_found(closed, "a slip's digest, while closed", digests(box)[:3])
        box.open()
        opened = everything(here, "opened")
        found(opened, terms | {"digests": digests(box), "machine key": machine}, "opened")
        must_be_found(opened, "a text, once opened", [boxes.sentence(0).encode()])
        must_be_found(opened, "a stub, once opened", stubs[:1])
        measure.ended()


def send(codes: list[str]) -> tuple[list[bytes], list[bytes]]:
    """Send every form, one after another; the stubs, and the seconds of the clock it happened in."""
    line = http.client.HTTPConnection("127.0.0.1", box_serving.PORT, timeout=60)
    stubs, seconds = list[bytes](), dict[bytes, None]()
    for number, code in enumerate(codes):
        stub = boxes.new_stub()
        headers = {
            "User-Agent": f"Wanderer/{number}.7",
            "X-Forwarded-For": f"203.0.113.{number % 250}",
            "Cookie": f"sessionid=cookie-of-{number}; csrftoken=token-of-{number}",
            "Accept-Language": "bo-CN",
            "Referer": "http://example.invalid/from-here",
        }
        status, _ = post(line, code, stub, {"q-0-other": boxes.sentence(number)}, headers)
        assert status == 200, status
        stubs.append(stub.encode())
        seconds[time.strftime("%H:%M:%S").encode()] = None
    return stubs, list(seconds)


def searched(box: boxes.Ready, stubs: list[bytes], seconds: list[bytes]) -> dict[str, list[bytes]]:
    """What must never be found, whatever the box's state."""
    from dianping.opinions.rules import shown_code, shown_stub

    private = [form for paper in (box.unit_key, box.superior_key) for form in as_kept(paper)]
    return {
        "codes": [form.encode() for code in box.codes for form in (code, shown_code(code))],
        "stubs as shown": [shown_stub(stub.decode()).encode() for stub in stubs],
        "addresses": [b"203.0.113."],
        "agents": [b"Wanderer/"],
        "cookies": [b"cookie-of-", b"token-of-"],
        "languages": [b"bo-CN"],
        "referrers": [b"from-here"],
        "private keys": private,
        "seconds": seconds,
    }


def machine_key(box: boxes.Ready) -> list[bytes]:
    """The box's third key, as it lies in the data folder while the box is closed."""
    from dianping.opinions.services.machine_key import path_of

    return as_kept(path_of(box.poll).read_text())


def texts(forms: int) -> dict[str, list[bytes]]:
    """Every answer."""
    return {"answers": [boxes.sentence(number).encode() for number in range(forms)]}


def digests(box: boxes.Ready) -> list[bytes]:
    """What is kept of every code."""
    from dianping.opinions.services.accounting import slip_digest

    return [slip_digest(code).encode() for code in box.codes]


def everything(here: stage.Stage, name: str) -> dict[str, bytes]:
    """All that is kept: every file of the data folder but the program's own static ones, the database, a backup."""
    from django.db import connection

    if here.is_sqlite:
        backup = here.home / f"backup-{name}.sqlite3"
        backup.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(backup)])
        shutil.copy(here.url.removeprefix("sqlite:///"), here.home / f"copy-{name}.sqlite3")
    found = {
        str(path.relative_to(here.home)): path.read_bytes()
        for path in here.home.rglob("*")
        if path.is_file()
        and "static" not in path.parts
        and (name in path.name or not path.name.startswith(("backup-", "copy-")))
    }
    if not here.is_sqlite:
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                found[f"table {table}"] = b"".join(bytes(block) for block in rows)
    return found


def found(kept: dict[str, bytes], terms: dict[str, list[bytes]], when: str) -> None:
    """The bar for each kind of trace."""
    print(f"{when}: {len(kept)} places, {sum(map(len, kept.values())) / 1e6:.0f} MB")
    for kind, some in terms.items():
        hits = [place for place, content in kept.items() if any_in(content, some)]
        measure.verdict(f"{when}: {len(some)} {kind} found in {hits or 'no place'}", not hits)


def any_in(content: bytes, terms: Iterable[bytes]) -> bool:
    """Whether one of the terms stands anywhere."""
    return any(term in content for term in terms)


def must_be_found(kept: dict[str, bytes], what: str, terms: list[bytes]) -> None:
    """The control."""
    held = [place for place, content in kept.items() if any_in(content, terms)]
    measure.verdict(f"control: {what} is found in {len(held)} places", bool(held))


if __name__ == "__main__":
    main()
