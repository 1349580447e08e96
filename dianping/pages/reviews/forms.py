"""What is typed into a review, an answer and a correction."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from django import forms

from dianping.acts.filing import CAME, TOLD
from dianping.pages.frame.forms import WordsField, date_input
from dianping.reviews.models import Mode, Occasion
from dianping.reviews.rules.parts import CORRECTED, GROUNDS, LABELS, TEXTS, ReviewPart
from dianping.reviews.services import FollowUpInput, GroundInput, ProblemInput

F = TypeVar("F", bound=forms.Form)
MOST_PROBLEMS = 30
MOST_GROUNDS = 30
_GROUND = re.compile(r"ground-(poll|occasion)-(\d{1,11})")  # the kind and the key of one thing on file


def with_parts(parts: Iterable[ReviewPart]) -> Callable[[type[F]], type[F]]:
    """Put a box for each of these parts of a review before the fields of a form; nothing is required while it is a draft."""

    def add(form: type[F]) -> type[F]:
        boxes = {part.key: WordsField(label=part.label, rows=part.rows, required=False) for part in parts}
        form.base_fields = boxes | form.base_fields
        return form

    return add


@with_parts(TEXTS)
class ReviewForm(forms.Form):
    """What was said in a review: its parts (reviews.rules.parts), when and how, apart from its problems. Nothing is required while it is a draft."""

    mode = forms.ChoiceField(label="点评方式", choices=Mode.choices, initial=Mode.COLLECTIVE)
    regular = forms.TypedChoiceField(
        label="日常或定期",
        choices=(("1", "定期点评"), ("0", "日常点评")),
        coerce=lambda v: v == "1",
        initial="1",
    )
    happened_on = forms.DateField(label="点评日期", required=False, widget=date_input())
    occasion_kind = forms.ChoiceField(
        label="结合的活动", required=False, choices=[("", "没有结合其他活动"), *Occasion.Kind.choices]
    )
    place = forms.CharField(label="地点", required=False, max_length=80)
    absence = forms.ChoiceField(
        label="登记为未到会",
        required=False,
        choices=[("", "请选"), (CAME, "到会了，名单改过来"), (TOLD, "没有到会，会后当面转达")],
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """A date of a problem that is no date is told, not dropped."""
        cleaned = super().clean() or self.cleaned_data
        for i in range(1, MOST_PROBLEMS + 1):
            text = self.data.get(f"due-{i}", "").strip()
            if text and _day(text) is None:
                self.add_error(
                    None, f"第 {i} 项的期限写的是“{text}”，不是一个日期；请写 2011-03-31 这样的日期。"
                )
        return cleaned

    def problems(self) -> tuple[ProblemInput, ...]:
        """The shortcomings as sent (problem-N, owner-N, due-N, point-N), blank ones left out."""
        named = []
        for i in range(1, MOST_PROBLEMS + 1):
            text = self.data.get(f"problem-{i}", "").strip().replace("\r\n", "\n")
            if text:
                named.append(
                    ProblemInput(
                        text,
                        self.data.get(f"owner-{i}", "").strip()[:60],
                        _day(self.data.get(f"due-{i}", "")),
                        _key(self.data.get(f"point-{i}", "")),
                    )
                )
        return tuple(named)

    def grounds(self) -> tuple[GroundInput, ...]:
        """What on file the review rests on."""
        return grounds_sent(self.data)

    def revisits(self) -> tuple[FollowUpInput, ...]:
        """What is said of earlier problems (found-KEY, words-KEY), those left open to be said left out."""
        keys = [name.removeprefix("found-") for name in self.data if name.startswith("found-")]
        return tuple(
            FollowUpInput(
                int(key), self.data[f"found-{key}"], self.data.get(f"words-{key}", "").strip()[:500]
            )
            for key in keys[:MOST_PROBLEMS]
            if key.isdecimal() and len(key) < 12 and self.data[f"found-{key}"]
        )


def grounds_sent(names: Iterable[str]) -> tuple[GroundInput, ...]:
    """What was ticked as on file (ground-poll-KEY, ground-occasion-KEY), in the order sent."""
    told = (_GROUND.fullmatch(name) for name in names)
    return tuple(GroundInput(name[1], int(name[2])) for name in told if name)[:MOST_GROUNDS]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 12 else None


class AnswerForm(forms.Form):
    """本人意见: reading it is enough, words are welcome."""

    text = WordsField(label="本人意见", rows=3, required=False)


@with_parts(CORRECTED)
class CorrectionForm(forms.Form):
    """更正: what was said may be put otherwise, and rest on something else on file; day, target and problems may not."""

    grounds = forms.MultipleChoiceField(
        label=GROUNDS, required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    ground_absence = WordsField(label=LABELS["ground_absence"], rows=2, required=False)
    grounds_shown = forms.BooleanField(required=False, widget=forms.HiddenInput)
    why = WordsField(
        label="更正的原因", rows=2, error_messages={"required": "请写明为什么更正，原文会一并保留。"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def offer(self, on_file: Iterable[tuple[str, str]]) -> None:
        """Offer what is on file, as (name, what it is called); with nothing to choose the question is left out."""
        choices = [(f"ground-{name}", told) for name, told in on_file]
        if choices:
            self.fields["grounds"].choices = choices  # type: ignore[attr-defined]  # of a field that has them
        else:
            del self.fields["grounds"], self.fields["grounds_shown"]

    def grounds_chosen(self) -> tuple[GroundInput, ...] | None:
        """What the review is to rest on; None where the page did not ask."""
        asked = self.cleaned_data.get("grounds_shown")
        return grounds_sent(self.cleaned_data["grounds"]) if asked else None
