"""拟稿: a bulletin begins with figures only; the clerk writes on, another account approves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dianping.base.windows import Window, period_name
from dianping.bulletins.models import Bulletin, ModelCase
from dianping.bulletins.rights import may_draft, may_write
from dianping.bulletins.rules.body import first_body
from dianping.bulletins.selectors.circle import CIRCLE
from dianping.bulletins.selectors.figures import figures_of
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class BulletinDraft:
    """What a clerk may change in a draft."""

    title: str
    body: str
    circle: tuple[str, ...]
    cases: tuple[ModelCase, ...] = ()
    ordinary: tuple[str, ...] = ()


@act
def draft_bulletin(
    *, organisation: Organisation, period: Window, circle: Iterable[str], today: date, actor: Actor
) -> Bulletin:
    """Begin a bulletin of a period; its first body holds figures only, small ones withheld (decision 0010)."""
    permit(actor, may_draft, organisation)
    if period.opens > today:
        raise Refusal(
            f"这一期从 {period.opens} 开始，还没有到。",
            code="bulletins.period-not-begun",
            remedy="请选已经开始的一期。",
        )
    bulletin = Bulletin.objects.create(
        organisation=organisation,
        path=organisation.path,
        title=f"关于{period_name(period)}领导点评工作情况的通报",
        opens=period.opens,
        due=period.due,
        circle=_circle(circle),
        body=first_body(figures_of(organisation, period=period, today=today)),
        hands=[actor.name],
        drafted_name=actor.signature,
        drafted_on=today,
    )
    note(bulletin, "拟写通报", actor, opens=period.opens, due=period.due)
    return bulletin


@act
def amend_bulletin(*, bulletin: Bulletin, draft: BulletinDraft, version: int, actor: Actor) -> Bulletin:
    """Write on at a draft. Whoever does is one of its writers from then on, and cannot approve it."""
    permit(actor, may_write, bulletin)
    locked = lock_bulletin(bulletin, version, draft)
    if locked.state != Bulletin.State.DRAFT:
        raise Refusal(
            f"{locked.called}{locked.get_state_display()}，不能再改。",
            code="bulletins.no-longer-draft",
            remedy="有错请撤回，或另拟一份更正。",
        )
    if not draft.title.strip() or not draft.body.strip():
        raise Refusal("标题和正文都要写。", code="bulletins.title-or-text-missing", remedy="请补齐后再存。")
    locked.title, locked.body = draft.title.strip()[:120], draft.body.strip()
    locked.circle = _circle(draft.circle)
    locked.ordinary = _ordinary(draft.ordinary)
    locked.hands = sorted({*locked.hands, actor.name})
    locked.words = ""
    _save(locked)
    locked.cases.set(_tellable(locked, draft.cases))
    note(locked, "修改通报", actor, cases=[case.pk for case in draft.cases], ordinary=locked.ordinary)
    return locked


@act
def correct_bulletin(*, bulletin: Bulletin, today: date, actor: Actor) -> Bulletin:
    """Begin another bulletin that names the one it corrects; asked twice, the same. Both stay."""
    permit(actor, may_write, bulletin)
    if bulletin.state == Bulletin.State.DRAFT:
        raise Refusal(
            "这份通报还没有印发，不用更正。", code="bulletins.not-issued-yet", remedy="请直接修改拟稿。"
        )
    standing = Bulletin.objects.filter(corrects=bulletin).first()
    if standing is not None:
        return standing
    correction = Bulletin.objects.create(
        organisation=bulletin.organisation,
        path=bulletin.path,
        title=f"关于更正{bulletin.called}的通报"[:120],
        opens=bulletin.opens,
        due=bulletin.due,
        circle=bulletin.circle,
        body=f"{bulletin.called}《{bulletin.title}》更正如下，其余不变。\n",
        hands=[actor.name],
        drafted_name=actor.signature,
        drafted_on=today,
        corrects=bulletin,
    )
    note(correction, "拟写更正通报", actor, corrects=bulletin.pk)
    return correction


def lock_bulletin(bulletin: Bulletin, version: int, draft: BulletinDraft | None = None) -> Bulletin:
    """The row, locked; raises Conflict, with both bodies, when somebody changed it meanwhile."""
    locked = (
        Bulletin.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=bulletin.pk)
    )
    if locked.version != version:
        raise Conflict(
            "这份通报刚刚有人改过，您的没有存入。请对照后再办。",
            code="bulletins.changed-meanwhile",
            differences=(("正文", locked.body, draft.body),) if draft is not None else (),
        )
    return locked


def note(bulletin: Bulletin, act: str, actor: Actor, **detail: object) -> None:
    """One line in the audit."""
    audit.record(actor=actor, act=act, about=f"bulletin:{bulletin.pk}", path=bulletin.path, **detail)


def _save(bulletin: Bulletin) -> None:
    bulletin.version += 1
    bulletin.save()


def _circle(kinds: Iterable[str]) -> list[str]:
    wanted = list(kinds)
    unknown = [kind for kind in wanted if kind not in CIRCLE]
    if unknown or not wanted:
        raise Refusal(
            f"范围里有不认识的“{unknown[0]}”。" if unknown else "没有选发给哪些党组织。",
            code="bulletins.circle-not-valid",
            remedy=f"请在{'、'.join(CIRCLE)}中选。",
        )
    return [kind for kind in CIRCLE if kind in wanted]


def _ordinary(words: Iterable[str]) -> list[str]:
    wanted = sorted({word.strip() for word in words if word.strip()})
    long = next((word for word in wanted if len(word) != 2), None)
    if long is not None:
        raise Refusal(
            f"“{long}”不是两个字。",
            code="bulletins.word-not-two-letters",
            remedy="只有两个字的词可以注明“不是人名”（如“许可”）；三个字以上与姓名相同的，请改写。",
        )
    return wanted


def _tellable(bulletin: Bulletin, cases: Iterable[ModelCase]) -> list[ModelCase]:
    wanted = list(cases)
    for case in wanted:
        if case.state != ModelCase.State.CHECKED or not case.path.startswith(bulletin.path):
            raise Refusal(
                f"“{case.title}”现在是“{case.get_state_display()}”，不能列入。",
                code="bulletins.case-not-checked",
                remedy="请只选已核实的典型。",
            )
    return wanted
