"""Every state and every open column of a table is named here, with the kinds of waiting it makes or why nobody waits (decision 0060).

A room that comes later and says nothing here fails; so does a kind of waiting nothing here leads to.
"""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse

from dianping.accounts.waiting import KindOfWaiting, kinds_of_waiting, register_waiting

Says = str | tuple[str, ...]  # why nobody waits for it, or the keys of the kinds that do
SEEN_AS = "其余的列说同一件事"
DATED = "是哪一天，不是还没有办"
TURN = ("polls.turn",)
PUT_RIGHT = ("rectification.own", "rectification.here")
WAITS: dict[str, Says | dict[Any, Says]] = {
    "orgs.Organisation.dissolved": "没有撤销的组织不等谁",
    "orgs.Organisation.moved_on": "由下一次开列应办跟上，不等谁",
    "orgs.Person.born": "名册里没有写",
    "orgs.Membership.until": "还在的党籍",
    "orgs.Tenure.until": "还在的任职",
    "orgs.Charge.until": "还在的分管",
    "orgs.RosterTaken.undone_on": "没有撤回的导入",
    "notices.Notice.dated": "采用时要填，那时才说",
    "notices.Notice.sign_by": DATED,
    "notices.Receipt.signed_at": ("notices.receipt",),
    "notices.Line.state": {
        "proposed": ("notices.reading",),
        "accepted": ("programmes.adoption",),
        "corrected": ("programmes.adoption",),
        "struck": "不要了",
    },
    "notices.Line.decided_on": SEEN_AS,
    "accounts.User.password_since": "由登录时改密码的那一页说",
    "accounts.Grant.until": "还在的授权",
    "accounts.ActivationSlip.state": {
        "unused": "等的是票的主人，他还没有密码，看不到工作台；账号页按“还没有用”列出",
        "used": "用过了",
        "void": "作废了",
    },
    "accounts.ActivationSlip.used_on": SEEN_AS,
    "programmes.Adoption.until": "还在施行",
    "programmes.CriteriaList.until": "还在用的标准",
    "duties.Duty.done_on": ("duties.owed", "rectification.own_report"),
    "duties.Duty.entered_on": SEEN_AS,
    "duties.Duty.on_time": SEEN_AS,
    "duties.Duty.lapsed_on": "还应办的，由办结日说",
    "duties.Window.ordered_on": DATED,
    "duties.Handover.until": "交到收回为止",
    "duties.Handover.ended_on": "还在的交接",
    "opinions.Key.taken_on": TURN,
    "opinions.Poll.state": {
        "planned": TURN,
        "frozen": TURN,
        "ready": ("polls.turn", "opinions.second_typing"),
        "opened": ("polls.turn", "polls.words"),
        "destroyed": "了结了",
        "cancelled": "了结了",
    },
    "opinions.Poll.frozen_on": SEEN_AS,
    "opinions.Poll.opened_on": SEEN_AS,
    "opinions.Poll.confirmed_on": TURN,
    "opinions.Poll.papers_gone_on": TURN,
    "opinions.Point.replied_on": ("polls.words",),
    "opinions.Batch.counted_on": TURN,
    "opinions.Slip.state": {
        0: "一张票等不等谁，谁也不该知道",
        1: "用过了",
        2: "废了",
        3: "作废了",
    },
    "reviews.Draw.revealed_on": ("reviews.draw",),
    "reviews.Draw.closed_on": ("reviews.draw",),
    "reviews.Occasion.put_right_by": DATED,
    "reviews.Attendance.present": ("reviews.attendance", "reviews.coming"),
    "reviews.Review.happened_on": ("reviews.draft",),
    "reviews.Review.entered_at": ("reviews.draft",),
    "reviews.Review.confirmed_at": ("reviews.confirm",),
    "reviews.Problem.due": DATED,
    "rectification.Item.due": "没有期限的，由状态说",
    "rectification.Item.state": {
        "open": PUT_RIGHT,
        "in_progress": PUT_RIGHT,
        "close_requested": ("rectification.closing",),
        "closed": ("rectification.verify",),
        "unresolved": (*PUT_RIGHT, "rectification.to_talk"),
    },
    "rectification.Item.closed_on": SEEN_AS,
    "rectification.Extension.granted": ("rectification.extension",),
    "rectification.Extension.granted_until": SEEN_AS,
    "rectification.Extension.decided_on": SEEN_AS,
    "rectification.Admonition.settled_on": ("rectification.talk", "rectification.promise"),
    "rectification.WrittenReport.confirmed_on": "代录时就要写，本人自己交来的不用核对",
    "rectification.WrittenReport.read_on": ("rectification.report",),
    "bulletins.Bulletin.state": {
        "draft": ("bulletins.approve", "bulletins.returned"),
        "issued": "印发了",
        "withdrawn": "撤回了",
    },
    "bulletins.Bulletin.issued_on": SEEN_AS,
    "bulletins.Bulletin.withdrawn_on": SEEN_AS,
    "bulletins.ModelCase.state": {
        "raised": ("bulletins.check",),
        "returned": ("bulletins.amend",),
        "checked": ("bulletins.agree", "bulletins.publish"),
        "published": "发布了",
        "withdrawn": "撤回了",
    },
    "bulletins.ModelCase.checked_on": SEEN_AS,
    "bulletins.ModelCase.agreed_on": ("bulletins.agree",),
    "bulletins.ModelCase.published_on": SEEN_AS,
    "bulletins.ModelCase.withdrawn_on": SEEN_AS,
}
# What waits where no column stands empty: a record that ought to be there and is not.
BY_ABSENCE = {
    "reviews.about_me": "没有 Answer 的点评",
    "reviews.to_tell": "没有 Answer 的点评",
    "ledgers.issue": "没有 Issue 的季度",
}


def _open_columns() -> dict[str, Any]:
    """Every column `state`, and every day, moment or yes-or-no that may stand empty."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{column.name}": column
        for model in apps.get_models()
        if model.__module__.startswith("dianping.")
        for column in model._meta.concrete_fields
        if column.name == "state"
        or (column.null and isinstance(column, (models.DateField, models.BooleanField)))
    }


def _named() -> list[tuple[str, Says]]:
    found: list[tuple[str, Says]] = []
    for column, says in WAITS.items():
        found += (
            [(f"{column}={value}", one) for value, one in says.items()]
            if isinstance(says, dict)
            else [(column, says)]
        )
    return found


def test_every_open_column_has_a_kind_of_waiting_or_a_reason_why_none() -> None:
    columns = _open_columns()
    assert sorted(columns) == sorted(WAITS), "name the new column, or take the old one out"
    for name, says in WAITS.items():
        if isinstance(says, dict):
            assert set(says) == {value for value, _ in columns[name].choices or ()}, name


def test_every_kind_named_is_one_and_every_kind_is_named() -> None:
    known = {kind.key for kind in kinds_of_waiting()}
    named = {key for _, says in _named() if not isinstance(says, str) for key in says}
    assert named | set(BY_ABSENCE) == known


@pytest.mark.parametrize("kind", kinds_of_waiting(), ids=lambda kind: kind.key)
def test_every_kind_says_where_it_stands_and_finds_in_one_way(kind: KindOfWaiting) -> None:
    try:
        assert reverse(kind.page)
    except NoReverseMatch:
        pytest.fail(f"{kind.page} is no page")
    assert (kind.lines is None) != (kind.found is None)
    assert (kind.found is None) == (kind.tell is None)


def test_a_key_is_taken_once() -> None:
    (kind, *_) = kinds_of_waiting()
    register_waiting(kind)
    with pytest.raises(ValueError, match="taken"):
        register_waiting(KindOfWaiting(kind.key, "别的", kind.page, lines=lambda desk: ()))
