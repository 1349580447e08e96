"""Named lists of criteria: entered with their source, corrected from a day on, shown beside the box, never scored."""

from datetime import date

import pytest

from dianping.common.models import AuditEntry
from dianping.orgs.models import Organisation
from dianping.orgs.selectors.unit_kinds import unit_kinds_of
from dianping.programmes.models import CriteriaList
from dianping.programmes.selectors import criteria_entered, criteria_on, programme_for
from dianping.programmes.services import end_criteria, enter_criteria
from tests.factories import ACTOR, University
from tests.refused import refused

DAY, LATER = date(2011, 1, 5), date(2011, 1, 20)
FIVE = ["领导班子好", "党员队伍好", "工作机制好", "工作业绩好", "群众反映好"]


def enter(place: Organisation, items: list[str], day: date = DAY, name: str = "五个好") -> CriteriaList:
    return enter_criteria(
        organisation=place,
        name=name,
        about="organisation",
        items=items,
        source="某文件 二",
        today=day,
        actor=ACTOR,
    )


def names(place: Organisation, day: date) -> list[tuple[str, ...]]:
    found = programme_for(place, day)
    return [
        one.items for one in criteria_on(found.programme if found else None, criteria_entered(place, day))
    ]


def test_a_list_holds_for_all_below_and_a_correction_from_its_day_on(adopted: University) -> None:
    enter(adopted.top, FIVE[:4])
    enter(adopted.top, FIVE, LATER)
    enter(adopted.top, FIVE, LATER)
    assert names(adopted.letters, DAY) == [tuple(FIVE[:4])]
    assert names(adopted.letters, LATER) == [tuple(FIVE)]
    assert CriteriaList.objects.count() == 2
    assert AuditEntry.objects.filter(act="更正点评的标准").count() == 1


def test_a_list_nearer_by_stands_for_one_of_the_same_name_above(adopted: University) -> None:
    enter(adopted.top, FIVE[:4])
    enter(adopted.letters, FIVE)
    assert names(adopted.letters, DAY) == [tuple(FIVE)]
    assert names(adopted.sciences, DAY) == [tuple(FIVE[:4])]


def test_a_list_ended_is_not_shown_any_more_and_answers_for_its_days(adopted: University) -> None:
    row = enter(adopted.top, FIVE)
    for _ in range(2):
        end_criteria(criteria=row, today=LATER, actor=ACTOR)
    assert (names(adopted.top, DAY), names(adopted.top, LATER)) == ([tuple(FIVE)], [])
    assert AuditEntry.objects.filter(act="停用点评的标准").count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"items": [" "]}, "programmes.criteria-incomplete"),
        ({"source": ""}, "programmes.criteria-incomplete"),
        ({"name": " "}, "programmes.criteria-incomplete"),
        ({"about": "nobody"}, "programmes.criteria-incomplete"),
        ({"items": ["长" * 201]}, "programmes.criteria-too-long"),
        ({"items": [str(n) for n in range(31)]}, "programmes.criteria-too-long"),
    ],
)
def test_a_list_that_is_none_is_refused(adopted: University, given: dict[str, object], code: str) -> None:
    told = {"name": "五个好", "about": "member", "items": FIVE, "source": "某文件"} | given
    with refused(code):
        enter_criteria(organisation=adopted.top, today=DAY, actor=ACTOR, **told)  # type: ignore[arg-type]
    assert not CriteriaList.objects.exists()


def test_a_branch_without_a_kind_of_unit_has_that_of_the_nearest_above(adopted: University) -> None:
    Organisation.objects.update(unit_kind="")
    Organisation.objects.filter(pk=adopted.top.pk).update(unit_kind="高校")
    Organisation.objects.filter(pk=adopted.letters.pk).update(unit_kind="机关")
    places = list(Organisation.objects.all())
    kinds = unit_kinds_of(places)
    assert {kinds[one.pk] for one in places if one.path.startswith(adopted.letters.path)} == {"机关"}
    assert {kinds[one.pk] for one in places if one.path.startswith(adopted.sciences.path)} == {"高校"}
