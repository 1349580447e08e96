"""Reading notices: by number in any spelling, by place, with their chain and who has not signed."""

from django.db.models import Count, F, Q, QuerySet

from dianping.common import trees
from dianping.notices.models import Attachment, Citation, Line, Notice, Receipt
from dianping.notices.rules.furniture import places_of_furniture
from dianping.notices.rules.places import number_of
from dianping.notices.rules.reach import narrowest

RELATED = ("organisation", "within")


def notices_visible(paths: list[str]) -> QuerySet[Notice]:
    """Notices in the registers of the viewer's subtrees, and those sent to an organisation in one of them."""
    seen = Q(pk__in=[])
    for path in paths:
        below = {"path__gte": path, "path__lt": trees.after(path)}
        sent = Receipt.objects.filter(**below).values("notice")
        seen |= Q(**below) | Q(pk__in=sent) | Q(within__in=sent)  # what is sent brings along what it encloses
    return Notice.objects.filter(seen).select_related(*RELATED)


def notices_listed(paths: list[str], *, asked: str = "", direction: str = "") -> QuerySet[Notice]:
    """The register, newest first, each with how many it went to and how many signed."""
    notices = notices_visible(paths).filter(within=None)
    if direction:
        notices = notices.filter(direction=direction)
    if asked:
        notices = notices.filter(_matching(asked))
    return notices.annotate(
        sent=Count("receipts", distinct=True),
        signed=Count("receipts", distinct=True, filter=Q(receipts__signed_at__isnull=False)),
    ).order_by("-entered_on", "-pk")


def notices_signed(listed: QuerySet[Notice], state: str) -> QuerySet[Notice]:
    """Of a register, those sent on and not signed for by all (waiting), by all (signed), or not sent on; else all of them."""
    tests = {
        "waiting": Q(signed__lt=F("sent")),
        "signed": Q(sent__gt=0, signed=F("sent")),
        "unsent": Q(sent=0),
    }
    return listed.filter(tests.get(state, Q()))


def _matching(asked: str) -> Q:
    """By number in any spelling, its aliases and its enclosed notices' numbers; else by words of the title."""
    number = number_of(asked)
    if not number:
        return Q(title__contains=asked) | Q(issuer__contains=asked) | Q(enclosed__title__contains=asked)
    own = Q(number=number) | Q(pk__in=_called(number))
    enclosed = Notice.objects.filter(own).exclude(within=None).values("within")
    return own | Q(pk__in=enclosed)


def notices_of_numbers(numbers: set[str], *, paths: list[str]) -> QuerySet[Notice]:
    """The notices that bear one of some numbers, as a viewer may see them."""
    return notices_visible(paths).filter(number__in=numbers)


def _called(number: str) -> list[int]:
    return list(Citation.objects.filter(number=number, is_alias=True).values_list("notice", flat=True))


def notices_called(numbers: set[str], *, paths: list[str]) -> dict[str, Notice]:
    """The notice behind each of some numbers, its own or one it is called by; numbers nobody entered are left out."""
    aliases = Citation.objects.filter(number__in=numbers, is_alias=True).values_list("number", "notice")
    by_alias = {notice: number for number, notice in aliases}
    notices = notices_visible(paths).filter(Q(number__in=numbers) | Q(pk__in=list(by_alias))).order_by("-pk")
    called = {}
    for notice in notices:
        called[notice.number if notice.number in numbers else by_alias[notice.pk]] = notice
    return called


def citations_of(notice: Notice) -> list[Citation]:
    """What a notice cites, in order."""
    return list(notice.citations.filter(is_alias=False).order_by("pk"))


def citing(notice: Notice, *, paths: list[str]) -> QuerySet[Notice]:
    """The notices that cite this one."""
    if not notice.number:
        return Notice.objects.none()
    names = [notice.number, *notice.citations.filter(is_alias=True).values_list("number", flat=True)]
    cited = Citation.objects.filter(number__in=names, is_alias=False).exclude(notice=notice)
    return notices_visible(paths).filter(pk__in=cited.values("notice")).order_by("pk")


def receipts_of(notice: Notice) -> QuerySet[Receipt]:
    """Whom a notice went to, the unsigned first."""
    return notice.receipts.select_related("organisation").order_by("signed_at", "organisation__path")


def receipts_waiting(paths: list[str]) -> QuerySet[Receipt]:
    """Notices these organisations have still to sign for."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    return (
        Receipt.objects.filter(seen, signed_at=None).select_related("notice", "organisation").order_by("pk")
    )


def attachment_for(pk: int, *, paths: list[str]) -> QuerySet[Attachment]:
    """One attachment of a notice the viewer may see."""
    return Attachment.objects.filter(pk=pk, notice__in=notices_visible(paths)).select_related("notice")


def lines_of(notice: Notice) -> QuerySet[Line]:
    """What was read from a notice, line by line, doubts first."""
    return notice.lines.order_by("pk")


def line_for(pk: int, *, notice: Notice) -> QuerySet[Line]:
    """One line of a notice or of what it encloses."""
    return Line.objects.filter(Q(notice=notice) | Q(notice__within=notice), pk=pk).select_related("notice")


def reach_of(notice: Notice) -> str:
    """How far down a notice may go, in the words of the notice or of one it encloses that reaches least far."""
    return narrowest(notice.reach, *notice.enclosed.values_list("reach", flat=True))


def accepted_of(notice: Notice) -> list[Line]:
    """The lines that stand after a person looked at them."""
    return list(notice.lines.filter(state__in=[Line.State.ACCEPTED, Line.State.CORRECTED]).order_by("pk"))


def furniture_of(notice: Notice) -> list[tuple[int, int]]:
    """Where what is not of a notice stands in its text: a page's path and counters, page numbers, a mail's head."""
    return places_of_furniture(notice.text)
