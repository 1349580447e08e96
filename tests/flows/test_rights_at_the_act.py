"""Every service that changes something, or gives out what is not public, asks who acts and refuses (decision 0054).

The services are found by walking the rooms, as the addresses are for the pages: one that is neither in the table
(`rights_table`), nor a mere consequence, nor excused with a reason, fails the first test here.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

import dianping
from dianping.accounts.models import Grant, User
from dianping.common import acts, audit
from dianping.common.audit import SYSTEM, Actor, Operator
from dianping.common.models import AuditEntry
from dianping.common.refusal import Refusal
from dianping.common.rights import RIGHTS, Forbidden, permit, right
from dianping.orgs.models import Tenure
from tests import kept
from tests.factories import University
from tests.flows.rights_table import ROWS, Row, World
from tests.reviews.telling import NEW_YEAR
from tests.tried import tried

pytestmark = pytest.mark.django_db

# Consequences: they say `caused`, and are refused to everybody outside an act whose right was asked.
FOLLOWS = {
    "bulletins.mark_published",
    "acts.hear_verdicts",
    "duties.demand_report",
    "duties.discharge_duty",
    "duties.end_over_ones",
    "duties.keep_handed_over",
    "duties.take_back",
    "duties.withdraw_report",
    "rectification.find_unresolved",
    "rectification.hear_masses",
    "rectification.open_items",
    "rectification.open_items_from",
    "rectification.withdraw_items",
    "reviews.gather_notes",
    "reviews.hold_occasion",
    "reviews.meet_hearing",
}
# What gives out only, or had nothing to change here.
QUIET = {
    "acts.bulletin_letter",
    "acts.draft_letter",
    "acts.forecast",
    "acts.kept_file",
    "acts.write_template",
    "duties.count_tallies",
    "opinions.look_before_opening",
    "opinions.read_box",
    "orgs.look_back",
    "orgs.plan_roster",
    "programmes.adopt_programme",
}
OUTSIDERS = ("lu", "qiu", "bian", "shangguan", "shen")  # nobody, two siblings, the superior, the auditor

BY_SLIP = "the villager has no account: who holds an unused slip is let in, whoever he is"
PART = "a part of acts that ask first; it names nobody who acts and is called by them alone"
READS = "reckons with what it is given; it writes nothing and gives out nothing that its caller had not"
ENTRY = "writes an entry into an act under way, which fails as a whole where no right was asked"
OWN_UPLOAD = "finds a file by the key only its sender was told"
MACHINE = "the machine's own housekeeping; it gives out nothing"
SHELL = "tells the sample's story to an empty site, at the shell"
EXCUSED: dict[str, str] = {
    "bulletins.case_parts": READS,
    "duties.in_contact": READS,
    "rectification.looked_over": READS,
    "duties.latecomers": READS,
    "duties.uncovered": READS,
    "bulletins.check_bulletin": READS,
    "bulletins.refuse_personal": READS,
    "bulletins.refuse_untold": READS,
    "programmes.amendment": READS,
    "opinions.classes_of": READS,
    "programmes.ends_of": READS,
    "programmes.supersession_meant": READS,
    "programmes.entries_of": READS,
    "acts.file_name": READS,
    "acts.letter_bytes": READS,
    "opinions.members_asked": READS,
    "acts.parts_of": READS,
    "programmes.programme_texts": READS,
    "opinions.read_others": READS,
    "programmes.same_issuer": READS,
    "acts.text_of": READS,
    "opinions.topics_of": READS,
    "acts.verdict_form": READS,
    "opinions.with_topics": READS,
    "duties.elsewhere": READS,
    "duties.head": READS,
    "duties.held": READS,
    "duties.lately_ended": READS,
    "duties.gaps": READS,
    "duties.other_windows": READS,
    "duties.reviewer_sql": READS,
    "duties.standing": READS,
    "duties.stands": READS,
    "duties.tally_faults": READS,
    "duties.written": READS,
    "ledgers.with_head": READS,
    "ledgers.write_form": READS,
    "opinions.answer_digest": READS,
    "opinions.confirmed_now": READS,
    "opinions.faults_of": READS,
    "opinions.frozen_digest": READS,
    "opinions.frozen_faults": READS,
    "opinions.mark_of": READS,
    "opinions.new_key": READS,
    "opinions.opened_before": READS,
    "opinions.paper_stub": READS,
    "opinions.poll_faults": READS,
    "opinions.printed_stub": READS,
    "opinions.public_of": READS,
    "opinions.read_key": READS,
    "opinions.refuse_custodians": READS,
    "opinions.refuse_one_office": READS,
    "opinions.refuse_opening_by_one_office": READS,
    "opinions.refuse_replacement": READS,
    "opinions.release_digest": READS,
    "opinions.scopes_of": READS,
    "opinions.seal": READS,
    "opinions.slip_digest": READS,
    "opinions.slip_term": READS,
    "opinions.slot_places": READS,
    "opinions.slot_term": READS,
    "opinions.stub_digest": READS,
    "opinions.turnout_now": READS,
    "opinions.unseal": READS,
    "orgs.fingerprint": READS,
    "orgs.mark_of_the_roster": READS,
    "orgs.amends": READS,
    "orgs.compare_posts": READS,
    "orgs.mobile_place": READS,
    "orgs.proposed_scope": READS,
    "orgs.rows_by_key": READS,
    "orgs.same_birth": READS,
    "orgs.scope_named": READS,
    "orgs.seat_of": READS,
    "orgs.table_of": READS,
    "orgs.values_of": READS,
    "programmes.written_out": READS,
    "reviews.duties_to_meet": READS,
    "reviews.mode_at": READS,
    "reviews.occasion_at": PART,
    "reviews.refuse_bad_days": READS,
    "acts.duty_of_hearing": READS,
    "reviews.record_of": READS,
    "reviews.sealed_with": READS,
    "reviews.terms_of": READS,
    "bulletins.lock_bulletin": PART,
    "bulletins.lock_case": PART,
    "acts.gone_if_refused": PART,
    "rectification.take_away": PART,
    "duties.add_one": PART,
    "duties.count_reviewer": PART,
    "duties.drop_answers": PART,
    "duties.fill_answers": PART,
    "duties.follow": PART,
    "duties.let_planner_know": PART,
    "duties.meeting": PART,
    "duties.move_due": PART,
    "duties.move_opens": PART,
    "duties.opening": PART,
    "duties.recount": PART,
    "duties.reviewer_window": PART,
    "duties.take_one": PART,
    "duties.uncount_reviewer": PART,
    "duties.window_of_heard": PART,
    "duties.window_of_hearing": PART,
    "duties.window_of_line": PART,
    "duties.window_of_paper": PART,
    "opinions.change": PART,
    "opinions.end_box": PART,
    "opinions.held_box": PART,
    "opinions.keep_key": PART,
    "opinions.lock_point": PART,
    "opinions.lock_poll": PART,
    "opinions.read_machine_key": PART,
    "opinions.release": PART,
    "orgs.give_places": PART,
    "orgs.next_path": PART,
    "rectification.locked_item": PART,
    "rectification.release_report": PART,
    "rectification.report_demanded": PART,
    "reviews.change_grounds": PART,
    "reviews.put_grounds": PART,
    "reviews.refuse_groundless": PART,
    "reviews.refuse_without_ground": PART,
    "reviews.with_own_event": PART,
    "reviews.write_grounds": PART,
    "reviews.write_problems": PART,
    "reviews.write_revisits": PART,
    "reviews.write_said": PART,
    "bulletins.note": ENTRY,
    "accounts.activate": BY_SLIP,
    "accounts.void_slips": PART,
    "accounts.end_sessions": PART,
    "opinions.admit": BY_SLIP,
    "opinions.refuse_uncounted": BY_SLIP,
    "opinions.send_form": BY_SLIP,
    "opinions.take_form": BY_SLIP,
    "acts.forget_upload": OWN_UPLOAD,
    "acts.kept_upload": OWN_UPLOAD,
    "acts.sweep_uploads": MACHINE,
    "opinions.box_name": MACHINE,
    "opinions.erase": MACHINE,
    "opinions.finish_erasing": MACHINE,
    "opinions.has_its_key": MACHINE,
    "opinions.is_left": MACHINE,
    "opinions.mark_and_erase": MACHINE,
    "opinions.path_of": MACHINE,
    "opinions.place_of": MACHINE,
    "opinions.polls_with_a_key": MACHINE,
    "opinions.sweep": MACHINE,
    "rectification.carry_sources": MACHINE,
    "reviews.sweep_reviews": MACHINE,
    "demo.at": SHELL,
    "demo.branch_meeting": SHELL,
    "demo.cast_lines": SHELL,
    "demo.draw_members": SHELL,
    "demo.draws_under_way": SHELL,
    "demo.follow": SHELL,
    "demo.hands_of_all": SHELL,
    "demo.load_sample": SHELL,
    "demo.meet": SHELL,
    "demo.plan_meeting": SHELL,
    "demo.put_right_in_time": SHELL,
    "demo.raise_examples": SHELL,
    "demo.reported": SHELL,
    "demo.said_of": SHELL,
    "demo.sample_stub": SHELL,
    "demo.send_letter": SHELL,
    "demo.take_january": SHELL,
    "demo.take_province": SHELL,
    "demo.tell": SHELL,
    "demo.tell_in_bulletins": SHELL,
    "demo.tell_of_the_masses": SHELL,
}


# Modules of `acts` that read in several rooms for whoever looks, through what he may see.
READING = {
    "askable",
    "chain",
    "chain_words",
    "dossier",
    "masses",
    "person_record",
    "poll_course",
    "poll_turns",
    "sitting",
    "waiting",
    "waiting_kinds",
}


def _modules() -> Iterator[Any]:
    """The services of every room, what `acts` does in several, and the sample."""
    for module in pkgutil.walk_packages(dianping.__path__, "dianping."):
        _, room, *rest = module.name.split(".")
        doing = len(rest) == 1 and (
            (room == "acts" and rest[0] not in READING | {"apps", "management"})
            or (room == "demo" and rest[0].startswith("sample"))
        )
        if "services" in rest or doing:
            yield importlib.import_module(module.name)


def services() -> dict[str, Callable[..., Any]]:
    """Every public function that a room's services define, by room and name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules():
        room = module.__name__.split(".")[1]
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                assert f"{room}.{name}" not in found, f"two services are called {room}.{name}"
                found[f"{room}.{name}"] = function
    return found


def acts_of() -> set[str]:
    """Those that are acts."""
    found = set()
    for module in _modules():
        room = module.__name__.split(".")[1]
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.FunctionDef) and "act" in map(ast.unparse, node.decorator_list):
                found.add(f"{room}.{node.name}")
    return {name for name in found if not name.split(".")[1].startswith("_")}


def test_every_service_is_in_the_table_or_says_why_not() -> None:
    known = {row.service for row in ROWS} | FOLLOWS | set(EXCUSED)
    there = set(services())
    assert sorted(there - known) == [], "services nobody asked about"
    assert sorted(known - there) == [], "rows of services that are gone"
    assert not set(EXCUSED) & ({row.service for row in ROWS} | FOLLOWS)
    assert sorted(acts_of() & set(EXCUSED)) == [], "an act is never excused"


def everything() -> tuple[dict[str, list[str]], Any]:
    """Every row of every table of ours, and every file of the data folder."""
    found = kept.rows(short=True)
    ours = {m._meta.db_table for m in apps.get_models() if m.__module__.startswith("dianping.")}
    return {table: sorted(rows.values()) for table, rows in found.items() if table in ours}, kept.files()


def close(name: str) -> None:
    User.objects.filter(username=name).update(is_active=False)


def end(name: str, day: date) -> None:
    """His grants and his seats end."""
    user = User.objects.get(username=name)
    Grant.objects.filter(user=user, until=None).update(until=day)
    Tenure.objects.filter(person=user.person_id, until=None).update(until=day)


def refused(row: Row, call: Callable[[Actor], Any], actor: Actor, who: str) -> None:
    before = everything()
    told = "nothing"
    try:
        call(actor)
    except Refusal as no:
        told = getattr(no, "code", "")
    assert told == "rights.not-yours", f"{row.service} for {who}: {told}"
    assert everything() == before, f"{row.service} for {who}: something was written"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.service}-{row.rightful or 'shell'}")
def test_whoever_has_no_right_is_refused_and_nothing_is_written(
    opened: University, row: Row, tmp_path: Path
) -> None:
    world = World(opened, tmp_path)
    assert world.users
    call = row.made(world)
    with tried():
        refused(row, call, Actor(row.rightful or "root"), "a bare name")
    for who in OUTSIDERS:
        if who not in row.also and who != row.rightful:
            with tried():
                refused(row, call, world.actor(who, row.day), who)
    for how, change in (("closed", close), ("ended", lambda name: end(name, row.day))):
        if row.rightful and how not in row.also:
            actor = world.actor(row.rightful, row.day)  # signed in, and looked up, before
            with tried():
                change(row.rightful)
                refused(row, call, actor, f"{row.rightful}, {how}")
    with tried():
        before = everything()
        call(world.actor(row.rightful, row.day) if row.rightful else SYSTEM)
        changed = everything() != before
        assert changed is (row.service not in QUIET), "a call that does nothing proves no right"


@pytest.mark.parametrize("name", sorted(FOLLOWS))
def test_a_consequence_is_nobodys_to_bring_about_alone(university: University, name: str) -> None:
    function = services()[name]
    given = dict.fromkeys(inspect.signature(function).parameters)
    world = World(university)
    for actor in (Actor("wen"), world.actor("zong"), world.actor("shangguan")):
        with pytest.raises(Forbidden) as no:
            function(**given | {"actor": actor})
        assert no.value.code == "rights.only-follows"


# ---- the mechanism itself


@right("谁也不")
def _never(actor: Actor) -> bool:
    return False


@right("谁都")
def _always(actor: Actor) -> bool:
    return True


@acts.act
def _tell_of(actor: Actor, *, asking: Actor) -> None:
    permit(asking, _always)
    audit.record(actor=actor, act="更正", about="site")


@acts.act
def _tell_after_a_part_taken_back() -> None:
    with suppress(Refusal), acts.acting():
        permit(SYSTEM, _always)
        raise Refusal("到此为止。", code="rights.enough")
    audit.record(actor=SYSTEM, act="更正", about="site")


def test_an_act_in_which_no_right_was_asked_writes_nothing() -> None:
    with pytest.raises(RuntimeError, match="没有问过"), acts.acting():
        audit.record(actor=SYSTEM, act="更正", about="site")
    with pytest.raises(RuntimeError, match="没有问过"):
        _tell_of(SYSTEM, asking=Operator("another"))
    assert not AuditEntry.objects.filter(act="更正").exists()


def test_a_right_asked_in_a_part_that_was_taken_back_counts_for_nothing() -> None:
    with pytest.raises(RuntimeError, match="没有问过"):
        _tell_after_a_part_taken_back()


def test_a_bare_name_may_nothing_and_the_shell_everything() -> None:
    nobody = Actor("wen", "党务干事")
    for name in ("keeps", "oversees", "audits", "reads", "heads", "heads_above", "keeps_above", "judges"):
        assert not getattr(nobody, name)("0000"), name
    assert not any((nobody.is_site_clerk, nobody.is_clerk, nobody.has_seat, nobody.holds(1)))
    assert not any((nobody.is_person(1), nobody.is_person(None), nobody.is_account("wen")))
    with pytest.raises(Forbidden) as no:
        permit(nobody, _never)
    assert no.value.code == "rights.not-yours"
    assert "这件事由谁也不办，“wen”（党务干事）不在其中。" in str(no.value)
    permit(SYSTEM, _never)


def test_every_right_says_whose_it_is() -> None:
    rooms = {name for name in RIGHTS if name.startswith("dianping.")}
    assert len(rooms) > 40
    for name in rooms:
        assert all((RIGHTS[name].who, RIGHTS[name].__doc__)), name
        assert name.split(".")[2] == "rights", f"{name}: rights stand in their room's rights module"


def test_what_a_page_remembers_is_asked_anew_in_an_act(opened: University) -> None:
    actor = World(opened).actor("wen")
    assert actor.keeps(opened.letters.path)
    end("wen", NEW_YEAR)
    assert actor.keeps(opened.letters.path), "a page has looked already, and shows what it saw"
    assert not actor.now().keeps(opened.letters.path)
    with acts.acting():
        assert actor.now() is actor.now(), "read once an act"
