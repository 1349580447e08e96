"""The audit chain: every act is in it, nothing of it changes unseen (GB/T 22239-2019 安全审计)."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from dianping.common import audit
from dianping.common.acts import act, acting
from dianping.common.audit import Operator
from dianping.common.models import AuditEntry
from dianping.common.records.checking import check
from dianping.common.rights import unasked
from dianping.orgs.models import Organisation
from dianping.orgs.services import found_organisation
from tests.factories import ACTOR, at_once

pytestmark = pytest.mark.django_db
ACTS = 12


@pytest.fixture
def chain():
    for n in range(ACTS):
        with acting():
            secretary = Operator("宁守真", "党支部书记")
            unasked(secretary, because="a test tells")
            audit.record(
                actor=secretary,
                act="登记点评",
                about=f"review:{n}",
                path="00000001",
                happened=date(2011, 1, n + 1),
                words="“成绩”与“不足”\n都要写 — ﹝2010﹞",
                parts={"b": [1, None, True], "a": 0.5},
            )
    return list(AuditEntry.objects.order_by("seq"))


@pytest.fixture
def untriggered():
    """Somebody with the database in his hands: the triggers are gone."""
    entries, records = (
        import_module(f"dianping.common.migrations.{name}") for name in ("0001_tables", "0003_records")
    )

    class Statements:
        connection = connection

        @staticmethod
        def execute(statement):
            with connection.cursor() as cursor:
                cursor.execute(statement)

    records.remove(None, Statements)
    entries.remove(None, Statements)
    yield
    entries.add(None, Statements)
    records.add(None, Statements)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes no such value")
@pytest.mark.parametrize("column", ["at", "detail", "actor", "vouches"])
@pytest.mark.parametrize("value", ["'2011-02-31 10:00:00'", "'{'", "CAST(x'ff' AS TEXT)", "'[]'", "x'00ff'"])
def test_an_entry_that_cannot_be_read_is_found_and_stops_nothing(chain, untriggered, column, value):
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"UPDATE common_auditentry SET {column} = {value} WHERE seq = 7")
        except IntegrityError:
            assert column == "detail"  # what is no JSON the table itself refuses
            return
    assert [line for line in audit.verify() if "第 7 条" in line]
    assert not [line for line in audit.verify() if "第 6 条" in line or "第 9 条" in line]
    check()


def test_an_untouched_chain_holds(chain):
    assert audit.verify() == []
    assert [entry.seq for entry in chain] == list(range(1, ACTS + 1))
    assert [entry.prev for entry in chain] == [audit.GENESIS, *(entry.digest for entry in chain[:-1])]


def test_an_empty_chain_holds():
    assert audit.verify() == []
    assert audit.head() == "0:"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor", "别人"),
        ("acting_as", "党委书记"),
        ("act", "修改点评"),
        ("about", "review:999"),
        ("path", "00000002"),
        ("detail", {"happened": "2011-01-31"}),
        ("digest", "f" * 64),
        ("prev", "f" * 64),
    ],
)
@pytest.mark.parametrize("seq", [1, 6, ACTS])
@pytest.mark.usefixtures("chain", "untriggered")
def test_an_edited_entry_is_found(field, value, seq):
    AuditEntry.objects.filter(seq=seq).update(**{field: value})
    assert any(f"第 {seq} 条" in sentence for sentence in audit.verify())


@pytest.mark.usefixtures("untriggered")
def test_a_moved_moment_is_found(chain):
    AuditEntry.objects.filter(seq=4).update(at=chain[3].at - timedelta(microseconds=1))
    assert len(audit.verify()) == 1


@pytest.mark.usefixtures("chain", "untriggered")
@pytest.mark.parametrize("seq", [1, 6])
def test_a_deleted_entry_is_found(seq):
    AuditEntry.objects.filter(seq=seq).delete()
    assert any(f"第 {seq} 条处缺少记录" in sentence for sentence in audit.verify())


def rewrite(entries):
    """Whoever owns the database builds the chain anew, every digest right."""
    AuditEntry.objects.all().delete()
    prev = audit.GENESIS
    for seq, entry in enumerate(entries, start=1):
        row = {
            "seq": seq, "at": entry.at, "actor": entry.actor, "acting_as": entry.acting_as, "act": entry.act,
            "about": entry.about, "path": entry.path, "detail": entry.detail, "prev": prev,
        }  # fmt: skip
        prev = AuditEntry.objects.create(**row, digest=audit.digest_of(**row)).digest


@pytest.mark.usefixtures("untriggered")
def test_two_entries_changed_about_are_found(chain):
    AuditEntry.objects.all().delete()
    for entry, seq in zip(chain, [1, 3, 2, *range(4, ACTS + 1)], strict=True):
        entry.seq = seq
        entry.save(force_insert=True)
    assert audit.verify() != []


@pytest.mark.usefixtures("untriggered")
def test_a_cut_tail_is_found_with_a_head_kept_elsewhere(chain):
    kept = audit.head()
    AuditEntry.objects.filter(seq__gt=ACTS - 3).delete()
    assert audit.verify() == []  # the chain by itself cannot know
    assert audit.verify(kept=[kept]) != []


@pytest.mark.usefixtures("untriggered")
def test_a_chain_rewritten_from_the_middle_is_found_with_a_head_kept_elsewhere(chain):
    kept = audit.head()
    chain[4].about = "review:999"
    rewrite(chain)
    assert audit.verify() == []
    assert audit.verify(kept=[kept]) != []


@pytest.mark.usefixtures("untriggered")
def test_a_chain_emptied_and_begun_anew_is_found_with_a_head_kept_elsewhere(chain):
    kept = audit.head()
    rewrite(chain[:2])
    assert audit.verify(kept=[kept]) != []


def test_a_kept_head_still_holds_when_the_chain_has_grown(chain):
    kept = audit.head()
    with acting():
        unasked(ACTOR, because="a test tells")
        audit.record(actor=ACTOR, act="登记点评", about="review:13")
    assert audit.head() != kept
    assert audit.verify(kept=[kept, audit.head(), "0:"]) == []
    assert audit.verify(kept=[kept, kept, f"0{kept}"]) == []


@pytest.mark.parametrize("number", [1, ACTS - 2, ACTS, ACTS + 5, 0])
@pytest.mark.parametrize("before", [True, False])
def test_a_head_that_differs_is_a_break_whatever_else_is_said_of_its_entry(chain, number, before):
    entry = AuditEntry.objects.filter(seq=number).first()
    right = f"{number}:{entry.digest if entry else 'e' * 64}"
    wrong = f"{number}:{7:064}"
    told = [wrong, right] if before else [right, wrong]
    broken = audit.verify(kept=[*told, audit.head()])
    assert any(f"第 {number} 条有 2 个不同的摘要" in sentence for sentence in broken)
    assert audit.verify(kept=[wrong]) != []
    assert audit.verify(kept=[f"0{wrong}", right]) != []


def test_what_is_no_head_is_a_break(chain):
    for told in ("", "ffff", "-1:ffff", f"x{audit.head()}"):
        assert audit.verify(kept=[told, audit.head()]) != [], told


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE common_auditentry SET actor = 'x' WHERE seq = 3",
        "UPDATE common_auditentry SET seq = seq + 100",
        "DELETE FROM common_auditentry WHERE seq = 3",
        "DELETE FROM common_auditentry",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete(statement):
    with (
        pytest.raises(DatabaseError, match="审计记录只能追加"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert audit.verify() == []
    assert AuditEntry.objects.count() == ACTS


@pytest.mark.usefixtures("chain")
def test_nor_does_the_model_get_round_it():
    for change in (AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(actor="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert AuditEntry.objects.count() == ACTS


class Halt(Exception):
    """The process dies here."""


def found_one():
    return found_organisation(
        code="X",
        name="甲党支部",
        kind="党支部",
        unit_kind="",
        parent=None,
        founded=date(2011, 1, 1),
        actor=ACTOR,
    )


@act
def found_one_and_die():
    found_one()
    raise Halt


def test_an_act_that_fails_after_its_entry_leaves_neither():
    before = audit.head()
    with pytest.raises(Halt):
        found_one_and_die()
    assert not Organisation.objects.filter(code="X").exists()
    assert audit.head() == before


def test_an_act_whose_entry_cannot_be_written_fails_with_it(monkeypatch):
    def fail(_rows):
        raise DatabaseError("disk full")

    monkeypatch.setattr(AuditEntry.objects, "bulk_create", fail)
    with pytest.raises(DatabaseError):
        found_one()
    assert not Organisation.objects.filter(code="X").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="同一事务"):
        audit.record(actor=ACTOR, act="登记点评", about="review:1")
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_acts_at_once_stand_in_one_unbroken_chain():
    def one(n):
        with acting():
            unasked(ACTOR, because="a test tells")
            audit.record(actor=ACTOR, act="登记点评", about=f"review:{n}")

    assert at_once([lambda n=n: one(n) for n in range(8)]) == [None] * 8
    assert AuditEntry.objects.count() == 8
    assert audit.verify() == []


def test_time_never_runs_backward_in_the_chain(settings):
    for day in (date(2011, 1, 5), date(2011, 1, 2), date(2011, 1, 6)):
        settings.STANDING_DAY = day
        with acting():
            unasked(ACTOR, because="a test tells")
            audit.record(actor=ACTOR, act="登记点评", about="review:1")
    moments = list(AuditEntry.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert audit.verify() == []


def test_an_actor_is_named_with_the_role_he_acts_in(chain):
    assert (chain[0].actor, chain[0].acting_as) == ("宁守真", "党支部书记")
    assert chain[0].detail["happened"] == "2011-01-01"
