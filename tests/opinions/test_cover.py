"""Only people whom the superior's custodian knows of hide anybody: inventions take themselves away again (decision 0040)."""

from typing import Any

import pytest

from dianping.common.audit import Operator
from dianping.common.models import AuditEntry
from dianping.opinions.models import Batch, Figure, Group, Poll, Saying, Stub
from dianping.opinions.rules import presets
from dianping.opinions.selectors import cover
from dianping.opinions.services import (
    ListCheck,
    NotHandedOut,
    WrongSlip,
    admit,
    confirm_lists,
    count_out,
    issue_slips,
    poll_faults,
    release,
    take_key,
    type_paper,
)
from tests import factories
from tests.factories import University
from tests.opinions.polling import OPENS, GroupPlan, Polling, acting, answer, choosing, poll_about
from tests.refused import refused

pytestmark = pytest.mark.django_db

TRUE = "书记把采购给了亲戚"
REAL = "真来人"


def invented(count: int, *, also: tuple[str, ...] = ()) -> tuple[str, ...]:
    return (*(f"编名{n}" for n in range(count)), *also)


def one_list(count: int, place: University) -> tuple[tuple[GroupPlan, ...], dict[str, int]]:
    """All on one typed list that nobody held against anything."""
    return (GroupPlan("群众", inside=False, names=invented(count, also=(REAL,))),), {}


def found_alone(count: int, place: University) -> tuple[tuple[GroupPlan, ...], dict[str, int]]:
    """The superior's custodian found the one real name on his list."""
    return (GroupPlan("群众", inside=False, names=invented(count, also=(REAL,))),), {"群众": 1}


def two_groups(count: int, place: University) -> tuple[tuple[GroupPlan, ...], dict[str, int]]:
    """Half of the inventions apart, and the real one's list confirmed."""
    half = count // 2
    groups = (
        GroupPlan("教师", inside=False, names=invented(half)),
        GroupPlan("学生", inside=False, names=(REAL, *(f"编生{n}" for n in range(count - half)))),
    )
    return groups, {"学生": 1}


def by_number(count: int, place: University) -> tuple[tuple[GroupPlan, ...], dict[str, int]]:
    """The inventions are a number only."""
    groups = (GroupPlan("工友", inside=False, names=(REAL,)), GroupPlan("群众", inside=False, size=count))
    return groups, {"工友": 1}


def more_than_there_are(count: int, place: University) -> tuple[tuple[GroupPlan, ...], dict[str, int]]:
    """A number that is larger than the list."""
    return (GroupPlan("二班学生", inside=False, size=count + 1),), {"二班学生": 1}


def padded_roster(count: int, place: University) -> tuple[tuple[GroupPlan, ...], dict[str, int]]:
    """The unit put people into the roster that the superior does not know."""
    branch = factories.organisation("资料室党支部", "党支部", place.letters)
    for name in (*invented(count), REAL):
        factories.member(name, branch)
    return (GroupPlan("党员", branch),), {"资料室党支部 党员": 1}


def twice_the_same(count: int, place: University) -> tuple[tuple[GroupPlan, ...], dict[str, int]]:
    """Half as many real people, each in two groups: two slips, one person."""
    half = count // 2 + 1
    names = tuple(f"真人{n}" for n in range(half))
    groups = (GroupPlan("教师", inside=False, names=names), GroupPlan("教研室", inside=False, names=names))
    return groups, {"教师": half, "教研室": half}


SHAPES = (one_list, found_alone, two_groups, by_number, more_than_there_are, padded_roster, twice_the_same)


def attacked(place: University, shape: Any, count: int, form: str) -> Polling:
    """All slips of the inventions are filled in by the office; one real person says something."""
    groups, known = shape(count, place)
    found = poll_about(place, form=presets()[form], groups=groups)
    found.freeze()
    held = {
        line.number: ListCheck(known[line.label], "学生处名册")
        for line in cover.lists_of(found.fresh())
        if line.label in known
    }
    confirm_lists(poll=found.poll, held=held, today=OPENS, actor=acting(found.superior))
    found.confirm_here()  # the office says whatever it likes of its own roster
    found.take_keys()
    found.issue()
    codes = [code for number in sorted(found.codes) for code in found.codes[number]]
    for at, code in enumerate(codes):
        last = at == len(codes) - 1
        answer(
            found, code, choosing(found.poll.sheet, 1, grade=3 if last else 0, words=TRUE if last else "好")
        )
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_nine_inventions_and_one_person_release_no_words(university: University, shape: Any) -> None:
    found = attacked(university, shape, 9, "opinion")
    opened = found.open()
    assert not Saying.objects.exists()
    assert "核对到的人不足" in opened.words_withheld
    assert Stub.objects.filter(poll=opened).count() == 10


@pytest.mark.parametrize("shape", SHAPES)
def test_four_inventions_and_one_person_release_no_grades(university: University, shape: Any) -> None:
    found = attacked(university, shape, 4, "appraisal_organisation")
    opened = found.open()
    rows = Figure.objects.filter(poll=opened)
    assert not rows.exclude(question="").exists()
    assert {row.forms for row in rows} == {None}
    assert (opened.turnout["opened"], opened.turnout["blank"]) == (Stub.objects.count(), 0)


@pytest.mark.parametrize("shape", SHAPES)
def test_where_everybody_covers_the_same_attack_gets_the_words_of_the_one(
    university: University, shape: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault put back: the attack above is one."""
    for module in (release, __import__("dianping.opinions.selectors.asked_before", fromlist=["x"])):
        monkeypatch.setattr(module, "cover_of", lambda poll, sizes: dict(sizes))
    found = attacked(university, shape, 9, "opinion")
    found.open()
    assert Saying.objects.filter(text=TRUE).exists()


def test_people_who_were_not_confirmed_count_in_the_whole_where_enough_others_cover(
    university: University,
) -> None:
    groups = (GroupPlan("教师", inside=False, names=invented(12)), GroupPlan("群众", inside=False, size=3))
    found = poll_about(university, form=presets()["appraisal_organisation"], groups=groups)
    found.freeze()
    found.take_keys(labels=["教师"])
    found.issue()
    for code in [*found.codes[0], *found.codes[1]]:
        answer(found, code, choosing(found.poll.sheet, 1))
    found.open()
    shown = dict(Figure.objects.filter(question="").values_list("scope", "forms"))
    assert shown["全体"] == 15
    assert shown["群众"] is None


def test_of_a_group_of_which_two_were_not_found_two_forms_fewer_cover(university: University) -> None:
    found = poll_about(university, groups=(GroupPlan("群众", inside=False, size=12),))
    found.freeze()
    confirm_lists(
        poll=found.poll, held={0: ListCheck(10, "户口册")}, today=OPENS, actor=acting(found.superior)
    )
    poll = found.fresh()
    assert [cover.cover_of(poll, {0: came})[0] for came in (12, 9, 2, 1)] == [10, 7, 0, 0]


# ---- who confirms, and when


def frozen(university: University) -> Polling:
    found = poll_about(university)
    found.freeze()
    return found


def test_the_superior_s_custodian_says_before_he_takes_his_key(university: University) -> None:
    found = frozen(university)
    with refused("opinions.lists-not-checked"):
        take_key(poll=found.poll, replaces="", today=OPENS, actor=acting(found.superior))
    for who in (acting(found.unit), factories.ACTOR):
        with refused("opinions.lists-not-yours"):
            confirm_lists(poll=found.poll, held={}, today=OPENS, actor=who)
    found.confirm()
    found.confirm()  # he may look again
    found.take_keys()
    with refused("opinions.lists-not-yours"):
        found.confirm()
    entry = AuditEntry.objects.filter(act="核对应参加的人").last()
    assert entry is not None
    assert entry.detail["lists"] == [["outside", 12, 12, "上级存的名册"]]


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (ListCheck(5, ""), "opinions.list-not-named"),
        (ListCheck(5, "  "), "opinions.list-not-named"),
        (ListCheck(-1, "册"), "opinions.list-not-named"),
        (ListCheck(5, "册\n册"), "opinions.list-name-unusable"),
        (ListCheck(5, "册" * 121), "opinions.list-name-unusable"),
    ],
)
def test_a_number_without_a_list_is_refused(university: University, held: ListCheck, code: str) -> None:
    found = frozen(university)
    with refused(code):
        confirm_lists(poll=found.poll, held={0: held}, today=OPENS, actor=acting(found.superior))
    assert found.fresh().confirmed_on is None


def test_more_than_stand_on_a_list_of_names_cannot_be_found(university: University) -> None:
    found = poll_about(university, groups=(GroupPlan("群众", inside=False, names=invented(6)),))
    found.freeze()
    with refused("opinions.found-number-impossible", match="应参加的是 6 人"):
        confirm_lists(
            poll=found.poll, held={0: ListCheck(7, "册")}, today=OPENS, actor=acting(found.superior)
        )


def test_a_confirmation_changed_beside_the_system_is_found(university: University) -> None:
    found = poll_about(university)
    found.freeze()
    found.take_keys(labels=[])
    found.issue()
    assert poll_faults(found.fresh()) == []
    Group.objects.filter(poll=found.poll).update(confirmed=12)
    assert any("核对到的人数" in fault for fault in poll_faults(found.fresh()))


def test_of_a_box_frozen_before_lists_were_asked_for_it_is_said_until_the_opening(
    university: University,
) -> None:
    found = poll_about(university)
    found.freeze()
    found.take_keys()
    found.issue()
    Group.objects.filter(poll=found.poll).update(confirmed=None, against="")
    Poll.objects.filter(pk=found.poll.pk).update(confirmed_on=None)
    found.confirm()
    assert found.groups[0].confirmed == 12


# ---- slips are counted out by somebody else


def printed(university: University, *, on_paper: bool = False) -> tuple[Polling, Batch, list[str]]:
    found = poll_about(university, form=presets()["appraisal_organisation"])
    found.freeze()
    found.take_keys()
    batch, slips = issue_slips(
        poll=found.poll,
        group=found.groups[0],
        count=12,
        on_paper=on_paper,
        today=OPENS,
        actor=factories.ACTOR,
    )
    return found, batch, [slip.code for slip in slips]


def test_until_another_counted_them_out_slips_open_nothing(university: University) -> None:
    found, batch, codes = printed(university)
    for _ in range(2):
        with refused("opinions.slip-not-handed-out", kind=NotHandedOut):
            admit(code=codes[0], today=OPENS)
    with refused("opinions.slip-not-handed-out", kind=NotHandedOut):
        answer(found, codes[0], choosing(found.poll.sheet, 1))
    count_out(poll=found.poll, batch=batch, count=12, today=OPENS, actor=acting(found.unit))
    answer(found, codes[0], choosing(found.poll.sheet, 1))
    assert AuditEntry.objects.filter(act="点交票").count() == 1


def test_paper_that_was_not_counted_out_is_not_typed(university: University) -> None:
    found, batch, codes = printed(university, on_paper=True)
    given = {"poll": found.poll, "code": codes[0], "answers": choosing(found.poll.sheet, 1), "today": OPENS}
    with refused("opinions.slip-not-handed-out", kind=WrongSlip):
        type_paper(**given, actor=factories.ACTOR)
    count_out(poll=found.poll, batch=batch, count=12, today=OPENS, actor=acting(found.unit))
    assert type_paper(**given, actor=factories.ACTOR) == "first"


def test_whoever_printed_slips_does_not_count_them_out(university: University) -> None:
    found, batch, _ = printed(university)
    for actor, count, code in (
        (factories.ACTOR, 12, "opinions.printer-cannot-count"),
        (Operator("other"), 11, "opinions.count-not-right"),
    ):
        with refused(code):
            count_out(poll=found.poll, batch=batch, count=count, today=OPENS, actor=actor)
    count_out(poll=found.poll, batch=batch, count=12, today=OPENS, actor=Operator("other"))
    with refused("opinions.batch-counted-already", match="已由other点交"):
        count_out(poll=found.poll, batch=batch, count=12, today=OPENS, actor=Operator("third"))


def test_slips_printed_before_this_was_asked_go_on_opening_the_form(university: University) -> None:
    from importlib import import_module

    from django.apps import apps

    _, batch, codes = printed(university)
    import_module("dianping.opinions.migrations.0002_three_keys").counted(apps, None)
    batch.refresh_from_db()
    assert (batch.counted_on, batch.counted_by) == (OPENS, "升级以前制的票")
    assert admit(code=codes[0], today=OPENS)
