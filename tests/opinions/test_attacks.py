"""Ways round the rules that somebody thought of: each tried, each closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dianping.accounts.viewer import Viewer
from dianping.common.audit import Operator
from dianping.opinions.models import Box, Figure, PaperEntry, Poll, Saying, Slip
from dianping.opinions.rules import Answers, Blank, Form, GradeQuestion, presets, read_code
from dianping.opinions.selectors import concerns, paper_counts
from dianping.opinions.services import (
    Closed,
    StubTaken,
    WrongSlip,
    admit,
    destroy_box,
    issue_slips,
    merge_sayings,
    reword_point,
    take_form,
    type_paper,
    void_batch,
)
from dianping.opinions.services.accounting import answer_digest
from dianping.opinions.services.slips import printed_stub
from tests import factories
from tests.factories import University
from tests.opinions.polling import (
    CLOSES,
    OPENS,
    GroupPlan,
    Polling,
    SubjectPlan,
    answer,
    choosing,
    new_stub,
    poll_about,
    ready,
)
from tests.refused import refused

pytestmark = pytest.mark.django_db
TWELVE = tuple(f"张{one}" for one in "一二三四五六七八九十甲乙")


def asked_of(university: University, form: Form, groups: tuple[GroupPlan, ...], **more: object) -> Polling:
    """A poll of named people, everybody answering the first grade but the last the last; opened."""
    found = ready(university, form=form, groups=groups, **more)
    codes = [code for group in found.codes.values() for code in group]
    for at, code in enumerate(codes):
        subjects = found.poll.subjects.count()
        answer(found, code, choosing(found.poll.sheet, subjects, grade=3 if at == len(codes) - 1 else 0))
    found.open()
    return found


def whole_of(found: Polling) -> list[int] | None:
    row = Figure.objects.filter(poll=found.poll, scope="全体").exclude(question="").first()
    return row.votes if row else None


def with_mark(form: Form) -> Form:
    """The same questions, one with a full stop more: another digest."""
    changed = [
        replace(one, text=f"{one.text}。") if isinstance(one, GradeQuestion) else one
        for one in form.questions
    ]
    return Form.load(replace(form, questions=tuple(changed)).dump())


FORM = presets()["appraisal_organisation"]
NAMED = GroupPlan("群众", inside=False, names=TWELVE)
ONE_MORE = (*TWELVE, "李新来")


@pytest.mark.parametrize(
    ("form", "group"),
    [
        (FORM, GroupPlan("群众", inside=False, names=ONE_MORE)),
        (with_mark(FORM), GroupPlan("群众", inside=False, names=ONE_MORE)),
        (FORM, GroupPlan("教职工群众", inside=False, names=ONE_MORE)),
        (FORM, GroupPlan("群众", inside=False, names=tuple(f" {name[0]} {name[1:]}" for name in ONE_MORE))),
        (FORM, GroupPlan("群众", inside=False, size=13)),
    ],
    ids=["one more", "a full stop more", "another class", "names spaced out", "a number instead"],
)
def test_who_joined_is_not_worked_out_from_the_second_asking(
    university: University, form: Form, group: GroupPlan
) -> None:
    first = asked_of(university, FORM, (NAMED,))
    assert whole_of(first) == [11, 0, 0, 1, 0]

    second = asked_of(university, form, (group,))
    assert whole_of(second) is None
    assert not Saying.objects.filter(poll=second.poll).exists()


def test_the_same_person_asked_about_under_another_organisation_is_the_same(university: University) -> None:
    person = university.people["冉小禾"]
    form = presets()["appraisal_member"]
    about = [(SubjectPlan(place, person),) for place in (university.letters_staff, university.letters)]
    assert whole_of(asked_of(university, form, (NAMED,), about=about[0])) is not None
    more = GroupPlan("群众", inside=False, names=ONE_MORE)
    assert whole_of(asked_of(university, form, (more,), about=about[1])) is None


def reworded(form: Form) -> Form:
    """Every question with a synonym, one grade renamed."""
    questions = tuple(
        replace(one, text=one.text.replace("情况", "状况")) if isinstance(one, GradeQuestion) else one
        for one in form.questions
    )
    sets = tuple(
        replace(one, grades=tuple(grade.replace("不满意", "不太满意") for grade in one.grades))
        for one in form.grade_sets
    )
    return Form.load(replace(form, questions=questions, grade_sets=sets).dump())


def test_other_words_for_the_same_are_the_same_asking(university: University) -> None:
    assert whole_of(asked_of(university, FORM, (NAMED,))) is not None
    again = asked_of(university, reworded(FORM), (GroupPlan("群众", inside=False, names=ONE_MORE),))
    assert whole_of(again) is None


@pytest.mark.parametrize("also", ["同志", "老师", "x"])
def test_names_typed_otherwise_may_be_the_same_people(university: University, also: str) -> None:
    assert whole_of(asked_of(university, FORM, (NAMED,))) is not None
    others = tuple(f"{name}{also}" for name in ONE_MORE)
    assert whole_of(asked_of(university, FORM, (GroupPlan("群众", inside=False, names=others),))) is None


def test_members_typed_by_name_may_be_the_same_members(university: University) -> None:
    for n in range(14):
        factories.member(f"党员{n}", university.letters_staff)
    first = asked_of(university, FORM, (GroupPlan("党员", university.letters_staff),))
    assert whole_of(first) is not None
    names = [row.person.name for row in university.letters_staff.memberships.all()]
    typed = GroupPlan("群众", inside=False, names=(*(f"{name}同志" for name in names), "李新来"))
    assert whole_of(asked_of(university, FORM, (typed,))) is None


def test_quite_other_people_of_another_number_are_others(university: University) -> None:
    assert whole_of(asked_of(university, FORM, (NAMED,))) is not None
    others = GroupPlan("学生", inside=False, names=tuple(f"学生{n}" for n in range(20)))
    assert whole_of(asked_of(university, FORM, (others,))) is not None


def test_a_slip_less_for_the_same_people_shows_nothing(university: University) -> None:
    """Whoever makes the slips knows whom he left out."""
    assert whole_of(asked_of(university, FORM, (NAMED,))) is not None
    found = poll_about(university, form=FORM, groups=(NAMED,))
    found.freeze()
    found.take_keys()
    found.issue(fewer=1)
    for code in found.codes[0]:
        answer(found, code, choosing(FORM, 1))
    found.open()
    assert whole_of(found) is None


def test_a_blank_form_hides_as_much_as_a_marked_one(university: University) -> None:
    """What is shown must not depend on what one of a few answered, not even on whether he did."""
    strict = replace(FORM, validity=replace(FORM.validity, blank=Blank.SPOILT))
    groups = (GroupPlan("工友", inside=False, names=("何去",)), GroupPlan("群众", inside=False, names=TWELVE))
    seen = []
    for said in (Answers(), choosing(FORM, 1, grade=3)):
        found = ready(university, form=strict, groups=groups)
        answer(found, found.codes[0][0], said)
        for code in found.codes[1]:
            answer(found, code, choosing(FORM, 1))
        opened = found.open()
        rows = Figure.objects.filter(poll=opened, question="").order_by("number")
        seen.append([(row.scope, row.forms, row.withheld) for row in rows])
        Poll.objects.filter(pk=opened.pk).update(opened_on=OPENS - timedelta(400))
    assert seen[0] == seen[1]


def test_a_paper_form_is_not_sent_through_the_door(university: University) -> None:
    """Whoever holds the sheets would else put others in their place, alone, and no audit tells."""
    found = poll_about(university, form=FORM)
    found.freeze()
    found.take_keys()
    found.issue(on_paper=True)
    code = found.codes[0][0]
    with refused("opinions.slip-is-paper", kind=WrongSlip):
        answer(found, code, choosing(FORM, 1), stub=printed_stub(read_code(code) or ""))
    for actor in (factories.ACTOR, Operator("other")):
        type_paper(poll=found.poll, code=code, answers=choosing(FORM, 1), today=OPENS, actor=actor)
    assert Box.objects.get().used == 1


def test_a_stub_of_somebody_s_paper_is_not_taken_by_a_phone(university: University) -> None:
    found = ready(university)
    taken = printed_stub(read_code(found.codes[0][1]) or "")
    with refused("opinions.stub-incomplete"):
        answer(found, found.codes[0][0], stub=taken)


def test_paper_is_not_typed_before_the_first_day(university: University) -> None:
    found = poll_about(university, form=FORM)
    found.freeze()
    found.take_keys()
    found.issue(on_paper=True)
    with refused("opinions.not-begun-yet"):
        type_paper(
            poll=found.poll,
            code=found.codes[0][0],
            answers=choosing(FORM, 1),
            today=OPENS - timedelta(1),
            actor=factories.ACTOR,
        )


def test_whoever_heads_an_organisation_within_his_own_is_concerned_by_both(university: University) -> None:
    head = university.people["祁文"]
    factories.head(head, university.letters_staff)
    viewer = Viewer(factories.account(head, username="both"), OPENS)
    for place in (university.letters, university.letters_staff):
        found = poll_about(university, about=(SubjectPlan(place),))
        assert concerns(viewer, found.poll), place


def test_people_given_by_number_cover_nobody(university: University) -> None:
    """Eleven slips that the office fills in itself do not show what the one named person said: nobody else knows of them."""
    groups = (GroupPlan("工友", inside=False, names=("何去",)), GroupPlan("群众", inside=False, size=11))
    found = ready(university, form=FORM, groups=groups, labels=["工友"])
    for code in [*found.codes[0], *found.codes[1]]:
        answer(found, code, choosing(FORM, 1, grade=1, words="宿舍漏水"))
    found.open()
    assert whole_of(found) is None
    assert not Saying.objects.exists()


def test_a_slip_that_was_not_printed_on_paper_is_not_typed_from_paper(university: University) -> None:
    found = ready(university)
    with refused("opinions.slip-not-paper", kind=WrongSlip):
        type_paper(
            poll=found.poll,
            code=found.codes[0][0],
            answers=choosing(FORM, 0),
            today=OPENS,
            actor=factories.ACTOR,
        )


def test_two_forms_do_not_carry_one_stub(university: University) -> None:
    found, stub = ready(university), new_stub()
    answer(found, found.codes[0][0], stub=stub)
    with refused("opinions.stub-taken", kind=StubTaken):
        answer(found, found.codes[0][1], stub=stub)
    for code in found.codes[0][1:]:
        answer(found, code)
    assert found.open().faults == []


def test_a_form_under_way_when_its_box_is_gone_is_told_so(university: University) -> None:
    found = ready(university)
    under_way = admit(code=found.codes[0][0], today=OPENS)
    destroy_box(poll=found.poll, why="改期", today=OPENS, actor=factories.ACTOR)
    with refused("opinions.box-already-opened", kind=Closed):
        take_form(admitted=under_way, answers=choosing(found.poll.sheet, 1, words="意见"), stub=new_stub())


def test_one_alone_does_not_destroy_a_box_with_forms_in_it(university: University) -> None:
    found = ready(university)
    answer(found, found.codes[0][0])
    given = {"poll": found.poll, "why": "工作需要", "today": OPENS}
    for actor, witness in ((factories.ACTOR, ""), (Operator("wen"), ""), (Operator("wen"), "wen")):
        with refused("opinions.two-must-destroy"):
            destroy_box(**given, actor=actor, witness=witness)
    poll = destroy_box(**given, actor=Operator("wen"), witness="shangguan")
    assert (poll.state, poll.ended_why, poll.few) == (Poll.State.DESTROYED, "工作需要", False)


def test_a_form_about_problems_is_planned_by_nobody_else(university: University) -> None:
    with refused("opinions.asking-form-planned-elsewhere"):
        poll_about(university, form=presets()["verdict"], of_problems=False)


def test_a_least_nobody_can_reach_is_refused(university: University) -> None:
    found = poll_about(university, least=1000)
    with refused("opinions.least-hardly-reachable"):
        found.freeze()


def test_fewer_people_than_the_least_are_never_asked_in_vain(university: University) -> None:
    found = poll_about(university, groups=(GroupPlan("群众", inside=False, size=4),))
    with refused("opinions.too-few-people"):
        found.freeze()


def test_a_leader_takes_ten_whatever_first_day_the_plan_gave(university: University) -> None:
    newcomer = university.people["冉小禾"]
    factories.appoint(newcomer, factories.seat(university.letters, "acting"), since=OPENS)
    early = {"opens": OPENS - timedelta(30), "closes": CLOSES}
    found = poll_about(university, about=(SubjectPlan(university.letters, newcomer),), **early)
    assert found.poll.least == 5
    found.freeze()
    assert found.fresh().least == 10


def test_more_questions_than_one_sending_holds_are_refused(university: University) -> None:
    about = tuple(SubjectPlan(university.letters, person) for person in university.people.values()) * 20
    with refused("opinions.too-many-questions", match="最多 900 个"):
        poll_about(university, form=presets()["appraisal_member"], about=about)


@pytest.mark.parametrize("odd", ["A\tB", "群\n众", "群众\u2028"])
def test_signs_nobody_sees_are_refused(university: University, odd: str) -> None:
    with refused("opinions.name-has-unseen-signs"):
        poll_about(university, groups=(GroupPlan(odd, inside=False, size=12),))


@pytest.mark.parametrize(
    "hostile",
    ['[validity]\nquorum = "1e-100000000"', "x = " + "[" * 20000, '[[grade_sets]]\nscores = ["1e20000000"]'],
)
def test_a_hostile_form_file_is_refused_at_once(hostile: str) -> None:
    with pytest.raises(ValueError, match="。"):
        Form.read(f'key = "a"\nkind = "appraisal"\ntitle = "表"\n{hostile}')


def test_two_clerks_of_one_office_do_not_keep_both_keys(university: University) -> None:
    from dianping.accounts.models import Grant
    from tests.opinions.polling import office

    found = poll_about(university)
    found.superior = office("wen2", Grant.Role.CLERK, university.letters)
    with refused("opinions.keys-in-one-office"):
        found.freeze()


def test_whoever_heads_what_is_asked_about_keeps_no_key(university: University) -> None:
    from dianping.accounts.models import Grant
    from dianping.accounts.services import grant_role

    found = poll_about(university)
    head = factories.account(university.people["祁文"], username="qi")
    grant_role(
        user=head,
        role=Grant.Role.CLERK,
        organisation=university.letters,
        since=date(2010, 1, 1),
        actor=factories.ACTOR,
    )
    found.unit = head
    with refused("opinions.custodian-not-eligible"):
        found.freeze()


def test_a_first_typing_is_not_read_with_every_key_of_the_site(university: University) -> None:
    """A grade is one of a few: whoever held database and key folder could try them all, were the code not part of it."""
    found = poll_about(university, form=FORM)
    found.freeze()
    found.take_keys()
    found.issue(on_paper=True)
    code = found.codes[0][0]
    type_paper(
        poll=found.poll, code=code, answers=choosing(FORM, 1, grade=2), today=OPENS, actor=factories.ACTOR
    )
    entry = PaperEntry.objects.get()

    def tried(code: str) -> list[str]:
        """The grades found by trying each under a key."""
        return [
            place
            for place, digest in entry.digests.items()
            for grade in range(16)
            if answer_digest(found.poll.pk, code, place, f"{grade}\0") == digest
        ]

    assert tried(read_code(code) or "") != [], "the attack itself works with the paper in hand"
    assert [tried(known) for known in ("", entry.slip_id, Slip.objects.get(pk=entry.slip_id).stub)] == [
        [],
        [],
        [],
    ]


def test_a_slip_made_void_takes_its_first_typing_along(university: University) -> None:
    found = poll_about(university, form=FORM)
    found.freeze()
    found.take_keys()
    found.issue(on_paper=True)
    type_paper(
        poll=found.poll, code=found.codes[0][0], answers=choosing(FORM, 1), today=OPENS, actor=factories.ACTOR
    )
    void_batch(poll=found.poll, batch=found.poll.batches.get(), actor=factories.ACTOR)
    assert not PaperEntry.objects.exists()
    assert paper_counts(found.poll).out == 0


def test_few_outsiders_by_name_are_not_hidden_behind_others_by_number(university: University) -> None:
    """The side of a saying is told only where those somebody could name are enough by themselves, or none."""
    inside = GroupPlan("教师", names=tuple(f"教师{n}" for n in range(12)))
    few = GroupPlan("工友", inside=False, names=("甲", "乙"))
    groups = (inside, few, GroupPlan("群众", inside=False, size=20))
    found = ready(university, groups=groups, labels=["教师", "工友"])
    for codes in found.codes.values():
        for code in codes:
            answer(found, code)
    opened = found.open()
    assert {one.side for one in Saying.objects.filter(poll=opened)} == {""}


def test_a_point_is_not_reworded_into_a_saying(university: University) -> None:
    found = ready(university)
    for at, code in enumerate(found.codes[0]):
        answer(found, code, choosing(found.poll.sheet, 1, words=f"第{at}号窗口排队太久"))
    opened = found.open()
    one, other = Saying.objects.filter(poll=opened)[:2]
    point = merge_sayings(
        poll=opened,
        sayings=[one.pk],
        text="窗口少",
        subject=one.subject,
        question=one.question,
        actor=factories.ACTOR,
    )
    for words in (one.text, f"{other.text}。"):
        with refused("opinions.copies-a-saying"):
            reword_point(point=point, text=words, version=point.version, actor=factories.ACTOR)


def test_slips_of_a_few_are_not_made_void_once_forms_come(university: University) -> None:
    """How many were unused tells how many of three came."""
    sizes = {"工友": 3, "群众": 12, "学生": 15}
    found = ready(
        university, groups=tuple(GroupPlan(kind, inside=False, size=n) for kind, n in sizes.items())
    )

    def void(kind: str) -> None:
        batch = found.poll.batches.filter(group__label=kind).latest("number")
        void_batch(poll=found.fresh(), batch=batch, actor=factories.ACTOR)

    void("工友")  # nothing came yet: a printing that went wrong
    issue_slips(
        poll=found.fresh(), group=found.groups[0], count=3, on_paper=False, today=OPENS, actor=factories.ACTOR
    )
    answer(found, found.codes[2][0])
    for kind in ("工友", "群众"):  # of both together it is told
        with refused("opinions.voiding-would-tell"):
            void(kind)
    void("学生")
