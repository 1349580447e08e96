"""What happened to one problem, in order: steps, more time asked for and answered, and what the masses said."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from dianping.rectification.models import Evidence, Extension, Item, Progress, Verdict
from dianping.rectification.rules.steps import FEWEST_ANSWERS, STEPS

TOO_FEW = f"不足 {FEWEST_ANSWERS} 份，不显示"


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One thing that happened on a day: what it is called, what was written, what shows it, who wrote it."""

    on: date
    name: str
    text: str
    hint: str
    proof: str = ""
    files: tuple[Evidence, ...] = ()


def story_of(item: Item) -> list[StoryEvent]:
    """Everything on file about an item (fetched `with_history`), the oldest first."""
    events = [_step(progress) for progress in item.progress.all()]
    for extension in item.extensions.all():
        events.extend(_extension(extension))
    events.extend(_verdict(verdict) for verdict in item.verdicts.all())
    return sorted(events, key=lambda event: event.on)


def _step(progress: Progress) -> StoryEvent:
    at = timezone.localtime(progress.at)
    return StoryEvent(
        progress.on,
        STEPS[progress.step].name,
        progress.text,
        f"{progress.by}，{at:%Y-%m-%d %H:%M} 登记",
        progress.evidence,
        tuple(progress.files.all()),
    )


def _extension(extension: Extension) -> list[StoryEvent]:
    asked = StoryEvent(
        extension.asked_on,
        "申请延期",
        f"原 {extension.was_due}，申请延至 {extension.until}：{extension.reason}",
        f"{extension.asked_by} 申请",
    )
    if extension.granted is None or extension.decided_on is None:
        return [asked]
    name = "批准延期" if extension.granted else "不同意延期"
    until = f"延至 {extension.granted_until}。" if extension.granted else ""
    answer = StoryEvent(extension.decided_on, name, until + extension.words, f"{extension.decided_by} 答复")
    return [asked, answer]


def _verdict(verdict: Verdict) -> StoryEvent:
    return StoryEvent(
        verdict.closed_on, "群众回音", counts_of(verdict), f"{verdict.asked_on} 起询问，只有份数"
    )


def counts_of(verdict: Verdict) -> str:
    """The counts of one asking as they may be shown: from a few answers on (decision 0010)."""
    if verdict.yes + verdict.no < FEWEST_ANSWERS:
        return TOO_FEW
    return f"办好了 {verdict.yes} 份，没有办好 {verdict.no} 份"


def moved_due(item: Item) -> Extension | None:
    """The extension by which the present due date stands."""
    granted = [e for e in item.extensions.all() if e.granted and e.granted_until == item.due]
    return granted[-1] if granted else None
