"""A whole notice of a university, adopted beside the standing papers: what it orders comes in force, and nothing it leaves alone goes."""

import json
from datetime import date
from pathlib import Path

from dianping.duties.models import Duty
from dianping.duties.services import open_duties
from dianping.notices.services import accept_rest, enter_notice
from dianping.orgs.models import Organisation
from dianping.orgs.selectors.posts import head_person
from dianping.programmes.selectors import programme_for
from dianping.programmes.services import adopt_notice
from tests.factories import ACTOR, University

GIVEN = Path(__file__).resolve().parents[1] / "given" / "readings"
NOTICE = GIVEN / "a02-整篇通知A.txt"
ISSUED = date(2010, 12, 29)
UNITS = frozenset({"二级党委", "党总支", "直属党支部"})


def expected(name: str) -> dict[str, object]:
    return json.loads((GIVEN / f"{name}.expected.json").read_text("utf-8"))["expected"]


def test_it_orders_what_it_says_and_leaves_the_rest(adopted: University) -> None:
    before = programme_for(adopted.top, date(2010, 12, 31))
    notice = enter_notice(text=NOTICE.read_text("utf-8"), organisation=adopted.top, today=ISSUED, actor=ACTOR)
    accept_rest(notices=[notice], today=ISSUED, actor=ACTOR)
    adopt_notice(notice=notice, today=ISSUED, actor=ACTOR)
    now = programme_for(adopted.top, date(2010, 12, 31))
    assert before is not None
    assert now is not None

    wanted, kept = expected("a02-整篇通知A"), expected("a04-采用后看什么被清空")
    look_at = {template.about: list(template.look_at) for template in now.programme.templates}
    assert look_at["organisation"] == wanted["look_at_organisation"]
    assert look_at["member"] == wanted["look_at_member"]
    assert {about: len(points) for about, points in look_at.items()} == kept["look_at"]
    by_kind = {t.about: t.by_unit_kind for t in now.programme.templates}
    assert len(by_kind["organisation"]) == kept["by_unit_kind"]
    assert by_kind == {t.about: t.by_unit_kind for t in before.programme.templates}
    assert [t.parts for t in now.programme.templates] == [t.parts for t in before.programme.templates]

    owed = {(one.name, one.to, one.window.due): one.kinds for one in now.programme.deliverables}
    for _, name, to, due in wanted["deliverables"]:
        assert owed[name.replace("(", "（").replace(")", "）"), to, date.fromisoformat(due)] == UNITS
    assert 6 in {rule.cadence.months for rule in now.programme.rules if rule.cadence}

    open_duties(day=date(2010, 12, 31), actor=ACTOR)
    branches = Organisation.objects.filter(kind="党支部", dissolved=None)
    day = date(2010, 12, 31)
    own = {one.pk for one in branches if head_person(one, day=day) == head_person(one.parent, day=day)}
    for target in ("branch", "branch_secretary"):
        rows = Duty.objects.filter(target=target, organisation__in=branches).select_related("organisation")
        assert {duty.organisation_id for duty in rows} == set(branches.values_list("pk", flat=True))
        # Who heads both does not review his own branch (decision 0005).
        others = rows.exclude(organisation__in=own).select_related("owed_by")
        assert all(duty.owed_by.organisation_id == duty.organisation.parent_id for duty in others)
