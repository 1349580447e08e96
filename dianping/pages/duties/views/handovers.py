"""交接: what was handed over, and handing the open reviews of one seat to another, with the reason."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.duties.rights import may_keep
from dianping.duties.selectors import done_since, handovers_seen, seats_owing
from dianping.duties.services import hand_over
from dianping.orgs.selectors.posts import holder_on, holders_on, seats_around
from dianping.pages.frame.forms import WordsField
from dianping.pages.frame.scope import current_organisation

if TYPE_CHECKING:
    from dianping.orgs.models import Post


class HandOverForm(forms.Form):
    """From whom, to whom, why."""

    from_post = forms.ChoiceField(label="谁不能点评")
    to_post = forms.ChoiceField(label="交给谁")
    why = WordsField(label="原因", rows=3, error_messages={"required": "没有写交接的原因。"})


def handovers(request: ViewerRequest) -> HttpResponse:
    """What was handed over here and below, newest first, with how much of it is done by now."""
    viewer, organisation = request.viewer, current_organisation(request)
    seen = handovers_seen(organisation.path, paths=viewer.read_paths, posts=viewer.post_ids)
    asked = {key: request.GET.get(key, "") for key in ("organisation", "after")}
    page = page_of(seen, keys=("-on", "-pk"), asked=asked)
    done = done_since(row.pk for row in page.rows)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [(row, done.get(row.pk, 0)) for row in page.rows],
        "may_hand_over": may_keep(viewer.actor, organisation),
    }
    return render(request, "pages/duties/handovers.html", context)


def hand_over_page(request: ViewerRequest) -> HttpResponse:
    """Hand over what is open; only the office that keeps both seats."""
    viewer, organisation = request.viewer, current_organisation(request)
    if not may_keep(viewer.actor, organisation):
        raise Http404
    owing = [
        pair
        for pair in seats_owing(organisation.path, day=viewer.day)
        if may_keep(viewer.actor, pair[0].organisation)
    ]
    around = [post for post in seats_around(organisation) if may_keep(viewer.actor, post.organisation)]
    form = HandOverForm(request.POST or None)
    names = holders_on({post.pk for post in [*(p for p, _ in owing), *around]}, day=viewer.day)

    def said(post: "Post") -> str:
        return f"{post.organisation.short_name}{post.title} {names.get(post.pk, '（空缺）')}"

    form.fields["from_post"].choices = [(str(p.pk), f"{said(p)}，{n} 项未办") for p, n in owing]  # type: ignore[attr-defined]
    form.fields["to_post"].choices = [(str(p.pk), said(p)) for p in around]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        by_pk = {str(p.pk): p for p in [*(p for p, _ in owing), *around]}
        to_post = by_pk[form.cleaned_data["to_post"]]
        try:
            done = hand_over(
                from_post=by_pk[form.cleaned_data["from_post"]],
                to_post=to_post,
                holder=holder_on(to_post, day=viewer.day),
                why=form.cleaned_data["why"],
                on=viewer.day,
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, f"已交接 {done.duties} 项，双方的应办随之改变。")
            return redirect("duties:handovers")
    context = {"organisation": organisation, "form": form, "form_key": new_form_key(), "owing": owing}
    return render(request, "pages/duties/hand_over.html", context, status=422 if form.errors else 200)
