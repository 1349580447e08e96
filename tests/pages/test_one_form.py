"""One form for one target and for a whole sitting: the same parts, the same dossier, the same day from which an entry is late."""

import re
from datetime import date
from typing import Any

import pytest

from dianping.acts.dossier import aim_of, dossier_of
from dianping.acts.sitting import sitting_of
from dianping.common.formkeys import new_form_key
from dianping.programmes.models import Adoption
from tests.glued import glued
from tests.pages.conftest import Stage
from tests.pages.test_permissions import SAID
from tests.reviews.telling import NEW_YEAR


def pages(stage: Stage) -> tuple[str, str]:
    """宁支书's page of one member, and of a sitting at which that member is reviewed."""
    client = stage.clients["ning"]
    addresses = (
        f"/write/{stage.own.open_duty.pk}/",
        f"/occasions/{stage.own.occasion.pk}/sitting/",
    )
    one, many = (glued(client.get(address)) for address in addresses)
    return one, many


def test_both_pages_have_the_same_parts_in_the_same_order(stage: Stage) -> None:
    found = [re.findall(r'data-part="(\w+)"', page) for page in pages(stage)]
    assert found[0] == found[1] == ["evaluation", "achievements", "problems", "direction", "evidence"]
    for page in pages(stage):
        assert "<template data-problem-row>" in page
        assert "<template data-met-template>" in page


@pytest.mark.parametrize("days", [7, 5])
def test_from_which_day_an_entry_is_late_is_the_programmes_to_say_on_both_pages(
    stage: Stage, days: int
) -> None:
    for adoption in Adoption.objects.all():
        text = adoption.text.replace("on_time_days = 7", f"on_time_days = {days}")
        Adoption.objects.filter(pk=adoption.pk).update(text=text)
    for page in pages(stage):
        assert f"点评后超过 {days} 天才登记的" in page


def test_a_late_entry_without_its_reason_opens_the_box_for_it_and_nothing_else_does(
    stage: Stage, settings: Any
) -> None:
    settings.STANDING_DAY = date(2011, 1, 20)
    address = f"/write/{stage.own.open_duty.pk}/"
    late = SAID | {"happened_on": "2011-01-05", "late_reason": ""}

    def opened(**changed: str) -> bool:
        sent = late | changed | {"form_key": new_form_key()}
        page = glued(stage.clients["ning"].post(address, sent))
        assert "没有登记" in page
        return '<details class="cell" open><summary>点评后超过' in page

    assert not opened(direction="", evaluation="谈到了补录的事")
    draft = stage.own.draft
    draft.refresh_from_db()
    assert opened(version=str(draft.version))


def test_a_target_has_one_dossier_on_both_pages(stage: Stage) -> None:
    """The sitting fetches it in sets, the page of one by itself: they say the same."""
    duty, seat = stage.own.open_duty, stage.own.open_duty.owed_by
    assert seat is not None
    alone = dossier_of(aim_of(duty), day=NEW_YEAR, own=True)
    targets = sitting_of(stage.own.occasion, seat, day=NEW_YEAR, own=True, reviewer=alone.reviewer)
    for one in targets:
        alone = dossier_of(one.aim, day=NEW_YEAR, own=True)
        for name in ("reviewer", "last", "open_items", "notes", "posts", "reports", "look_at", "clause"):
            assert getattr(one.dossier, name) == getattr(alone, name), (one.aim.name, name)
        assert one.dossier.masses.points == alone.masses.points
    assert stage.own.done_duty.pk in [one.duty.pk for one in targets]
