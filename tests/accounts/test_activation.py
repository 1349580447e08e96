"""Activation slips: made in one act, used once by their owner, told apart only to whoever holds one."""

import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from dianping.accounts import hashing
from dianping.accounts.management.commands import activation_slips
from dianping.accounts.models import ActivationSlip, Grant, TryCount, User
from dianping.accounts.selectors import plan_of
from dianping.accounts.services import Printing, grant_role, open_seats, renew_password, renew_slip, set_open
from dianping.accounts.services import slips as making
from dianping.accounts.viewer import Viewer
from dianping.base.codes import read_code, slip_code
from dianping.common.audit import SYSTEM, Actor
from dianping.common.models import AuditEntry
from dianping.common.office import writing_slips
from dianping.opinions.selectors.custodians import one_office
from dianping.orgs.models import Person
from tests.factories import ACTOR, PASSWORD, University, account, vacate
from tests.refused import codes_on, refused

pytestmark = pytest.mark.django_db

DAY = date(2011, 1, 5)
CODE = re.compile(r"(?<![A-Z0-9-])(?:[2-9A-HJ-KM-NP-Z]{4}-){2}[2-9A-HJ-KM-NP-Z]{4}(?![A-Z0-9-])")
OWN = "石榴花开三月八日晴天正好"
PAPER = Printing("https://dp.example.cn/activate/", DAY)


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    settings.STANDING_DAY = DAY


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def by_name(pdf: bytes) -> dict[str, str]:
    """The code on the paper of each sign-in name."""
    text = text_of(pdf)
    names = re.findall(r"(?<![a-z0-9])[a-z]{1,6}\d{2}(?!\d)", text)
    codes = CODE.findall(text)
    assert len(names) == len(codes)
    return dict(zip(names, codes, strict=True))


def clerk(place: Any, username: str = "wen", role: str = Grant.Role.CLERK) -> User:
    user = account(username=username)
    grant_role(user=user, role=role, organisation=place, since=date(2010, 1, 1), actor=ACTOR)
    return user


def actor(user: User) -> Actor:
    return Viewer(user, DAY).actor


def everybody(place: Any, by: Actor = SYSTEM, **more: Any) -> Any:
    return open_seats(organisation=place, again=more.get("again", False), printing=PAPER, actor=by)


def send(client: Client, code: str, password: str | None = None, address: str = "192.0.2.7") -> Any:
    sent = {"code": code}
    if password is not None:
        sent |= {"new_password1": password, "new_password2": password}
    return client.post("/activate/", sent, REMOTE_ADDR=address)


# ---- one act for a scope


def test_all_secretaries_and_leaders_of_a_scope_get_an_account_and_a_slip(university: University) -> None:
    made = everybody(university.top)
    seated = {"甘远山", "贺知明", "苏岩", "方舟", "祁文", "宁守真", "齐放", "白露生", "边望川", "柳青衣"}
    assert {user.person.name for user in User.objects.exclude(person=None)} == seated
    assert (made.accounts, made.slips, made.skipped) == (10, 10, [])
    assert not any(user.has_usable_password() for user in User.objects.all())
    text = text_of(made.pdf)
    for name in seated:
        assert name in text
    assert len(set(CODE.findall(text))) == 10
    assert "2011年1月19日" in text
    assert AuditEntry.objects.filter(act="成批开设账号").count() == 1


def test_who_is_left_out_is_told_with_the_reason(university: University) -> None:
    account(university.people["祁文"], username="qi")
    vacate(university.letters_students, DAY)
    closed = account(university.people["白露生"], username="bai")
    set_open(user=closed, is_open=False, actor=ACTOR)
    made = everybody(university.top)
    why = {one.who.partition("（")[0].partition(" ")[0]: one.why for one in made.skipped}
    assert why["祁文"] == "已经有账号"
    assert why["白露生"] == "有账号，已停用"
    assert "职务空缺" in why.values()
    again = everybody(university.top)
    assert (again.accounts, again.slips, again.pdf) == (0, 0, b"")
    assert "有账号，还没有启用" in {one.why for one in again.skipped}


def test_no_password_is_hashed_however_many_accounts_are_made(
    university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hashed(*given: Any) -> str:
        raise AssertionError("a password was hashed")

    monkeypatch.setattr(hashing.QueuedArgon2Hasher, "encode", hashed)
    assert everybody(university.top).accounts == 10


def test_neither_the_number_of_people_nor_of_slips_makes_more_statements(
    university: University, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60):
        everybody(university.top)


def test_a_clerk_opens_below_himself_alone_and_nobody_who_has_a_seat_elsewhere(
    university: University,
) -> None:
    from tests.factories import lead

    lead(university.people["祁文"], university.top)
    wen = actor(clerk(university.letters))
    made = everybody(university.letters, wen)
    assert {user.name for user in User.objects.exclude(person=None)} == {"宁守真", "齐放"}
    assert ["职务，不在您管的范围里" in one.why for one in made.skipped] == [True]
    with refused("rights.not-yours"):
        everybody(university.sciences, wen)
    with refused("rights.not-yours"):
        everybody(university.top, wen)


def test_a_paper_that_cannot_be_set_leaves_no_account(
    university: University, monkeypatch: pytest.MonkeyPatch, rows_of: Any
) -> None:
    def broken(*given: Any, **more: Any) -> bytes:
        raise RuntimeError("no paper")

    monkeypatch.setattr(making, "activation_pdf", broken)
    before = rows_of(AuditEntry)
    with pytest.raises(RuntimeError):
        everybody(university.top)
    assert not User.objects.exists()
    assert not ActivationSlip.objects.exists()
    assert rows_of(AuditEntry) == before


def test_two_presses_of_one_page_make_one_lot(university: University) -> None:
    zong = actor(clerk(university.top))
    seen = Printing(PAPER.address, DAY, 0)
    open_seats(organisation=university.letters, again=False, printing=seen, actor=zong)
    with refused("accounts.slips-made-meanwhile"):
        open_seats(organisation=university.letters, again=True, printing=seen, actor=zong)


def test_codes_are_in_no_table_and_no_number_is_on_the_paper(university: University, rows_of: Any) -> None:
    Person.objects.filter(name="宁守真").update(fingerprint="f" * 64, employee_no="2009990000")
    made = everybody(university.top)
    text = text_of(made.pdf)
    assert not re.search(r"\d{8}", text), "no identity number, no day of birth, no employee number"
    assert "f" * 12 not in text
    kept = repr([rows_of(model) for model in (User, ActivationSlip, AuditEntry)])
    for code in CODE.findall(text):
        assert code not in kept
        assert (read_code(code) or code) not in kept


def test_more_than_one_paper_holds_is_refused(
    university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_AT_ONCE", 3)
    with refused("accounts.too-many-for-paper"):
        everybody(university.top)
    assert not User.objects.exists()


# ---- the owner


def test_every_slip_opens_its_own_account_once(university: University) -> None:
    for username, code in by_name(everybody(university.top).pdf).items():
        client = Client()
        looked = send(client, code)
        assert looked.status_code == 200
        assert username in looked.content.decode()
        assert not User.objects.get(username=username).has_usable_password(), "looking uses nothing"
        done = send(client, code, OWN)
        assert (done.status_code, done["Location"]) == (302, "/")
        assert client.get("/").status_code == 200, "signed in"
        assert User.objects.get(username=username).check_password(OWN)
        spent = send(Client(), code, OWN + "二")
        assert spent.status_code == 409
        assert "accounts.slip-used" in codes_on(spent)
        assert Client().post("/sign-in/", {"username": username, "password": OWN}).status_code == 302
    assert AuditEntry.objects.filter(act="凭票启用").count() == 10


def one_slip(university: University) -> tuple[User, str]:
    everybody(university.letters_staff)
    user = User.objects.get(person=university.people["宁守真"])
    made = renew_slip(user=user, printing=PAPER, actor=SYSTEM)
    return user, by_name(made.pdf)[user.username]


def test_a_weak_password_is_refused_and_the_slip_stays(university: University) -> None:
    user, code = one_slip(university)
    for weak in ("short", "ningshouzhen2011", "12345678901234"):
        answer = send(Client(), code, weak)
        assert answer.status_code == 422
        assert code not in answer.content.decode().replace('value="' + code, "")
    different = Client().post("/activate/", {"code": code, "new_password1": OWN, "new_password2": "x"})
    assert "两次输的密码不一样" in different.content.decode()
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert send(Client(), code, OWN).status_code == 302


def test_a_slip_is_good_for_fourteen_days(university: University, settings: Any) -> None:
    _, code = one_slip(university)
    settings.STANDING_DAY = DAY + timedelta(days=14)
    assert send(Client(), code).status_code == 200
    settings.STANDING_DAY = DAY + timedelta(days=15)
    answer = send(Client(), code, OWN)
    assert answer.status_code == 409
    assert "accounts.slip-expired" in codes_on(answer)
    assert "2011年1月19日" in answer.content.decode()


def test_a_new_slip_makes_the_old_one_void_and_ends_the_password(university: University) -> None:
    user, first = one_slip(university)
    client = Client()
    assert send(client, first, OWN).status_code == 302
    made = renew_slip(user=user, printing=PAPER, actor=SYSTEM)
    assert client.get("/").status_code == 302, "out at once"
    assert Client().post("/sign-in/", {"username": user.username, "password": OWN}).status_code == 200
    second = by_name(made.pdf)[user.username]
    third = by_name(renew_slip(user=user, printing=PAPER, actor=SYSTEM).pdf)[user.username]
    assert "accounts.slip-void" in codes_on(send(Client(), second))
    assert send(Client(), third, OWN + "二").status_code == 302


def test_a_closed_account_comes_to_life_by_no_slip(university: University) -> None:
    user, code = one_slip(university)
    set_open(user=user, is_open=False, actor=SYSTEM)
    assert "accounts.slip-void" in codes_on(send(Client(), code))
    set_open(user=user, is_open=True, actor=SYSTEM)
    assert "accounts.slip-void" in codes_on(send(Client(), code, OWN)), "it stays void"
    with refused("accounts.closed"):
        set_open(user=user, is_open=False, actor=SYSTEM)
        renew_slip(user=user, printing=PAPER, actor=SYSTEM)


# ---- guesses


def test_whoever_guesses_is_told_one_thing_and_is_shut_out_by_address(university: University) -> None:
    everybody(university.top)
    told, guess = set(), iter(range(10**6))
    tries = ["", "x", "AAAA-AAAA-AAAA", "nsz01"] + [
        slip_code(lambda below: next(guess) * 7 % below) for _ in range(26)
    ]
    for code in tries:
        answer = send(Client(), code)
        assert answer.status_code == 422
        assert "accounts.slip-wrong" in codes_on(answer)
        told.add(
            re.sub(
                r'name="csrfmiddlewaretoken" value="\w+"|nonce="\w+"|[\w]{64}', "", answer.content.decode()
            )
        )
    assert len(told) == 1, "nothing tells whether an account exists, or how the code was wrong"
    shut = send(Client(), slip_code(lambda below: 3))
    assert (shut.status_code, shut["Retry-After"]) == (429, "900")
    assert "accounts.too-many-codes" in codes_on(shut)
    user, code = one_slip(university)
    assert send(Client(), code).status_code == 429, "a right one is not looked at either"
    assert send(Client(), code, address="198.51.100.9").status_code == 200
    assert AuditEntry.objects.filter(act="锁定").count() == 1
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_a_hall_full_of_people_behind_one_address_is_not_shut_out(university: University) -> None:
    """Whoever brings his account to life takes the count of the address away."""
    for _, code in by_name(everybody(university.top).pdf).items():
        for _ in range(5):
            assert send(Client(), "AAAA-AAAA-AAAA").status_code == 422
        assert send(Client(), code).status_code == 200
        assert send(Client(), code, OWN).status_code == 302
    assert TryCount.objects.filter(count__gt=0).count() == 0


def test_nothing_that_was_sent_comes_back_or_is_kept(university: University, rows_of: Any) -> None:
    _, code = one_slip(university)
    answer = send(Client(), code, "tooshort")
    assert "tooshort" not in answer.content.decode()
    page = send(Client(), "MARK-MARK-MARK").content.decode()
    assert "MARK-MARK" not in page
    kept = repr([rows_of(model) for model in (User, ActivationSlip, AuditEntry, TryCount)])
    assert "MARK" not in kept


def test_an_open_page_of_somebody_else_gives_way_to_the_owner(university: University) -> None:
    user, code = one_slip(university)
    client = Client()
    client.force_login(clerk(university.letters))
    assert send(client, code, OWN).status_code == 302
    assert user.name in client.get("/").content.decode()


# ---- rights of whoever keeps accounts


def test_nobody_gives_a_right_he_has_not(university: University) -> None:
    wen = clerk(university.letters)
    ning = account(university.people["宁守真"], username="ning")
    given = {"user": ning, "since": DAY, "actor": actor(wen)}
    grant_role(role=Grant.Role.CLERK, organisation=university.letters_staff, **given)
    for role, place in (
        (Grant.Role.CLERK, university.top),
        (Grant.Role.CLERK, None),
        (Grant.Role.CLERK, university.sciences),
        (Grant.Role.SUPERIOR, university.letters),
        (Grant.Role.AUDITOR, university.letters),
    ):
        with refused("rights.not-yours"):
            grant_role(role=role, organisation=place, **given)


@pytest.mark.parametrize("whose", ["above", "beside", "other role", "whole site", "himself", "nowhere"])
def test_an_account_that_reaches_further_is_not_his_to_keep(university: University, whose: str) -> None:
    wen = clerk(university.letters)
    user = {
        "above": lambda: clerk(university.top, "zong"),
        "beside": lambda: clerk(university.sciences, "qiu"),
        "other role": lambda: clerk(university.letters, "shen", Grant.Role.AUDITOR),
        "whole site": lambda: clerk(None, "root"),
        "himself": lambda: wen,
        "nowhere": lambda: account(username="lu"),
    }[whose]()
    for change in (
        lambda: renew_slip(user=user, printing=PAPER, actor=actor(wen)),
        lambda: set_open(user=user, is_open=False, day=DAY, actor=actor(wen)),
        lambda: grant_role(
            user=user, role="clerk", organisation=university.letters, since=DAY, actor=actor(wen)
        ),
    ):
        with refused("rights.not-yours"):
            change()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


# ---- the command


def told(*given: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("activation_slips", "--json", *given, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_what_it_made_and_may_be_repeated(
    university: University, tmp_path: Path, settings: Any
) -> None:
    settings.ADDRESS = "https://dp.example.cn"
    out = tmp_path / "票.pdf"
    first = told("--out", str(out), "--organisation", "YL01")
    assert first == {"accounts": 3, "slips": 3, "skipped": []}
    assert len(CODE.findall(text_of(out.read_bytes()))) == 3
    assert out.stat().st_mode & 0o077 == 0, "nobody else reads the codes"
    second = told("--out", str(out), "--organisation", "YL01")
    assert (second["accounts"], second["slips"]) == (0, 0)
    assert [set(one) for one in second["skipped"]] == [{"who", "why"}] * 3
    again = told("--out", str(tmp_path / "再.pdf"), "--organisation", "YL01", "--again")
    assert (again["accounts"], again["slips"]) == (0, 3)
    everything = told("--out", str(tmp_path / "全.pdf"))
    assert everything["accounts"] == 7


@pytest.mark.parametrize("where", ["folder/that/is/not/there.pdf", "stands.pdf"])
def test_a_file_that_cannot_be_written_leaves_no_account(
    university: University, tmp_path: Path, where: str
) -> None:
    (tmp_path / "stands.pdf").write_bytes(b"slips of before")
    with refused("accounts.file-stands" if where == "stands.pdf" else "accounts.file-not-written"):
        call_command("activation_slips", "--out", str(tmp_path / where), stdout=io.StringIO())
    assert not User.objects.exists()
    assert (tmp_path / "stands.pdf").read_bytes() == b"slips of before"


def test_a_failure_after_the_file_leaves_neither(
    university: University, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "票.pdf"
    write = activation_slips._write

    def then_fails(*given: Any) -> bool:
        write(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(activation_slips, "_write", then_fails)
    with pytest.raises(KeyboardInterrupt):
        call_command("activation_slips", "--out", str(out), stdout=io.StringIO())
    assert not User.objects.exists()


def test_the_plan_makes_a_fixed_number_of_queries(
    university: University, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        plan_of(university.top, day=DAY, keeps=lambda path: True)


def test_every_square_holds_the_code_printed_beside_it(
    university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    square = writing_slips._square
    monkeypatch.setattr(writing_slips, "_square", lambda text: (drawn.append(text), square(text))[1])
    codes = [read_code(code) for code in CODE.findall(text_of(everybody(university.top).pdf))]
    assert drawn == [f"https://dp.example.cn/activate/#{code}" for code in codes]


def test_who_hands_somebody_his_slip_is_not_another_office_than_he(university: University) -> None:
    """He could have kept the slip and be both: two keys, a printer and who counts out, are in two hands or none."""
    zong, wen = clerk(university.top, "zong"), clerk(university.letters)
    made = renew_slip(user=wen, printing=PAPER, actor=actor(zong))
    assert one_office(wen, zong, day=DAY) == ""
    assert send(Client(), CODE.findall(text_of(made.pdf))[0], OWN).status_code == 302
    wen.refresh_from_db()
    assert one_office(wen, zong, day=DAY) == one_office(zong, wen, day=DAY) != ""
    assert one_office(wen, clerk(university.top, "fang"), day=DAY) == ""
    renew_password(user=wen, password="another-plain-word", day=DAY, actor=SYSTEM)  # noqa: S106
    wen.refresh_from_db()
    assert one_office(wen, zong, day=DAY) == ""
