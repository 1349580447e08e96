"""The chain covers what was said: whatever is changed, added or removed beside the system is found."""

import json
import random
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from dianping.acts.filing import file_and_follow
from dianping.acts.reopening import reopen_and_withdraw
from dianping.common import audit
from dianping.common.acts import act, acting
from dianping.common.models import AuditEntry, AuditRecord, Touched
from dianping.common.records.canonical import (
    as_driven,
    columns,
    from_image,
    many_digests,
    record_digest,
    rows,
)
from dianping.common.records.checking import RecordFault, check
from dianping.common.records.registry import Covered, LeftOut, coverage_of, covered_models
from dianping.common.rights import unasked
from dianping.duties.models import Duty
from dianping.programmes.services import enter_criteria
from dianping.reviews.models import Answer, Occasion, Review
from dianping.reviews.services import EventInput, ProblemInput, answer_review, correct_review
from tests.factories import ACTOR, open_on
from tests.pages.conftest import Stage, with_polls
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, at, target_of, words
from tests.taken_in import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(stage: Stage) -> Stage:
    """The stage with its polls; what its builders wrote by hand is taken into the chain first."""
    found = with_polls(stage)
    take_in()
    for items in (["领导班子好"], ["领导班子好", "党员队伍好"]):  # entered, then corrected
        enter_criteria(
            organisation=stage.place.top,
            name="五个好",
            about="organisation",
            items=items,
            source="某文件",
            today=NEW_YEAR,
            actor=ACTOR,
        )
    return found


def sql(statement: str, values: list[Any] | None = None) -> None:
    """What somebody does who has the database in his hands."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or [])


def faults() -> list[RecordFault]:
    return check()[1]


# ---- which tables


def test_every_table_of_ours_says_whether_it_is_covered_or_why_not() -> None:
    silent = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("dianping.") and coverage_of(model) is None
    ]
    assert silent == []


# What of every table that is left out follows from covered rows, and how that is held to them.
COUNTED_ANEW = {"duties.Tally"}
HELD_OTHERWISE = {
    # the chain itself, and what lies in it for the length of an act
    "common.AuditEntry": "verify_audit",
    "common.AuditRecord": "verify_records, before anything else",
    "common.Touched": "notes of one act",
    # boxes, and what came out of them, have sums and digests of their own, which entries hold
    "opinions.Box": "check_boxes",
    "opinions.Slot": "check_boxes",
    "opinions.Slip": "check_boxes",
    "opinions.Figure": "check_boxes",
    "opinions.Saying": "check_boxes",
    "opinions.Stub": "check_boxes",
    "opinions.PaperEntry": "the slip behind it, by check_boxes",
    # no figure and no page says anything by them
    "common.FormKey": "nothing",
    "common.KeyMark": "the start",
    "accounts.PastPassword": "nothing",
    "accounts.KnownPlace": "nothing",
    "accounts.TryCount": "nothing",
    "accounts.FailureTally": "entries of the chain",
    # hints where to look, in no figure, and another one every night
    "reviews.Sweep": "look_for_signs",
}


def left_out() -> dict[str, LeftOut]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        how = coverage_of(model) if model.__module__.startswith("dianping.") else None
        if isinstance(how, LeftOut):
            found[model._meta.label] = how
    return found


def test_what_is_left_out_because_it_can_be_counted_anew_is_counted_anew(site: Stage) -> None:
    """Who leaves a table out says in this file how it is held to what the chain covers."""
    found = left_out()
    assert set(found) == COUNTED_ANEW | set(HELD_OTHERWISE)
    assert {label for label, how in found.items() if how.recount} == COUNTED_ANEW
    for label, how in found.items():
        if any(word in how.why for word in ("数得", "算得", "重新数", "重新算")):
            assert label in COUNTED_ANEW
    for label in COUNTED_ANEW:
        model = apps.get_model(label)
        table, key = model._meta.db_table, model._default_manager.order_by("pk").values_list("pk").first()
        assert key is not None, label
        for field in model._meta.concrete_fields:
            if "Integer" in field.get_internal_type() and not field.primary_key:
                with _tried() as go_on:
                    go_on(
                        lambda t=table, c=field.column, k=key: sql(
                            f'UPDATE "{t}" SET "{c}" = "{c}" + 1 WHERE id = %s', [*k]
                        )
                    )
                    assert [(fault.table, fault.key) for fault in faults()] == [(table, *key)], field


def test_a_column_that_is_left_out_of_a_covered_table_says_nothing() -> None:
    """Columns without which a row is digested are few, and none holds a figure or a word somebody reads."""
    without = {
        f"{model._meta.label}.{name}"
        for model in covered_models().values()
        for name in coverage_of(model).without  # type: ignore[union-attr]
    }
    assert without == {"opinions.Poll.marked_hour"}  # for which hour the count in the chain was made already


def test_every_covered_key_is_a_number() -> None:
    for model in covered_models().values():
        assert model._meta.pk.get_internal_type() in ("BigAutoField", "BigIntegerField"), model


def test_the_stage_holds_rows_of_nearly_every_covered_table(site: Stage) -> None:
    """A table that is empty here is covered by no test of this file."""
    empty = {table for table, model in covered_models().items() if not model._default_manager.exists()}
    assert empty <= {
        "accounts_activationslip",
        "duties_handover",
        "ledgers_issue",
        "orgs_rostertaken",
        "orgs_rosterstep",
        "rectification_enclosure",  # tests/pages/test_enclosures.py
        "rectification_verdict",
        "rectification_writtenreport",
        "bulletins_bulletin_cases",
        "reviews_attendance",
        "reviews_note",
        "reviews_ground",
        "reviews_reopening",
        "reviews_correction",
        "reviews_answer",
        "reviews_revisit",
        "notices_citation",
    }


# ---- honest work is never blamed


def test_an_honest_site_has_no_fault(site: Stage) -> None:
    compared, found = check()
    assert found == []
    assert compared > 200


def test_no_act_leaves_a_note_behind(site: Stage) -> None:
    before = Touched.objects.count()  # what the builders wrote by hand
    open_on(NEW_YEAR)
    answer_review(review=site.own.review, text="收到。", on_behalf=True, moment=at(NEW_YEAR), actor=ACTOR)
    assert Touched.objects.count() == before


def test_an_event_named_while_writing_is_an_act_like_any_other(site: Stage) -> None:
    """Typed half, typed whole, filed: the event is made on filing, and stands with the review."""
    said = {"mode": "individual", "regular": "1", "happened_on": "2011-01-05", "occasion_kind": "谈心谈话"}
    said |= {"evaluation": "能够参加各项活动。", "direction": "多到一线听意见。", "problem-1": "联系群众不够"}
    address, noted = f"/write/{site.own.open_duty.pk}/", Touched.objects.count()
    for version, place in enumerate(("会", "会议室"), 1):
        given = said | {"version": str(version), "place": place}
        assert site.clients["ning"].post(f"{address}draft/", given).status_code == 200
        assert faults() == []
    assert site.clients["ning"].post(address, said | {"version": "3", "place": "会议室"}).status_code == 302
    assert AuditEntry.objects.filter(act="记下活动").count() == 1
    assert Touched.objects.count() == noted
    assert faults() == []


def test_a_review_opened_again_takes_its_problems_along(site: Stage) -> None:
    said = words(problems=(ProblemInput("换一个说法"),))
    duty = Duty.objects.get(pk=site.own.open_duty.pk)
    filed = file_and_follow(
        **target_of(duty, on=NEW_YEAR), said=said, version=1, moment=at(NEW_YEAR), actor=ACTOR
    )
    for _ in range(2):
        reopen_and_withdraw(review=filed, why="写错了人", moment=at(NEW_YEAR), actor=ACTOR)
        assert faults() == []
        version = Review.objects.get(pk=filed.pk).version
        filed = file_and_follow(
            **target_of(duty, on=NEW_YEAR), said=said, version=version, moment=at(NEW_YEAR), actor=ACTOR
        )
        assert faults() == []


def test_a_problem_changed_beside_the_system_stays_found_when_its_review_is_opened_again(site: Stage) -> None:
    duty = site.own.open_duty
    filed = file_and_follow(
        **target_of(duty, on=NEW_YEAR), said=words(), version=1, moment=at(NEW_YEAR), actor=ACTOR
    )
    problem = filed.problems.get()
    sql("UPDATE reviews_problem SET text = '没有说过的话' WHERE id = %s", [problem.pk])
    reopen_and_withdraw(review=filed, why="写错了人", moment=at(NEW_YEAR), actor=ACTOR)
    assert [(fault.table, fault.key) for fault in faults()] == [("reviews_problem", problem.pk)]


def test_a_refused_review_leaves_no_event_behind(site: Stage) -> None:
    said = words(evaluation="", event=EventInput("谈心谈话", "无此处"))
    with refused("reviews.parts-missing"):
        file_and_follow(
            **target_of(site.own.open_duty, on=NEW_YEAR),
            said=said,
            version=1,
            moment=at(NEW_YEAR),
            actor=ACTOR,
        )
    assert not Occasion.objects.filter(place="无此处").exists()


def test_an_entry_carries_the_digests_of_what_it_changed_before_and_after(site: Stage) -> None:
    review = site.own.review
    before = _digest(review)
    correct_review(
        review=review,
        changes={"evaluation": "更正后的评价。"},
        why="写错了",
        version=Review.objects.get(pk=review.pk).version,
        moment=at(NEW_YEAR),
        actor=ACTOR,
    )
    entry = AuditEntry.objects.get(act="更正点评")
    line = AuditRecord.objects.get(number=entry.vouches, table="reviews_review")
    assert (line.key, line.before, line.after) == (review.pk, before, _digest(review))
    assert line.before != line.after


def _digest(row: Model) -> str:
    names = [field.attname for field in columns(type(row))]
    [(_, values)] = rows(type(row), type(row)._default_manager.filter(pk=row.pk).values_list(*names))  # type: ignore[arg-type]
    return record_digest(row._meta.db_table, values)


def test_the_image_a_trigger_writes_down_gives_the_digest_of_the_row(site: Stage) -> None:
    """Both databases word dates, moments and JSON in their own way; the digest is one."""
    for table, model in covered_models().items():
        key = model._meta.pk.column
        newest = Touched.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        sql(f'UPDATE "{table}" SET "{key}" = "{key}"')
        images = dict(Touched.objects.filter(pk__gt=newest, table=table).values_list("key", "was"))
        names = [field.attname for field in columns(model)]
        for number, values in rows(model, model._default_manager.values_list(*names)):
            assert record_digest(table, from_image(model, images[number])) == record_digest(table, values), (
                table,
                number,
            )


def test_digests_made_of_many_rows_at_once_are_those_of_each(site: Stage) -> None:
    for table, model in covered_models().items():
        names = [field.attname for field in columns(model)]
        told = {
            key: record_digest(table, row)
            for key, row in rows(model, model._default_manager.values_list(*names))
        }
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {as_driven(model)} FROM "{table}"')
            assert {key: digest.hex() for key, digest in many_digests(model, cursor.fetchall())} == told, (
                table
            )


# ---- dishonest work is found


def tables() -> list[type[Model]]:
    return [model for model in covered_models().values() if model._default_manager.exists()]


def _another(field: Any, value: Any, chance: random.Random) -> Any:
    """Another value of a column, as it is stored."""
    kind = field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()
    if kind == "BooleanField":
        return not value
    if kind == "DateField":
        return "2010-11-11" if str(value) != "2010-11-11" else "2010-11-12"
    if kind == "DateTimeField":
        return "2010-11-11 08:00:00.000000+00:00"
    if kind == "JSONField":
        return json.dumps({"changed": chance.randrange(10**6)})
    if "Integer" in kind or "AutoField" in kind:
        return (value or 0) + 1 + chance.randrange(5)
    text = f"{value or ''}改{chance.randrange(10**6)}"
    return (
        text[: field.max_length]
        if field.max_length and len(text) <= field.max_length
        else f"改{chance.randrange(99)}"
    )


def _changed(model: type[Model], chance: random.Random) -> tuple[int, str, Any] | None:
    """One row, one column, another value: chosen so that only the digest can object (keys to other rows stay)."""
    how = coverage_of(model)
    assert isinstance(how, Covered)
    standing = (
        model._default_manager.filter(how.when) if how.when is not None else model._default_manager.all()
    )
    free = [field for field in columns(model) if not field.primary_key and not field.is_relation]
    if not free or not standing.exists():
        return None
    row = chance.choice(list(standing.order_by("pk")[:40]))
    field = chance.choice(free)
    return row.pk, field.column, _another(field, getattr(row, field.attname), chance)


def test_a_single_change_in_any_covered_table_is_found(site: Stage) -> None:
    """Each change is tried by itself and taken back; constraints of the database refuse some before we are asked."""
    chance = random.Random(20110105)
    tried = 0
    for model in tables() * 2:
        found = _changed(model, chance)
        if found is None:
            continue
        key, column, value = found
        table, pk = model._meta.db_table, model._meta.pk.column
        with _tried() as go_on:
            go_on(
                lambda t=table, c=column, v=value, p=pk, k=key: sql(
                    f'UPDATE "{t}" SET "{c}" = %s WHERE "{p}" = %s', [v, k]
                )
            )
            if go_on.done:
                tried += 1
                assert any(fault.table == table for fault in faults()), (table, key, column, value)
    assert tried > 40


class _Tried:
    """Something done to the database and taken back; `done` tells whether the database let it be done."""

    def __init__(self) -> None:
        self.done = False

    def __call__(self, do: Callable[[], None]) -> None:
        from django.db import DatabaseError, transaction

        try:
            with transaction.atomic():
                do()
        except DatabaseError:
            return
        self.done = True

    def __enter__(self) -> "_Tried":
        from django.db import transaction

        self._outer = transaction.atomic()
        self._outer.__enter__()
        return self

    def __exit__(self, *fault: object) -> None:
        from django.db import transaction

        transaction.set_rollback(True)
        self._outer.__exit__(None, None, None)


def _tried() -> _Tried:
    return _Tried()


def test_a_removed_row_of_any_covered_table_is_found(site: Stage) -> None:
    removed = 0
    for model in tables():
        how = coverage_of(model)
        assert isinstance(how, Covered)
        standing = (
            model._default_manager.filter(how.when) if how.when is not None else model._default_manager.all()
        )
        key = standing.order_by("-pk").values_list("pk", flat=True).first()
        if key is None:
            continue
        table, pk = model._meta.db_table, model._meta.pk.column
        with _tried() as go_on:
            go_on(
                lambda t=table, p=pk, k=key: _without_references(f'DELETE FROM "{t}" WHERE "{p}" = %s', [k])
            )
            if go_on.done:
                removed += 1
                assert any(fault.table == table and fault.key == key for fault in faults()), (table, key)
    assert removed > 20


def _without_references(statement: str, values: list[Any]) -> None:
    """Both databases ask for keys at the end of the transaction, which never comes here."""
    sql(statement, values)


@pytest.mark.parametrize("sets", ["answers", "duties", "posts"])
def test_an_added_row_is_found(site: Stage, sets: str) -> None:
    if sets == "answers":
        Answer.objects.create(review=site.own.review, at=at(NEW_YEAR), by="别人", text="很好。")
    elif sets == "duties":
        Duty.objects.filter(pk=site.own.open_duty.pk).first()
        copy = Duty.objects.get(pk=site.own.open_duty.pk)
        copy.pk, copy.window, copy.kind = None, None, "review"
        copy.save()
    else:
        held = site.place.people["宁守真"].tenures.first()
        held.pk, held.since, held.until = None, date(2009, 1, 1), date(2009, 2, 1)
        held.save()
    assert len(faults()) == 1


def test_a_change_beside_the_system_stays_found_after_an_honest_act_on_the_same_record(site: Stage) -> None:
    review = site.own.review
    sql("UPDATE reviews_review SET evaluation = '没有说过的话' WHERE id = %s", [review.pk])
    correct_review(
        review=review,
        changes={"direction": "更正后的努力方向。"},
        why="写错了",
        version=Review.objects.get(pk=review.pk).version,
        moment=at(NEW_YEAR),
        actor=ACTOR,
    )
    assert [(fault.table, fault.key) for fault in faults()] == [("reviews_review", review.pk)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes no such value")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("happened_on", "'2011-02-31'"),
        ("entered_at", "'2011-02-31 10:00:00'"),
        ("evaluation", "CAST(x'ff' AS TEXT)"),
    ],
)
def test_a_value_that_cannot_be_read_is_found_and_stops_nothing(site: Stage, column: str, value: str) -> None:
    sql(f"UPDATE reviews_review SET {column} = {value} WHERE id = %s", [site.own.review.pk])
    sql("UPDATE reviews_review SET evaluation = '没有说过的话' WHERE id = %s", [site.other.review.pk])
    found = {fault.key: fault.what for fault in faults() if fault.table == "reviews_review"}
    assert set(found) == {site.own.review.pk, site.other.review.pk}
    assert "读不出来" in found[site.own.review.pk]


def test_not_answered_is_not_refused(site: Stage) -> None:
    """Nobody has answered the asking for more time: no value. That somebody said no is another thing."""
    sql("UPDATE rectification_extension SET granted = %s WHERE id = %s", [False, site.own.waiting.pk])
    assert [(fault.table, fault.key) for fault in faults()] == [
        ("rectification_extension", site.own.waiting.pk)
    ]


def test_a_filed_review_made_a_draft_beside_the_system_is_found(site: Stage) -> None:
    sql("UPDATE reviews_review SET filed = %s WHERE id = %s", [False, site.own.review.pk])
    assert {fault.table for fault in faults()} == {"reviews_review", "reviews_problem"}


def test_a_duty_called_done_beside_the_system_is_found(site: Stage) -> None:
    sql(
        "UPDATE duties_duty SET done_on = '2011-01-05', entered_on = '2011-01-05', on_time = %s WHERE id = %s",
        [True, site.own.open_duty.pk],
    )
    assert any(fault.table == "duties_duty" for fault in faults())


@pytest.fixture
def unguarded() -> None:
    """The triggers that keep digests from being changed are gone."""
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER audit_record_no_update")
        sql("DROP TRIGGER audit_record_no_delete")
    else:
        sql("DROP TRIGGER audit_record_append_only ON common_auditrecord")


@pytest.mark.usefixtures("unguarded")
def test_a_record_the_chain_never_knew_is_not_made_its_own_by_a_later_act(site: Stage) -> None:
    """In every covered table: a row written beside the system, then changed, or removed, by an honest act."""
    chance, tried = random.Random(3), set()
    for model in tables():
        found = _changed(model, chance)
        if found is None or coverage_of(model).set_but:  # type: ignore[union-attr]
            continue  # a row of a set is missed in its set
        key, column, value = found
        table, pk = model._meta.db_table, model._meta.pk.column
        for statement, values in (
            (f'UPDATE "{table}" SET "{column}" = %s WHERE "{pk}" = %s', [value, key]),
            (f'DELETE FROM "{table}" WHERE "{pk}" = %s', [key]),
        ):
            with _tried() as go_on:
                AuditRecord.objects.filter(table=table, key=key).delete()  # as if nobody had told of it
                assert any(fault.key == key for fault in faults() if fault.table == table), table

                def honest(statement: str = statement, values: list[Any] = values) -> None:
                    with acting():
                        sql(statement, values)
                        unasked(ACTOR, because="a test tells")
                        audit.record(actor=ACTOR, act="更正", about="site")

                go_on(honest)
                if go_on.done:
                    tried.add((table, statement[:6]))
                    assert any(fault.key == key for fault in faults() if fault.table == table), statement
    assert len(tried) > 40


@pytest.mark.usefixtures("unguarded")
def test_a_review_filed_by_an_act_is_the_system_s_own_though_its_draft_was_never_told(site: Stage) -> None:
    """The control: a draft does not count, so filing it says nothing of what stood before."""
    draft = Review.objects.filter(filed=False).first()
    assert draft is not None
    with acting():
        Review.objects.filter(pk=draft.pk).update(filed=True, entered_at=at(NEW_YEAR), happened_on=NEW_YEAR)
        unasked(ACTOR, because="a test tells")
        audit.record(actor=ACTOR, act="登记点评", about=f"review:{draft.pk}")
    assert not [fault for fault in faults() if (fault.table, fault.key) == ("reviews_review", draft.pk)]


@pytest.mark.usefixtures("unguarded")
def test_a_digest_changed_with_its_record_is_found(site: Stage) -> None:
    review = site.own.review
    sql("UPDATE reviews_review SET evaluation = '没有说过的话' WHERE id = %s", [review.pk])
    line = AuditRecord.objects.filter(table="reviews_review", key=review.pk).order_by("-pk").first()
    assert line is not None
    AuditRecord.objects.filter(pk=line.pk).update(after=_digest(review))
    assert [fault.table for fault in faults()] == ["common_auditrecord"]


@pytest.mark.usefixtures("unguarded")
def test_digests_removed_with_their_record_are_found(site: Stage) -> None:
    AuditRecord.objects.filter(table="reviews_review", key=site.own.review.pk).delete()
    assert "common_auditrecord" in {fault.table for fault in faults()}


def test_what_the_database_is_made_to_forget_by_dropped_triggers_is_found(site: Stage) -> None:
    suffix = "" if connection.vendor == "sqlite" else " ON reviews_review"
    sql(f"DROP TRIGGER record_reviews_review_changed{suffix}")
    sql("UPDATE reviews_review SET evaluation = '没有说过的话' WHERE id = %s", [site.own.review.pk])
    assert [(fault.table, fault.key) for fault in faults()] == [("reviews_review", site.own.review.pk)]


# ---- acts


def test_an_act_that_changes_a_record_and_says_nothing_of_it_fails(site: Stage) -> None:
    @act
    def silent() -> None:
        Review.objects.filter(pk=site.own.review.pk).update(evaluation="悄悄改了")

    with pytest.raises(RuntimeError, match="没有写审计记录"):
        silent()
    assert faults() == []


def test_a_part_taken_back_is_in_no_entry(site: Stage) -> None:
    before = AuditEntry.objects.count()

    @act
    def broken() -> None:
        Review.objects.filter(pk=site.own.review.pk).update(evaluation="要收回的")
        unasked(ACTOR, because="a test tells")
        audit.record(actor=ACTOR, act="要收回的", about=f"review:{site.own.review.pk}")
        raise ZeroDivisionError

    with acting():
        with pytest.raises(ZeroDivisionError):
            broken()
        unasked(ACTOR, because="a test tells")
        audit.record(actor=ACTOR, act="留下的", about="site")
    assert list(AuditEntry.objects.order_by("seq")[before:].values_list("act", "vouches")) == [
        ("留下的", None)
    ]
    assert faults() == []


def test_the_command_names_what_was_changed_and_fails(site: Stage) -> None:
    out = StringIO()
    call_command("verify_records", "--json", stdout=out)
    assert json.loads(out.getvalue())["problems"] == []
    sql("UPDATE reviews_review SET evaluation = '没有说过的话' WHERE id = %s", [site.own.review.pk])
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_records", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert end.value.code == 1
    assert found["checked"] > 200
    assert [(problem["table"], problem["id"]) for problem in found["problems"]] == [
        ("reviews_review", site.own.review.pk)
    ]
    assert "被改动过" in found["problems"][0]["what"]
