"""Undoing an import: whole while nothing was built on it, else by an import that leads back (decision 0061)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model

from dianping.common import audit, trees
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.fields import PathField
from dianping.common.models import AuditEntry
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import (
    Charge,
    Membership,
    Organisation,
    Person,
    Post,
    RosterStep,
    RosterTaken,
    Tenure,
)
from dianping.orgs.rights import may_keep_roster
from dianping.orgs.services.organisations import dissolve_organisation, place_under, revive_organisation
from dianping.orgs.services.posts import appoint, end_charge, put_in_charge, retitle, vacate
from dianping.orgs.services.roster_keeping import BATCH, TABLES, rows_by_key, table_of, values_of
from dianping.orgs.services.transfer import leave, transfer_member

NOTHING_KEPT = "这次导入早于本功能，没有留下可以撤回的记录。"


class Back(NamedTuple):
    """One step that leads back: what is done to which rows, and the line that says so."""

    kind: str
    key: int
    other: int | None
    line: str


class WayBack(NamedTuple):
    """What undoing an import would do. `blocked`: why it cannot be undone whole; then `steps` lead back by new acts.

    `cannot`: what does not come back, in sentences.
    """

    taken: RosterTaken
    blocked: list[str]
    steps: list[Back]
    cannot: list[str]

    @property
    def whole(self) -> bool:
        """Whether it can be undone as if it never had been."""
        return not self.blocked


class _Kept:
    """The steps of one import, by table."""

    def __init__(self, taken: RosterTaken) -> None:
        self.taken = taken
        steps = {step.table: step for step in RosterStep.objects.filter(taken=taken)}
        self.any = bool(steps)
        self.made = {
            model: list(steps[table_of(model)].made) if table_of(model) in steps else [] for model in TABLES
        }
        self.before = {model: _by_key(steps, model, "before") for model in TABLES}
        self.after = {model: _by_key(steps, model, "after") for model in TABLES}

    def now(self, model: type[Model]) -> dict[int, Model]:
        """The rows it made or changed that are there."""
        return {int(row.pk): row for row in rows_by_key(model, [*self.made[model], *self.before[model]])}

    def changed_since(self, model: type[Model], row: Model) -> bool:
        """Whether a row it changed says something else now than it left there."""
        now = values_of(row)
        return any(now[name] != value for name, value in self.after[model][int(row.pk)].items())


def _by_key(steps: Mapping[str, RosterStep], model: type[Model], which: str) -> dict[int, dict[str, Any]]:
    step = steps.get(table_of(model))
    return {int(key): values for key, values in getattr(step, which).items()} if step else {}


def look_back(*, taken: RosterTaken, actor: Actor) -> WayBack:
    """What undoing an import would do; writes nothing."""
    permit(actor, may_keep_roster)
    kept = _Kept(taken)
    if taken.undone_on:
        return WayBack(taken, [f"这次导入已于 {taken.undone_on} 撤回。"], [], [])
    if not kept.any:
        return WayBack(taken, [NOTHING_KEPT], [], [NOTHING_KEPT])
    blocked = _blocked(kept)
    if not blocked:
        return WayBack(taken, [], [], [])
    steps, cannot = _steps(kept)
    cannot.append("这次导入之后写下的点评、整改、意见和已办的事项留在原处，不会因此消失。")
    return WayBack(taken, blocked, steps, cannot)


# ---- whole


def _blocked(kept: _Kept) -> list[str]:
    found = []
    later = RosterTaken.objects.filter(pk__gt=kept.taken.pk, undone_on=None)
    if later.exists():
        found.append(f"之后又导入过 {later.count()} 份名册，请先撤回后面的。")
    altered = sum(
        kept.changed_since(m, row) for m in TABLES for pk, row in kept.now(m).items() if pk in kept.before[m]
    )
    if altered:
        found.append(f"它改动的 {altered} 条记录后来又改过。")
    found += _referring(kept)
    entries = _entries_since(kept)
    if entries:
        found.append(f"导入以后，这些组织里又办了 {entries} 件事。")
    return found


def _referring(kept: _Kept) -> Iterator[str]:
    """What other tables hold of the rows an import made."""
    for model in TABLES:
        made = kept.made[model]
        if not made:
            continue
        for relation in _relations(model):
            other = relation.related_model
            own = _own_rows(kept, other, relation.field.attname)
            many = relation.many_to_many
            count = 0
            for start in range(0, len(made), BATCH):
                rows = other._default_manager.filter(
                    **{f"{relation.field.name}__in": made[start : start + BATCH]}
                )
                keys = rows.values_list("pk", flat=True)
                count += (
                    sum(key not in own for key in keys)
                    if own
                    else (keys.distinct() if many else keys).count()
                )
            if count:
                yield f"有 {count} 条{other._meta.verbose_name}用到了它带来的{model._meta.verbose_name}。"
    paths = [getattr(row, "path", "") for row in rows_by_key(Organisation, kept.made[Organisation])]
    for other in apps.get_models():
        for field in other._meta.concrete_fields:
            if isinstance(field, PathField) and other is not Organisation and paths:
                count = sum(
                    other._default_manager.filter(
                        **{f"{field.name}__in": paths[start : start + BATCH]}
                    ).count()
                    for start in range(0, len(paths), BATCH)
                )
                if count:
                    yield f"有 {count} 条{other._meta.verbose_name}属于它新设的组织。"


def _relations(model: type[Model]) -> list[Any]:
    """Every column of any table that leads to this one, those without a name to lead back among them."""
    return [f for f in model._meta.get_fields(include_hidden=True) if f.auto_created and not f.concrete]


def _set(row: Model, name: str, value: object) -> None:
    """A column as it was written down into a step."""
    field: Any = row._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
    setattr(row, name, value if field.is_relation else field.to_python(value))


def _own_rows(kept: _Kept, model: type[Model], column: str) -> set[int]:
    """Rows of a table that go, or lose this column's word, with the import."""
    if model not in kept.made:
        return set()
    return {*kept.made[model], *(pk for pk, was in kept.before[model].items() if column in was)}


def _entries_since(kept: _Kept) -> int:
    """Acts after the import about the people, seats and places it touched."""
    own = AuditEntry.objects.filter(act="导入名册", about=f"roster:{kept.taken.pk}").order_by("-seq").first()
    if own is None:
        return 0
    abouts = {
        f"{word}:{pk}"
        for model, word in ((Person, "person"), (Organisation, "organisation"), (Post, "post"))
        for pk in (*kept.made[model], *kept.before[model])
    }
    posts = {t.post_id for t in _rows(kept, Tenure)} | {c.post_id for c in _rows(kept, Charge)}
    abouts |= {f"post:{pk}" for pk in posts} | {f"person:{m.person_id}" for m in _rows(kept, Membership)}
    since = AuditEntry.objects.filter(seq__gt=own.seq).exclude(act__in=("导入名册", "撤回名册"))
    return sum(about in abouts for about in since.values_list("about", flat=True).iterator())


def _rows(kept: _Kept, model: type[Any]) -> list[Any]:
    return list(kept.now(model).values())


@act
def undo_roster(*, taken: RosterTaken, on: date, actor: Actor) -> RosterTaken:
    """Take an import back whole, as if it never had been. Refuses when anything was built on what it brought."""
    permit(actor, may_keep_roster)
    kept = _Kept(taken)
    blocked = (
        [f"这次导入已于 {taken.undone_on} 撤回。"] if taken.undone_on else [] if kept.any else [NOTHING_KEPT]
    )
    blocked = blocked or _blocked(kept)
    if blocked:
        raise Refusal(
            "这次导入不能整份撤回：" + "".join(blocked),
            code="orgs.roster-built-upon",
            remedy="请看反向导入会改回什么，再决定。",
        )
    standing: tuple[type[Model], ...] = (Charge, Tenure, Membership)
    things: tuple[type[Model], ...] = (Post, Person, Organisation)
    for model in standing:  # first what would stand beside the old: one holder, one branch
        _take_away(model, kept.made[model])
    for model in TABLES:
        for row in rows_by_key(model, sorted(kept.before[model])):
            for name, value in kept.before[model][int(row.pk)].items():
                _set(row, name, value)
            row.save(update_fields=list(kept.before[model][int(row.pk)]))
    for model in things:
        _take_away(model, kept.made[model])
    return _end(taken, on, actor, whole=True)


def _take_away(model: type[Model], keys: list[int]) -> None:
    """Delete the rows an import made; of organisations the lowest first."""
    if model is Organisation:
        for row in sorted(
            rows_by_key(model, keys), key=lambda one: str(getattr(one, "path", "")), reverse=True
        ):
            row.delete()
        return
    for start in range(0, len(keys), BATCH):
        model._default_manager.filter(pk__in=keys[start : start + BATCH]).delete()


def _end(taken: RosterTaken, on: date, actor: Actor, *, whole: bool) -> RosterTaken:
    taken.undone_on = on
    taken.save(update_fields=["undone_on"])
    audit.record(actor=actor, act="撤回名册", about=f"roster:{taken.pk}", on=on, whole=whole)
    return taken


# ---- leading back


def _steps(kept: _Kept) -> tuple[list[Back], list[str]]:
    cannot: list[str] = []
    steps = [*_organisations_back(kept, cannot), *_members_back(kept, cannot), *_people_back(kept, cannot)]
    steps += [*_posts_back(kept), *_charges_back(kept, cannot), *_founded_back(kept)]
    return steps, cannot


def _organisations_back(kept: _Kept, cannot: list[str]) -> Iterator[Back]:
    for pk, row in kept.now(Organisation).items():
        assert isinstance(row, Organisation)
        was = kept.before[Organisation].get(pk)
        if was is None:
            continue
        if kept.changed_since(Organisation, row) and not {"path", "moved_on"} >= set(
            kept.after[Organisation][pk]
        ):
            cannot.append(f"{row.name}后来又改过，保持现在的样子。")
            continue
        if "dissolved" in was and was["dissolved"] is None:
            yield Back("revive", pk, None, f"恢复组织：{row.name}")
        if was.get("parent_id"):
            yield Back(
                "place",
                pk,
                was["parent_id"],
                f"改回上级：{row.name} → {_name(Organisation, was['parent_id'])}",
            )
        if set(was) & {"name", "kind", "unit_kind", "short_name"} and set(was) & {
            "name",
            "kind",
            "unit_kind",
        }:
            words = "，".join(str(was[n]) for n in ("name", "kind", "unit_kind") if n in was)
            yield Back("words", pk, None, f"改回组织的名称或类别：{row.name} → {words}")


def _members_back(kept: _Kept, cannot: list[str]) -> Iterator[Back]:
    made: dict[int, Membership] = {
        m.person_id: m for m in _rows(kept, Membership) if m.pk in set(kept.made[Membership])
    }
    ended: dict[int, Membership] = {}
    for pk, was in kept.before[Membership].items():
        row = Membership.objects.select_related("person").filter(pk=pk).first()
        if row is None:
            continue
        if "until" in was and was["until"] is None:
            ended[row.person_id] = row
        elif kept.changed_since(Membership, row):
            cannot.append(f"{row.person.name}的党籍后来又改过，保持现在的样子。")
        else:
            yield Back("membership", pk, None, f"改回类别、流动去向或支部：{row.person.name}")
    for person, row in made.items():
        name = _name(Person, person)
        if row.until is not None:
            cannot.append(f"{name}后来又离开或转移过，保持现在的样子。")
        elif person in ended:
            place = _name(Organisation, ended[person].organisation_id)
            yield Back("transfer", person, ended[person].organisation_id, f"转回：{name} → {place}")
        else:
            yield Back("leave", person, None, f"离开：{name}（{_name(Organisation, row.organisation_id)}）")
    for person, row in ended.items():
        if person in made:
            continue
        place = _name(Organisation, row.organisation_id)
        if Membership.objects.filter(person=person, until=None).exists():
            cannot.append(f"{row.person.name}已在别的支部，不再编回{place}。")
        else:
            yield Back(
                "rejoin", row.pk, None, f"编回：{row.person.name}（{place}），两次党籍之间空着的日子补不回来"
            )


def _people_back(kept: _Kept, cannot: list[str]) -> Iterator[Back]:
    for pk, row in kept.now(Person).items():
        if pk in kept.before[Person]:
            if kept.changed_since(Person, row):
                cannot.append(f"{row}的资料后来又改过，保持现在的样子。")
            else:
                yield Back("person", pk, None, f"改回资料：{row}")


def _posts_back(kept: _Kept) -> Iterator[Back]:
    former: dict[int, Tenure] = {}
    for pk, was in kept.before[Tenure].items():
        row = Tenure.objects.select_related("person", "post__organisation").filter(pk=pk).first()
        if row is not None and "until" in was and was["until"] is None:
            former[row.post_id] = row
    made = {t.post_id: t for t in _rows(kept, Tenure) if t.pk in set(kept.made[Tenure]) and t.until is None}
    for post in dict.fromkeys([*made, *former]):
        seat = Post.objects.select_related("organisation").get(pk=post)
        who, now = former.get(post), Tenure.objects.filter(post=post, until=None).first()
        if now is not None and (post not in made or made[post].pk != now.pk):
            continue  # somebody else was seated since
        title = seat.called
        before = now.person.name if now else "空缺"
        if who is not None:
            yield Back("appoint", post, who.person_id, f"{title}：{before} → {who.person.name}")
        elif now is not None:
            yield Back("vacate", post, None, f"{title}：{before} → 空缺")
    for pk, was in kept.before[Post].items():
        titled = kept.now(Post).get(pk)
        if titled is not None and "title" in was and not kept.changed_since(Post, titled):
            yield Back("title", pk, None, f"职务改回“{was['title']}”")


def _charges_back(kept: _Kept, cannot: list[str]) -> Iterator[Back]:
    for row in _rows(kept, Charge):
        line = f"{row.get_kind_display()}{_name(Organisation, row.organisation_id)}（{row.post.title}）"
        if row.pk in set(kept.made[Charge]):
            if row.until is None:
                yield Back("end", row.pk, None, f"不再{line}")
        elif kept.before[Charge].get(row.pk, {}).get("until", "") is None:
            yield Back("charge", row.pk, None, f"重新{line}")


def _founded_back(kept: _Kept) -> Iterator[Back]:
    made = [
        row for row in rows_by_key(Organisation, kept.made[Organisation]) if isinstance(row, Organisation)
    ]
    for row in sorted(made, key=lambda one: one.path, reverse=True):
        if row.dissolved is None:
            yield Back("dissolve", row.pk, None, f"撤销组织：{row.name}")


def _name(model: type[Model], pk: int) -> str:
    return str(model._default_manager.filter(pk=pk).values_list("name", flat=True).first() or "")


@act
def lead_back(*, taken: RosterTaken, lines: list[str], on: date, actor: Actor) -> RosterTaken:
    """Undo an import by new acts that hold from a day on: exactly the lines that were shown, else nothing.

    What it did stays readable as history; members who come back stand from that day.
    """
    permit(actor, may_keep_roster)
    way = look_back(taken=taken, actor=actor)
    if not way.steps or [step.line for step in way.steps] != lines:
        raise Refusal(
            "看过之后名册又有变动，没有改回。",
            code="orgs.way-back-changed",
            remedy="请再看一遍会改回什么，再写。",
        )
    kept = _Kept(taken)
    for step in way.steps:
        _walk(kept, step, on, actor)
    return _end(taken, on, actor, whole=False)


def _walk(kept: _Kept, step: Back, on: date, actor: Actor) -> None:
    if step.kind in ("membership", "person", "words"):
        model = {"membership": Membership, "person": Person, "words": Organisation}[step.kind]
        _restore(model, step.key, kept.before[model][step.key], actor)
    elif step.kind in ("revive", "place", "dissolve"):
        organisation = Organisation.objects.get(pk=step.key)
        if step.kind == "revive":
            revive_organisation(organisation=organisation, actor=actor)
        elif step.kind == "place":
            place_under(
                organisation=organisation,
                parent=Organisation.objects.get(pk=step.other or 0),
                on=on,
                actor=actor,
            )
        elif _is_empty(organisation):
            dissolve_organisation(organisation=organisation, on=on, successor=None, actor=actor)
    elif step.kind in ("transfer", "leave", "rejoin"):
        _member(step, on, actor)
    elif step.kind in ("appoint", "vacate", "title"):
        post = Post.objects.select_related("organisation").get(pk=step.key)
        if step.kind == "appoint":
            appoint(person=Person.objects.get(pk=step.other or 0), post=post, since=on, actor=actor)
        elif step.kind == "vacate":
            vacate(post=post, on=on, actor=actor)
        else:
            retitle(post=post, title=kept.before[Post][step.key]["title"], actor=actor)
    else:
        charge = Charge.objects.select_related("organisation", "post").get(pk=step.key)
        if step.kind == "end":
            end_charge(charge=charge, on=on, actor=actor)
        else:
            put_in_charge(
                post=charge.post, organisation=charge.organisation, kind=charge.kind, since=on, actor=actor
            )


def _member(step: Back, on: date, actor: Actor) -> None:
    if step.kind == "rejoin":
        old = Membership.objects.select_related("organisation").get(pk=step.key)
        Membership.objects.create(
            person_id=old.person_id,
            organisation=old.organisation,
            since=max(on, old.until or on),
            standing=old.standing,
            mobile_to=old.mobile_to,
        )
        audit.record(
            actor=actor, act="编回支部", about=f"person:{old.person_id}", path=old.organisation.path, on=on
        )
        return
    person = Person.objects.get(pk=step.key)
    if step.kind == "leave":
        leave(person=person, on=on, reason="撤回名册", actor=actor)
        return
    to = Organisation.objects.get(pk=step.other or 0)
    standing = Membership.objects.get(person=person, until=None)
    if standing.since < on:
        transfer_member(person=person, to=to, on=on, actor=actor)
    else:  # undone on the day of the import: he never stood in the other branch
        Membership.objects.filter(pk=standing.pk).update(organisation=to)


def _is_empty(organisation: Organisation) -> bool:
    below = Organisation.objects.filter(
        path__gt=organisation.path, path__lt=trees.after(organisation.path), dissolved=None
    )
    members = Membership.objects.filter(organisation=organisation, until=None)
    return not below.exists() and not members.exists()


def _restore(model: type[Model], pk: int, was: Mapping[str, Any], actor: Actor) -> None:
    row = model._default_manager.get(pk=pk)
    names = [
        name
        for name in was
        if name not in ("path", "parent_id", "moved_on", "dissolved", "succeeded_by_id", "until")
    ]
    for name in names:
        _set(row, name, was[name])
    row.save(update_fields=names)
    path = row.path if isinstance(row, Organisation) else ""
    audit.record(actor=actor, act="改回记录", about=f"{table_of(model)}:{pk}", path=path, fields=names)
