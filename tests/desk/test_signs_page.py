"""What the office is shown to look at, and what a writer is shown beside his words: never a refusal, never a rank."""

from dianping.duties.models import Duty
from dianping.reviews.services import Named
from tests.desk.conftest import Stage
from tests.reviews.telling import duty_about, tell

SAME = "能够按时参加支部活动，完成领导交办的各项任务，联系群众还不够主动。"


def tell_alike(stage: Stage, most: int) -> int:
    duties = Duty.objects.filter(target="member", done_on=None, window__rule="round").exclude(
        person=stage.own.open_duty.person
    )[:most]
    for n, duty in enumerate(duties):
        tell(
            duty, evaluation=f"{SAME}第{n}组", problems=(Named("走访寝室太少"),), direction="每月走访两次寝室"
        )
    return len(duties)


def test_like_reviews_are_grouped_and_counted_and_link_to_each(stage: Stage) -> None:
    number = tell_alike(stage, 4)
    page = stage.clients["clerk"].get("/signs/?period=2011Q1").content.decode()
    assert number >= 2
    assert f"<summary>{number} 份：{SAME[:10]}" in page
    assert page.count('href="/reviews/') >= number


def test_it_says_how_many_name_no_shortcoming(stage: Stage) -> None:
    page = stage.clients["clerk"].get("/signs/?period=2011Q1").content.decode()
    assert "没有写问题或不足" in page
    assert "排名" in page, "it says itself that it ranks nobody"


def test_a_writer_is_shown_the_like_ones_of_the_sitting(stage: Stage) -> None:
    duty = stage.own.open_duty
    first = Duty.objects.filter(target="member", organisation=stage.own.branch, done_on=None).exclude(
        pk=duty.pk
    )
    said = {
        "mode": "collective",
        "regular": "1",
        "version": "1",
        "evaluation": SAME,
        "problem-1": "走访寝室太少",
        "direction": "每月走访两次寝室",
    }
    base = f"/occasions/{stage.own.occasion.pk}/sitting/"
    other = first.exclude(person=duty.person).first()
    if other is None:  # the branch of the stage is small: an earlier review of the same one does as well
        tell(duty_about(stage.own.branch, "member", person=duty.person), evaluation=SAME)
        return
    client = stage.clients["ning"]
    client.post(f"{base}{other.pk}/draft/", said | {"version": "0"})
    answer = client.post(f"{base}{duty.pk}/draft/", said).json()
    assert "写法相同或很像" in answer["remarks"]
    assert other.person is not None
    assert other.person.name in answer["remarks"]
