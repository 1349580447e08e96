"""What 边同志 of another unit, a reader, or a member with an account gets to see: nothing that is not his."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from dianping.accounts.models import Grant, User
from dianping.accounts.services import grant_role
from dianping.acts.uploads import keep_upload
from dianping.common.audit import Operator
from dianping.notices.services import send_to
from dianping.orgs.services import vacate
from dianping.pages.frame.typed import FORMS_AT
from dianping.reviews.services import ProblemInput
from tests import factories
from tests.long import long
from tests.pages.conftest import ROLES, Side, Stage, secret, with_polls
from tests.pages.test_permissions import TABLE
from tests.reviews.telling import NEW_YEAR, duty_about, tell
from tests.tried import tried

SIGNED_IN = frozenset(ROLES) - {"anonymous"}
FAR = long(60, 120)  # pages each walks through


@pytest.fixture(autouse=True)
def polls_there(stage: Stage) -> None:
    """Both sides' polls, before anything is taken back."""
    assert all(side.polls for side in stage.sides)


def plain(body: bytes) -> str:
    """A page without what differs by request: tokens."""
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", body.decode())
    return re.sub(r'"X-CSRFToken": "[^"]+"', "", text)


FOREIGN: dict[str, Callable[[Side], tuple[str, str]]] = {
    "duty": lambda s: (f"/duties/{s.open_duty.pk}/", "/duties/987654321/"),
    "report duty": lambda s: (f"/duties/{s.report.pk}/", "/duties/987654321/"),
    "write": lambda s: (f"/write/{s.open_duty.pk}/", "/write/987654321/"),
    "review": lambda s: (f"/reviews/{s.review.pk}/", "/reviews/987654321/"),
    "draft": lambda s: (f"/reviews/{s.draft.pk}/", "/reviews/987654321/"),
    "correct": lambda s: (f"/reviews/{s.review.pk}/correct/", "/reviews/987654321/correct/"),
    "item": lambda s: (f"/rectification/{s.item.pk}/", "/rectification/987654321/"),
    "evidence": lambda s: (
        f"/rectification/{s.dated.pk}/file/{s.shown.pk}/",
        "/rectification/987654321/file/987654321/",
    ),
    "talk": lambda s: (f"/rectification/admonitions/{s.talk.pk}/", "/rectification/admonitions/987654321/"),
    "calling in": lambda s: (
        f"/rectification/admonitions/enter/?organisation={s.branch.code}",
        "/rectification/admonitions/enter/?organisation=NONE",
    ),
    "report": lambda s: (f"/rectification/report/{s.report.pk}/", "/rectification/report/987654321/"),
    "person": lambda s: (f"/people/{s.member.pk}/", "/people/987654321/"),
    "organisation": lambda s: (
        f"/organisations/?organisation={s.branch.code}",
        "/organisations/?organisation=NONE",
    ),
    "ledger": lambda s: (
        f"/ledgers/2011Q1/reviews/?organisation={s.branch.code}",
        "/ledgers/2011Q1/reviews/?organisation=NONE",
    ),
    "file": lambda s: (
        f"/ledgers/2011Q1/reviews/file/pdf/?organisation={s.branch.code}",
        "/ledgers/2011Q1/reviews/file/pdf/?organisation=NONE",
    ),
    "bulletin": lambda s: (f"/bulletins/{s.bulletin.pk}/", "/bulletins/987654321/"),
    "bulletin draft": lambda s: (f"/bulletins/{s.bulletin_draft.pk}/edit/", "/bulletins/987654321/edit/"),
    "bulletin print": lambda s: (
        f"/bulletins/{s.bulletin.pk}/letter/pdf/",
        "/bulletins/987654321/letter/pdf/",
    ),
    "poll": lambda s: (f"/opinions/{s.polls.planned.pk}/", "/opinions/987654321/"),
    "poll's key": lambda s: (f"/opinions/{s.polls.frozen.pk}/key/", "/opinions/987654321/key/"),
    "slips": lambda s: (f"/opinions/{s.polls.ready.pk}/slips/", "/opinions/987654321/slips/"),
    "opening": lambda s: (f"/opinions/{s.polls.closed.pk}/open/", "/opinions/987654321/open/"),
    "case": lambda s: (f"/cases/{s.case.pk}/", "/cases/987654321/"),
    "person's file": lambda s: (f"/people/{s.member.pk}/file/", "/people/987654321/file/"),
    "huge": lambda s: (f"/reviews/{10**30}/", "/reviews/987654321/"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_not_his_looks_to_him_like_what_does_not_exist(stage: Stage, what: str) -> None:
    foreign, nowhere = FOREIGN[what](stage.own)
    for method in ("get", "post"):
        a = getattr(stage.clients["bian"], method)(foreign)
        b = getattr(stage.clients["bian"], method)(nowhere)
        assert (a.status_code, b.status_code) in {(404, 404), (405, 405)}, (
            method,
            a.status_code,
            b.status_code,
        )
        assert plain(a.content) == plain(b.content)
        assert set(a.headers) == set(b.headers)


LISTS = (
    "/", "/coverage/", "/coverage/?direction=reviewers", "/duties/", "/duties/?whose=mine&state=all",
    "/duties/?whose=below&state=all", "/duties/?whose=office&state=all", "/duties/?whose=below&state=all&rule=round",
    "/reviews/", "/reviews/?whose=mine", "/reviews/?whose=me", "/rectification/?state=all", "/rectification/?view=board", "/rectification/admonitions/", "/ledgers/",
    *[f"/ledgers/2011Q1/{form}/" for form in ("opinions", "appraisal", "reviews", "rectification", "statistics")],
    "/opinions/", "/bulletins/", "/cases/", "/programmes/", "/organisations/", "/offline/",
    "/search/?q=文", "/search/?q=冉", "/search/?q=%E6%94%AF%E9%83%A8", "/search/?q=YL", "/search/?q=〖",
    "/duties/?whose=below&state=all&after=0", "/reviews/?after=2020-01-01~999999", "/rectification/?state=all&after=2000-01-01~0",
)  # fmt: skip


@pytest.mark.parametrize(("role", "hidden"), [("bian", "own"), ("ning", "other")])
def test_no_list_shows_a_word_of_the_other_unit(stage: Stage, role: str, hidden: str) -> None:
    side: Side = getattr(stage, hidden)
    telling = ("〖" + side.name, side.branch.name, side.unit.name, side.member.name)
    for address in LISTS:
        answer = stage.clients[role].get(address)
        text = answer.content.decode().replace('value="〖"', "").replace("“〖”", "")
        assert answer.status_code == 200, address
        assert not [word for word in telling if word in text], address


def test_a_workbook_to_take_away_holds_only_ones_own_duties(stage: Stage, tmp_path: Any) -> None:
    path = tmp_path / "own.xlsx"
    path.write_bytes(stage.clients["bian"].get("/offline/template/").content)
    text = " ".join(
        str(c.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row if c.value
    )
    assert stage.other.open_duty.person is not None
    assert stage.other.open_duty.person.name in text
    assert stage.own.branch.name not in text


def test_a_draft_is_shown_to_its_writer_alone(stage: Stage) -> None:
    word = secret("文", "草稿")
    assert word in stage.clients["ning"].get(f"/write/{stage.own.open_duty.pk}/").content.decode()
    for role in ("gan", "qi", "bian", "superior", "auditor"):
        for address in (
            *(LISTS if role != "bian" else ()),  # of him no list shows any word of this unit, see above
            f"/people/{stage.own.open_duty.person_id}/",
            f"/duties/{stage.own.open_duty.pk}/",
        ):
            assert word not in stage.clients[role].get(address).content.decode(), (role, address)


def test_no_browser_keeps_what_somebody_signed_in_has_seen(stage: Stage) -> None:
    """Every address that is only looked at; of those one writes on it asks again before it shows what it has."""
    stage = with_polls(stage)
    for name in TABLE:
        for row in TABLE[name]:
            for role in sorted(row.may("文") - {"anonymous"})[:1] if not row.post else ():
                address = reverse(name, args=row.args(stage.own)) + row.query(stage.own)
                with tried():
                    kept = stage.clients[role].get(address).headers.get("Cache-Control", "")
                writes = name.partition(":")[2] in FORMS_AT and kept == "private, no-cache"
                assert "no-store" in kept or writes or address.startswith(("/o/", "/alive/")), (name, kept)


def test_a_kept_upload_is_its_senders_alone(stage: Stage) -> None:
    kept = keep_upload(Operator("clerk"), SimpleUploadedFile("名册.csv", b"x"))
    second = factories.account(username="clerk2")
    grant_role(
        user=second,
        role=Grant.Role.CLERK,
        organisation=stage.place.top,
        since=NEW_YEAR,
        actor=factories.ACTOR,
    )
    client = Client()
    client.force_login(second)
    for key in (kept, f"../{kept}", "../../keys/session", "..", "/etc/passwd"):
        assert client.post("/set-up/roster/", {"kept": key}).status_code == 404, key
    assert stage.clients["bian"].post("/set-up/roster/", {"kept": kept}).status_code == 404


@pytest.mark.parametrize("name", ["/etc/hostname", "../../config/settings.py", "manage.py"])
def test_a_programme_is_not_read_from_a_path_on_the_server(stage: Stage, name: str) -> None:
    """From a page one names a shipped programme or sends a file; a path is neither."""
    answer = stage.clients["clerk"].post("/set-up/programme/", {"name": name}, follow=True)
    text = answer.content.decode()
    assert "没有叫" in text, "the server opened the file it was named"


def test_rights_end_with_the_post(stage: Stage) -> None:
    vacate(post=factories.secretarys_seat(stage.own.branch), on=NEW_YEAR, actor=factories.ACTOR)
    for address in (f"/duties/{stage.own.open_duty.pk}/", f"/write/{stage.own.open_duty.pk}/"):
        assert stage.clients["ning"].get(address).status_code == 404


def test_an_account_closed_is_signed_out_at_once(stage: Stage) -> None:
    User.objects.filter(username="ning").update(is_active=False)
    assert "/sign-in/" in stage.clients["ning"].get("/")["Location"]


def test_a_member_with_an_account_opens_nothing_but_what_is_about_himself(stage: Stage) -> None:
    client = Client()
    client.force_login(factories.account(stage.own.member, username="ran"))
    told = "您现在没有职务和角色"
    book = "/ledgers/2011Q1/reviews/"
    for address in ("/", "/coverage/", "/duties/", "/rectification/", book, "/organisations/", "/offline/"):
        answer = client.get(address)
        assert answer.status_code == 404 or told in answer.content.decode(), address
        assert not [one.name for one in stage.place.all if one.name in answer.content.decode()], address
    assert client.get("/").status_code == 200
    assert client.get(f"/reviews/{stage.own.review.pk}/").status_code == 200
    assert client.get(f"/reviews/{stage.own.body_review.pk}/").status_code == 404


# ---- words about a person


def test_a_branch_secretary_does_not_read_what_was_said_of_his_superior(stage: Stage) -> None:
    """祁书记 is a member of 宁支书's branch; what 贺知明 said of her as secretary is not 宁支书's to read (2.5)."""
    place = stage.place
    duty = duty_about(place.letters, "unit_secretary")
    review = tell(duty, evaluation="〖对上级书记的评价〗", problems=(ProblemInput("〖对上级书记的问题〗"),))
    client = stage.clients["ning"]
    assert client.get(f"/reviews/{review.pk}/").status_code == 404
    for address in (f"/people/{place.people['祁文'].pk}/", f"/write/{stage.own.open_duty.pk}/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "〖对上级书记" not in page.content.decode(), address


class Links(HTMLParser):
    """The addresses a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attrs).get("href")):
            self.found.add(href)


def links_of(page: Any, at: str) -> set[str]:
    reader = Links()
    reader.feed(page.content.decode())
    found = {urljoin(at, href) for href in reader.found}
    return {f"{u.path}?{u.query}" if u.query else u.path for u in map(urlsplit, found) if not u.netloc}


@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_no_page_leads_anybody_to_a_page_he_may_not_open(stage: Stage, role: str) -> None:
    """Every link on every page one can reach answers; a 404 behind a link is a leak or a dead end."""
    duty = duty_about(stage.place.letters, "unit_secretary")
    tell(duty)
    seen: set[str] = set()
    queue, dead = ["/"], []
    came_from = {"/": ""}
    while queue and len(seen) < FAR:
        address = queue.pop(0)
        if address in seen or "/file/" in address or address.startswith("/static/"):
            continue
        seen.add(address)
        page = stage.clients[role].get(address)
        if page.status_code >= 400:
            dead.append((page.status_code, address, "from", came_from[address]))
            continue
        if "html" not in page.get("Content-Type", "") or page.status_code != 200:
            continue
        for href in sorted(links_of(page, address)):
            came_from.setdefault(href, address)
            queue.append(href)
    assert not dead, "\n".join(map(str, dead[:20]))


def test_whoever_received_a_notice_does_not_see_who_else_has_signed(stage: Stage) -> None:
    letter = stage.own.letter
    send_to(notice=letter, organisations=[stage.place.letters, stage.other.branch], actor=factories.ACTOR)
    told = stage.clients["ning"].get(f"/notices/{letter.pk}/").content.decode()
    assert "送达 1 个，未签收 1 个" in told
    assert "送达 3 个，未签收 3 个" in stage.clients["clerk"].get(f"/notices/{letter.pk}/").content.decode()
    assert "送达 1 个，未签收 1 个" in stage.clients["bian"].get(f"/notices/{letter.pk}/").content.decode()
