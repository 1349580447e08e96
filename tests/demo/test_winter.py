"""The invented winter is told whole: what was reviewed, and what the masses said, before anybody signs in."""

from datetime import date

import pytest
from django.test import Client

from dianping.accounts.models import User
from dianping.common.records.checking import check
from dianping.demo import masses, sample
from dianping.demo.sample import load_sample
from dianping.demo.sample_polls import sample_stub
from dianping.demo.university import CAST
from dianping.opinions.models import Point, Poll
from tests.long import long

meeting = sample._meeting


def shorter(branch, on, chance, *, share):
    """A meeting; away from 宁支书's branch a tenth of its reviews, with DIANPING_LONG=1 all of them."""
    home = branch.name == CAST["宁致远"].where
    meeting(branch, on, chance, share=share * (1 if home else long(0.1, 1)))


@pytest.mark.slow
@pytest.mark.django_db
def test_the_sample_tells_of_three_polls(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(sample, "_meeting", shorter)
    settings.HOME = tmp_path
    settings.STANDING_DAY = date(2011, 1, 5)
    load_sample()
    told = dict(Poll.objects.values_list("title", "state"))
    assert told == {
        masses.OPINIONS_TITLE: "opened",
        masses.APPRAISAL_TITLE: "opened",
        masses.PLANNED_TITLE: "planned",
    }
    assert [bool(point.reply) for point in Point.objects.order_by("number")] == [True, True, False, False]
    assert not any(Poll.objects.values_list("faults", flat=True)[:2])
    assert check()[1] == []

    page = Client().post("/o/stub/", {"stub": sample_stub()}).content.decode()
    assert masses.OPINIONS[0].point in page
    assert masses.OPINIONS[0].reply in page

    clerk = Client()
    clerk.force_login(User.objects.get(username="wen"))
    listed = clerk.get("/opinions/").content.decode()
    assert all(title in listed for title in told)
