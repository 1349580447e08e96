"""Boxes to measure at and to attack: an organisation, its office accounts, a poll with all slips printed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

OPENS, CLOSES, AFTER = date(2011, 1, 5), date(2011, 1, 9), date(2011, 1, 10)
ACTOR_NAME = "bench"


@dataclass
class Ready:
    """One poll that takes forms: the codes on its slips in the order of printing, the keys on paper."""

    poll: Any
    codes: list[str]
    unit_key: str
    superior_key: str

    def open(self) -> Any:
        """Open it with both keys."""
        from dianping.common.audit import Operator
        from dianping.opinions.services import open_box, read_box

        return open_box(
            poll=self.poll,
            read=read_box(
                poll=self.poll, unit_key=self.unit_key, superior_key=self.superior_key, actor=Operator("unit")
            ),
            today=AFTER,
            actor=Operator("unit"),
            witness="superior",
        )


def office() -> tuple[Any, Any, Any]:
    """The organisation, the unit's custodian, the superior's; made once, found again."""
    from dianping.accounts.models import Grant, User
    from dianping.accounts.services import add_account, grant_role
    from dianping.common.audit import Operator
    from dianping.orgs.models import Organisation
    from dianping.orgs.services import found_organisation

    actor = Operator(ACTOR_NAME)
    place = Organisation.objects.filter(code="BOX").first()
    if place is None:
        place = found_organisation(
            code="BOX",
            name="中共云岭县委员会",
            kind="地方党委",
            unit_kind="机关",
            parent=None,
            founded=date(2000, 1, 1),
            actor=actor,
        )
        for name, role in (("unit", Grant.Role.CLERK), ("superior", Grant.Role.SUPERIOR)):
            user = add_account(
                username=name,
                password=secrets.token_urlsafe(9),
                name=name,
                person=None,
                actor=actor,
                lasting=True,
            )
            grant_role(user=user, role=role, organisation=place, since=date(2000, 1, 1), actor=actor)
    return place, User.objects.get(username="unit"), User.objects.get(username="superior")


def ready(people: int, form: str = "opinion", *, on_paper: bool = False) -> Ready:
    """A poll of so many people outside the Party, all slips printed."""
    from dianping.common.audit import Operator
    from dianping.opinions.rules import presets
    from dianping.opinions.selectors.cover import lists_of
    from dianping.opinions.services import (
        GroupPlan,
        ListCheck,
        PollPlan,
        SubjectPlan,
        confirm_lists,
        count_out,
        freeze_poll,
        issue_slips,
        plan_poll,
        take_key,
    )

    place, unit, superior = office()
    actor = Operator(ACTOR_NAME)
    sheet = presets()[form]
    kind = sheet.weights[-1].ballot_class if sheet.weights else "群众"
    plan = PollPlan(
        title="征求意见",
        form=sheet,
        of_problems=form == "verdict",
        opens=OPENS,
        closes=CLOSES,
        about=(SubjectPlan(place),),
        asked=(GroupPlan(kind, inside=False, size=people),),
    )
    poll = plan_poll(organisation=place, plan=plan, actor=actor)
    poll = freeze_poll(
        poll=poll, version=poll.version, unit=unit, superior=superior, today=OPENS, actor=actor
    )
    held = {line.number: ListCheck(line.size, "名册") for line in lists_of(poll)}
    confirm_lists(poll=poll, held=held, today=OPENS, actor=Operator("superior"))
    keys = [
        take_key(poll=poll, replaces="", today=OPENS, actor=Operator(u.username, "", u.name))
        for u in (unit, superior)
    ]
    poll.refresh_from_db()
    group = poll.groups.get()
    batch, printed = issue_slips(
        poll=poll, group=group, count=people, on_paper=on_paper, today=OPENS, actor=actor
    )
    count_out(poll=poll, batch=batch, count=people, today=OPENS, actor=Operator("unit"))
    return Ready(poll, [slip.code for slip in printed], *keys)


def new_stub() -> str:
    """A stub number as the page makes one."""
    from dianping.opinions.rules import stub_number

    return stub_number(secrets.randbelow)


def sentence(number: int, words: Sequence[str] = ("食堂", "宿舍", "图书馆", "班车", "校医院", "浴室")) -> str:
    """An opinion that is nobody else's."""
    return f"{words[number % len(words)]}的第 {number} 条意见，请早些答复。"
