"""Paging by key: nothing is shown twice, nothing is left out, whatever the address bar holds."""

from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest

from dianping.common.paging import page_of
from dianping.orgs.models import Organisation, Person
from dianping.orgs.services import found_organisation
from tests.factories import ACTOR

pytestmark = pytest.mark.django_db


def people(*names):
    return Person.objects.bulk_create([Person(name=name) for name in names])


def asked_by(url):
    return dict(parse_qsl(url.removeprefix("?")))


def walk(queryset, keys, per_page, asked=None):
    """Every row met on the way from the first page to the last, and the number of pages."""
    seen, pages, asked = [], 0, asked or {}
    while pages < 20:
        page = page_of(queryset, keys=keys, asked=asked, per_page=per_page)
        assert len(page.rows) <= per_page
        seen += page.rows
        pages += 1
        if not page.next_url:
            return seen, pages
        asked = asked_by(page.next_url)
    raise AssertionError("the pages have no end")


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_every_row_is_shown_once_in_order(count, pages):
    people(*(f"甲{n % 2}" for n in range(count)))
    seen, walked = walk(Person.objects.all(), ("name", "pk"), 3)
    assert [p.pk for p in seen] == list(Person.objects.order_by("name", "pk").values_list("pk", flat=True))
    assert walked == pages


def test_a_descending_key_runs_downward_and_the_next_key_upward():
    for n in range(7):
        found_organisation(
            code=f"D{n}", name=f"支部{n}", kind="党支部", unit_kind="", parent=None,
            founded=date(2000, 1, 1) + timedelta(days=n // 3), actor=ACTOR,
        )  # fmt: skip
    seen, _ = walk(Organisation.objects.all(), ("-founded", "pk"), 2)
    assert [o.code for o in seen] == ["D6", "D3", "D4", "D5", "D0", "D1", "D2"]


def test_a_row_added_before_the_place_shifts_nothing():
    people("甲", "丙", "丁", "戊")
    first = page_of(Person.objects.all(), keys=("pk",), asked={}, per_page=2)
    Person.objects.create(pk=first.rows[0].pk - 1, name="先")
    second = page_of(Person.objects.all(), keys=("pk",), asked=asked_by(first.next_url), per_page=2)
    assert [p.name for p in second.rows] == ["丁", "戊"]


def test_what_else_was_asked_for_is_kept_and_the_way_back_leads_to_the_first_page():
    people("甲", "乙", "丙")
    first = page_of(Person.objects.all(), keys=("pk",), asked={"q": "支部 &=~", "state": ""}, per_page=2)
    asked = asked_by(first.next_url)
    assert asked["q"] == "支部 &=~"
    assert "state" not in asked
    assert first.previous_url == ""
    second = page_of(Person.objects.all(), keys=("pk",), asked=asked, per_page=2)
    assert asked_by(second.previous_url) == {"q": "支部 &=~"}


def test_the_words_say_all_on_a_single_page_and_only_this_page_otherwise():
    people("甲", "乙", "丙")
    assert page_of(Person.objects.all(), keys=("pk",), asked={}, per_page=3).words == "共 3 项"
    assert page_of(Person.objects.all(), keys=("pk",), asked={}, per_page=2).words == "本页 2 项"


def test_a_page_costs_one_query(django_assert_num_queries):
    people("甲", "乙", "丙")
    first = page_of(Person.objects.all(), keys=("name", "pk"), asked={}, per_page=2)
    with django_assert_num_queries(1):
        page_of(Person.objects.all(), keys=("name", "pk"), asked=asked_by(first.next_url), per_page=2)


def test_a_name_that_holds_the_separator_is_paged_over_like_any_other():
    people("甲~乙", "甲~乙", "甲~乙", "甲~丙", "乙~1")
    seen, _ = walk(Person.objects.all(), ("name", "pk"), 1)
    assert len(seen) == len({p.pk for p in seen}) == 5


@pytest.mark.parametrize(
    "after", ["nonsense", "~", "甲", "甲~nonsense", "甲~1~2~3", "甲~99999999999999999999", "\x00~1"]
)
def test_a_place_nobody_gave_shows_a_page_and_no_error(after):
    people("甲", "乙", "丙")
    page = page_of(Person.objects.all(), keys=("name", "pk"), asked={"after": after}, per_page=2)
    assert len(page.rows) <= 2


@pytest.mark.parametrize("after", ["nonsense~1", "2011-02-30~1", "~"])
def test_a_day_nobody_gave_shows_a_page_and_no_error(after):
    page = page_of(Organisation.objects.all(), keys=("-founded", "pk"), asked={"after": after}, per_page=2)
    assert page.rows == []
