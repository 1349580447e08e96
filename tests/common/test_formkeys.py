"""A double click is one act: same key and same content give one effect and the first answer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from dianping.common import audit
from dianping.common.acts import acting
from dianping.common.formkeys import FormKeyMiddleware, new_form_key
from dianping.common.models import FormKey
from dianping.common.refusal import Refusal
from dianping.common.rights import unasked
from dianping.orgs.models import Person
from tests.factories import ACTOR, account, at_once
from tests.refused import refused

pytestmark = pytest.mark.django_db


def act(request):
    """A view whose act stands, and which leads to where it can be seen."""
    with acting():
        person = Person.objects.create(name=request.POST.get("name", "无名"))
        unasked(ACTOR, because="a test tells")
        audit.record(actor=ACTOR, act="登记", about=f"person:{person.pk}")
    return HttpResponseRedirect(f"/done/{person.pk}")


def post(user, view=act, path="/write", **fields):
    request = RequestFactory().post(path, fields)
    request.user = user
    return sent(request, view)


def sent(request, view):
    """Through the middleware, with its word on what the view raises, as Django asks it."""

    def answered(asked):
        try:
            return view(asked)
        except Exception as fault:
            answer = middleware.process_exception(asked, fault)
            if answer is None:
                raise
            return answer

    middleware = FormKeyMiddleware(answered)
    return middleware(request)


@pytest.fixture
def clerk():
    return account(username="clerk", name="干事")


def test_sent_twice_it_is_done_once_and_answered_with_the_first_place(clerk):
    key = new_form_key()
    first = post(clerk, form_key=key, name="甲")
    second = post(clerk, form_key=key, name="甲")
    assert Person.objects.count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


def test_the_csrf_token_may_differ(clerk):
    first = post(clerk, form_key="k1", csrfmiddlewaretoken="one", name="甲")
    second = post(clerk, form_key="k1", csrfmiddlewaretoken="two", name="甲")
    assert first.url == second.url
    assert Person.objects.count() == 1


def test_other_content_under_the_same_key_is_refused(clerk):
    first = post(clerk, form_key="k1", name="甲")
    second = post(clerk, form_key="k1", name="乙")
    assert second.status_code == 409
    text = second.content.decode()
    assert "第二次的内容没有写入" in text
    assert first.url in text
    assert list(Person.objects.values_list("name", flat=True)) == ["甲"]


@pytest.mark.parametrize(
    "changed",
    [{"extra": ""}, {"name": ["甲", "甲"]}, {"name": "甲 "}],
    ids=["one more field", "twice", "one space"],
)
def test_the_slightest_difference_is_other_content(clerk, changed):
    post(clerk, form_key="k1", name="甲")
    assert post(clerk, **({"form_key": "k1", "name": "甲"} | changed)).status_code == 409


def test_the_same_content_for_another_address_is_other_content(clerk):
    post(clerk, path="/write/1", form_key="k1", name="甲")
    assert post(clerk, path="/write/2", form_key="k1", name="甲").status_code == 409


def sent_file(clerk, content, name="名册.xlsx"):
    return post(clerk, form_key="k1", file=SimpleUploadedFile(name, content))


def test_the_same_file_is_the_same_content(clerk):
    assert sent_file(clerk, b"roster one").url == sent_file(clerk, b"roster one").url


@pytest.mark.parametrize(
    "content", [b"roster two", b"roster three"], ids=["of the same size", "of another size"]
)
def test_another_file_under_the_same_name_is_other_content(clerk, content):
    sent_file(clerk, b"roster one")
    assert sent_file(clerk, content).status_code == 409


def test_the_view_still_reads_a_file_whose_content_was_looked_at(clerk):
    read = []
    request = RequestFactory().post(
        "/write", {"form_key": "k1", "file": SimpleUploadedFile("a.csv", b"one,two")}
    )
    request.user = clerk
    sent(request, lambda r: read.append(r.FILES["file"].read()) or act(r))
    assert read == [b"one,two"]


def test_a_refused_form_leaves_its_key_usable(clerk):
    def refuse(request):
        return HttpResponse("请改正", status=422)

    assert post(clerk, refuse, form_key="k1", name="甲").status_code == 422
    assert FormKey.objects.count() == 0
    assert post(clerk, form_key="k1", name="甲").status_code == 302


def test_an_act_that_breaks_leaves_nothing_and_its_key_usable(clerk):
    def broken(request):
        with acting():
            act(request)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        post(clerk, broken, form_key="k1", name="甲")
    assert Person.objects.count() == 0
    assert post(clerk, form_key="k1", name="甲").status_code == 302
    assert Person.objects.count() == 1


@pytest.mark.parametrize("status", [404, 409, 422, 500])
def test_an_act_that_stands_is_done_once_whatever_its_page_says(clerk, status):
    """Whoever sends a form with a key of his own making takes nothing back by it: what counted against him counts."""

    def failing_later(request):
        act(request)
        return HttpResponse(status=status)

    post(clerk, failing_later, form_key="k1", name="甲")
    assert post(clerk, failing_later, form_key="k1", name="甲").status_code == 302
    assert Person.objects.count() == 1


def test_of_two_acts_behind_one_form_the_first_that_stands_uses_the_key(clerk):
    def refused_then_done(request):
        with refused("notices.text-empty"), acting():
            raise Refusal("不行。", code="notices.text-empty")
        act(request)
        return act(request)

    assert post(clerk, refused_then_done, form_key="k1", name="甲").status_code == 302
    assert post(clerk, refused_then_done, form_key="k1", name="甲").status_code == 302
    assert Person.objects.count() == 2
    assert FormKey.objects.count() == 1


def test_a_draft_saved_in_place_stays_and_its_key_stays_usable(clerk):
    """Saving a draft sends the whole form, its key included, and is answered without leaving the page."""

    def save(request):
        act(request)
        return HttpResponse(headers={"X-Version": "2"})

    post(clerk, save, form_key="k1", name="草稿")
    assert Person.objects.count() == 1
    assert post(clerk, form_key="k1", name="甲").status_code == 302


def test_two_people_may_hold_the_same_key(clerk):
    other = account(username="other", name="另一位")
    assert post(clerk, form_key="k1", name="甲").url != post(other, form_key="k1", name="甲").url
    assert Person.objects.count() == 2


def test_a_form_without_a_key_is_not_kept_from_being_sent_twice(clerk):
    post(clerk, name="甲")
    post(clerk, name="甲")
    assert Person.objects.count() == 2
    assert FormKey.objects.count() == 0


def test_a_visitor_and_a_look_leave_no_key():
    post(AnonymousUser(), lambda request: HttpResponse(), form_key="k1")
    request = RequestFactory().get("/write", {"form_key": "k1"})
    request.user = AnonymousUser()
    FormKeyMiddleware(lambda r: HttpResponse())(request)
    assert FormKey.objects.count() == 0


def test_an_overlong_key_is_still_one_key(clerk):
    key = "k" * 200
    assert post(clerk, form_key=key, name="甲").url == post(clerk, form_key=key, name="甲").url
    assert Person.objects.count() == 1


def test_two_overlong_keys_with_one_beginning_are_not_taken_for_one(clerk):
    answers = [post(clerk, form_key="k" * 64 + end, name="甲") for end in "12"]
    done = {answer.url for answer in answers if answer.status_code == 302}
    assert Person.objects.count() == len(done)
    assert {answer.status_code for answer in answers} <= {302, 400, 409}


def test_keys_are_long_and_never_twice_the_same():
    keys = {new_form_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert {len(key) for key in keys} == {24}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_eight_clicks_at_once_are_one_act(clerk):
    answers = at_once([lambda: post(clerk, form_key="k1", name="甲")] * 8)
    assert [answer.status_code for answer in answers] == [302] * 8
    assert len({answer.url for answer in answers}) == 1
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_of_eight_different_contents_at_once_one_is_done_and_seven_are_refused(clerk):
    answers = at_once([lambda n=n: post(clerk, form_key="k1", name=f"第{n}") for n in range(8)])
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 7
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_eight_different_forms_at_once_are_eight_acts(clerk):
    answers = at_once([lambda n=n: post(clerk, form_key=f"k{n}", name="甲") for n in range(8)])
    assert [answer.status_code for answer in answers] == [302] * 8
    assert Person.objects.count() == 8
