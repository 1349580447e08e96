"""A site that runs for weeks opens what each new day holds, without anybody at the machine."""

from datetime import date

import pytest

from dianping.config.management.commands import serve
from dianping.duties.models import Window

JANUARY, APRIL = date(2011, 1, 4), date(2011, 4, 1)


class Stopped(Exception):
    """The site was told to stop."""


@pytest.fixture
def running(monkeypatch, adopted):
    """A site on which these days go by, two looks a day, until it is stopped; the days on which it opened anything."""
    days, opened = [JANUARY, JANUARY, APRIL, APRIL], []
    plain = serve.open_duties

    def sleep(_seconds):
        days.pop(0)
        if not days:
            raise Stopped

    def noted(*, day, actor):
        opened.append(day)
        return plain(day=day, actor=actor)

    monkeypatch.setattr(serve.time, "sleep", sleep)
    monkeypatch.setattr(serve, "site_day", lambda: days[0])
    monkeypatch.setattr(serve, "open_duties", noted)
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    return opened


def test_each_new_day_is_opened_once_while_the_site_runs(running):
    with pytest.raises(Stopped):
        serve.Command()._open_each_day()
    assert running == [JANUARY, APRIL]
    assert Window.objects.filter(rule="quarter", opens=APRIL).exists(), "the second quarter opened by itself"


def test_a_site_that_stands_on_a_day_opens_it_once(running, settings):
    settings.STANDING_DAY = JANUARY
    serve.Command()._open_each_day()
    assert running == [JANUARY]


@pytest.mark.parametrize(
    "fault", [serve.CannotGoOn("正忙。", "Busy.", code="tests.busy"), OSError("no room"), KeyError("round")]
)
def test_a_day_that_would_not_open_is_tried_again_whatever_kept_it(running, monkeypatch, capsys, fault):
    plain, faults = serve.open_duties, [fault]

    def once_not(*, day, actor):
        if faults:
            running.append(day)
            raise faults.pop()
        return plain(day=day, actor=actor)

    monkeypatch.setattr(serve, "open_duties", once_not)
    with pytest.raises(Stopped):
        serve.Command()._open_each_day()
    assert running == [JANUARY, JANUARY, APRIL]
    assert "秒后再试" in capsys.readouterr().err


def test_what_could_not_be_opened_leaves_the_next_day_alone(running, monkeypatch):
    def refused(*, day, actor):
        running.append(day)
        raise serve.Refusal("没有名册。", code="duties.none")

    monkeypatch.setattr(serve, "open_duties", refused)
    with pytest.raises(Stopped):
        serve.Command()._open_each_day()
    assert running == [JANUARY, APRIL]
