"""Reading papers: by number in any spelling, by place, with their chain and who has not signed."""

from django.db.models import Count, Q, QuerySet

from dianping.common import trees
from dianping.notices.models import Attachment, Citation, Line, Paper, Receipt
from dianping.rules.notice.places import number_of

RELATED = ("organisation", "within")


def papers_visible(paths: list[str]) -> QuerySet[Paper]:
    """Papers in the registers of the viewer's subtrees, and those sent to an organisation in one of them."""
    seen = Q(pk__in=[])
    for path in paths:
        below = {"path__gte": path, "path__lt": trees.after(path)}
        seen |= Q(**below) | Q(pk__in=Receipt.objects.filter(**below).values("paper"))
    return Paper.objects.filter(seen).select_related(*RELATED)


def papers_listed(paths: list[str], *, asked: str = "", direction: str = "") -> QuerySet[Paper]:
    """The register, newest first, each with how many it went to and how many signed."""
    found = papers_visible(paths).filter(within=None)
    if direction:
        found = found.filter(direction=direction)
    if asked:
        found = found.filter(_matching(asked))
    return found.annotate(
        sent=Count("receipts", distinct=True),
        signed=Count("receipts", distinct=True, filter=Q(receipts__signed_at__isnull=False)),
    ).order_by("-entered_on", "-pk")


def _matching(asked: str) -> Q:
    """By number in any spelling, its aliases and its enclosed papers' numbers; else by words of the title."""
    number = number_of(asked)
    if not number:
        return Q(title__contains=asked) | Q(issuer__contains=asked) | Q(enclosed__title__contains=asked)
    own = Q(number=number) | Q(pk__in=_called(number))
    enclosed = Paper.objects.filter(own).exclude(within=None).values("within")
    return own | Q(pk__in=enclosed)


def papers_of_numbers(numbers: set[str], *, paths: list[str]) -> QuerySet[Paper]:
    """The papers that bear one of some numbers, as a viewer may see them."""
    return papers_visible(paths).filter(number__in=numbers)


def _called(number: str) -> list[int]:
    return list(Citation.objects.filter(number=number, is_alias=True).values_list("paper", flat=True))


def papers_numbered(number: str, *, paths: list[str]) -> QuerySet[Paper]:
    """Papers that bear a number, in its one spelling, or are called so by a paper that forwards them."""
    return papers_visible(paths).filter(Q(number=number) | Q(pk__in=_called(number))).order_by("pk")


def citations_of(paper: Paper) -> list[Citation]:
    """What a paper cites, in order."""
    return list(paper.citations.filter(is_alias=False).order_by("pk"))


def citing(paper: Paper, *, paths: list[str]) -> QuerySet[Paper]:
    """The papers that cite this one."""
    if not paper.number:
        return Paper.objects.none()
    names = [paper.number, *paper.citations.filter(is_alias=True).values_list("number", flat=True)]
    cited = Citation.objects.filter(number__in=names, is_alias=False).exclude(paper=paper)
    return papers_visible(paths).filter(pk__in=cited.values("paper")).order_by("pk")


def receipts_of(paper: Paper) -> QuerySet[Receipt]:
    """Whom a paper went to, the unsigned first."""
    return paper.receipts.select_related("organisation").order_by("signed_at", "organisation__path")


def receipts_waiting(paths: list[str]) -> QuerySet[Receipt]:
    """Papers these organisations have still to sign for."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    return Receipt.objects.filter(seen, signed_at=None).select_related("paper", "organisation").order_by("pk")


def attachment_for(pk: int, *, paths: list[str]) -> QuerySet[Attachment]:
    """One attachment of a paper the viewer may see."""
    return Attachment.objects.filter(pk=pk, paper__in=papers_visible(paths)).select_related("paper")


def lines_of(paper: Paper) -> QuerySet[Line]:
    """What was read from a paper, line by line, doubts first."""
    return paper.lines.order_by("pk")


def line_for(pk: int, *, paper: Paper) -> QuerySet[Line]:
    """One line of a paper or of what it encloses."""
    return Line.objects.filter(Q(paper=paper) | Q(paper__within=paper), pk=pk).select_related("paper")


def accepted_of(paper: Paper) -> list[Line]:
    """The lines that stand after a person looked at them."""
    return list(paper.lines.filter(state__in=[Line.State.ACCEPTED, Line.State.CORRECTED]).order_by("pk"))
