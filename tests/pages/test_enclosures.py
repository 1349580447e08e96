"""附件: files beside a review, an event and a paper handed in; by whom, of which kinds, given out with the bytes they came with."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from dianping.accounts.models import User
from dianping.accounts.viewer import Viewer
from dianping.common.formkeys import new_form_key
from dianping.common.keeping import kept_path
from dianping.common.models import AuditEntry
from dianping.rectification.models import Enclosure
from dianping.rectification.rights import may_enclose, may_see_enclosure
from dianping.rectification.services import enclosing
from dianping.rectification.services.enclosing import enclose
from tests.factories import ACTOR
from tests.pages.conftest import Side, Stage
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR

SCAN = b"%PDF-1.4 scanned"


def records(side: Side) -> dict[str, tuple[str, Any]]:
    """The address of each record's page, and the record."""
    return {
        "review": (f"/reviews/{side.review.pk}/", side.review),
        "occasion": (f"/occasions/{side.occasion.pk}/", side.occasion),
        "duty": (f"/duties/{side.paper.pk}/", side.paper),
    }


def put(client: Client, kind: str, pk: int, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(f"/enclosures/{kind}/{pk}/", {"sent": sent, "form_key": new_form_key()})


@pytest.mark.parametrize("kind", ["review", "occasion", "duty"])
def test_a_file_is_put_beside_a_record_and_given_out_as_it_came(stage: Stage, kind: str) -> None:
    page, record = records(stage.own)[kind]
    client = stage.clients["clerk"]
    assert "附上" in client.get(page).content.decode()
    assert put(client, kind, record.pk, ("扫描件.pdf", SCAN)).status_code == 302
    (file,) = Enclosure.objects.filter(**{kind: record})
    assert (file.name, file.size, file.path, file.on) == ("扫描件.pdf", len(SCAN), record.path, NEW_YEAR)
    entry = AuditEntry.objects.filter(act="附文件").get()
    assert entry.about == f"{kind}:{record.pk}"
    address = f"/enclosures/{kind}/{record.pk}/{file.pk}/"
    assert address in client.get(page).content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == SCAN
    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(act="导出", about__startswith="enclosure:").exists()


def test_the_same_file_twice_is_once(stage: Stage) -> None:
    pk = stage.own.review.pk
    put(stage.clients["clerk"], "review", pk, ("a.pdf", SCAN))
    put(stage.clients["clerk"], "review", pk, ("b.pdf", SCAN), ("c.pdf", SCAN + b"2"))
    assert sorted(Enclosure.objects.values_list("name", flat=True)) == ["a.pdf", "c.pdf"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"MZ"), ("a.docx", b"%PDF-"), ("a.txt", b"a\0b")]
)
def test_a_file_of_another_kind_is_refused_and_nothing_is_kept(
    stage: Stage, name: str, content: bytes
) -> None:
    answer = put(
        stage.clients["clerk"], "review", stage.own.review.pk, ("good.pdf", b"%PDF-1 good"), (name, content)
    )
    assert answer["X-Refusal"] == "rectification.files-not-taken"
    assert not Enclosure.objects.exists()
    import hashlib

    assert not kept_path(hashlib.sha256(b"%PDF-1 good").hexdigest(), folder="evidence").exists()


def test_no_file_and_too_many_are_refused(stage: Stage) -> None:
    asked: dict[str, Any] = {"record": stage.own.review, "reader": None, "on": NEW_YEAR, "actor": ACTOR}
    with refused("rectification.no-files"):
        enclose(files=[], **asked)
    many = [SimpleUploadedFile(f"{n}.txt", b"a") for n in range(7)]
    with refused("rectification.too-many-files"):
        enclose(files=many, **asked)


def test_a_record_takes_so_many_and_the_same_file_again_is_nothing_new(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enclosing, "MOST", 2)
    client, key = stage.clients["clerk"], stage.own.review.pk
    put(client, "review", key, ("a.pdf", SCAN), ("b.pdf", SCAN + b"b"))
    entries = AuditEntry.objects.filter(act="附文件").count()
    put(client, "review", key, ("a.pdf", SCAN))
    assert AuditEntry.objects.filter(act="附文件").count() == entries
    answer = put(client, "review", key, ("c.pdf", SCAN + b"c"))
    assert answer["X-Refusal"] == "rectification.enclosures-too-many"
    assert Enclosure.objects.count() == 2


def test_a_review_opened_again_meanwhile_takes_none(stage: Stage) -> None:
    read_before = stage.own.review
    type(read_before).objects.filter(pk=read_before.pk).update(filed=False)
    ning = Viewer(User.objects.get(username="ning"), NEW_YEAR).actor
    with refused("rights.not-yours"):
        enclose(
            record=read_before,
            files=[SimpleUploadedFile("a.txt", b"a")],
            reader=None,
            on=NEW_YEAR,
            actor=ning,
        )


def test_who_only_reads_puts_nothing_and_who_does_not_read_sees_nothing(stage: Stage) -> None:
    side = stage.own
    put(stage.clients["clerk"], "review", side.review.pk, ("a.pdf", SCAN))
    file = Enclosure.objects.get()
    address = f"/enclosures/review/{side.review.pk}/{file.pk}/"
    assert stage.clients["auditor"].get(address).status_code == 200
    assert put(stage.clients["auditor"], "review", side.review.pk, ("b.pdf", SCAN)).status_code == 404
    assert stage.clients["bian"].get(address).status_code == 404
    assert put(stage.clients["bian"], "review", side.review.pk, ("b.pdf", SCAN)).status_code == 404
    assert (
        stage.clients["clerk"].get(f"/enclosures/review/{side.body_review.pk}/{file.pk}/").status_code == 404
    )
    assert stage.clients["clerk"].get(f"/enclosures/poll/1/{file.pk}/").status_code == 404
    assert "附上" not in stage.clients["auditor"].get(f"/reviews/{side.review.pk}/").content.decode()


def test_a_draft_and_a_duty_that_is_no_paper_take_none(stage: Stage) -> None:
    assert put(stage.clients["ning"], "review", stage.own.draft.pk, ("a.pdf", SCAN)).status_code == 404
    assert put(stage.clients["clerk"], "duty", stage.own.open_duty.pk, ("a.pdf", SCAN)).status_code == 404


def test_a_file_belongs_to_one_record(stage: Stage) -> None:
    both = {"review": stage.own.review, "occasion": stage.own.occasion}
    for given in ({}, both):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enclosure.objects.create(path="", name="a", digest="b", size=1, on=NEW_YEAR, by="c", **given)


def test_rights_are_those_of_the_record(stage: Stage) -> None:
    put(stage.clients["clerk"], "review", stage.own.review.pk, ("a.pdf", SCAN))
    file = Enclosure.objects.get()
    ning, bian = (Viewer(User.objects.get(username=name), NEW_YEAR).actor for name in ("ning", "bian"))
    assert may_see_enclosure(ning, file)
    assert may_enclose(ning, stage.own.review)
    assert not may_see_enclosure(bian, file)
    assert not may_enclose(bian, stage.own.review)
