"""Where one paper ends and the next begins in a text that holds several, and the one spelling of a typed number."""

from dianping.notices.rules.model import Reading
from dianping.notices.rules.numbers import numbers_in
from dianping.notices.rules.text import PlainText


def number_of(text: str) -> str:
    """The paper number in a few words, in its one spelling (豫创组办发〔2010〕26号); "" when there is none."""
    number = next(numbers_in(PlainText(text[:200]).text), None)
    return number[2] if number else ""


def extents(reading: Reading, text: str) -> list[tuple[int, int]]:
    """The stretch of the text each paper takes up: the cover first, then what it encloses. Nothing is left out."""
    papers = [reading, *reading.enclosed]
    ends = [_end_of(paper) for paper in papers[:-1]]
    cuts = [0, *ends, len(text)]
    return [(cuts[i], max(cuts[i], cuts[i + 1])) for i in range(len(papers))]


def _end_of(paper: Reading) -> int:
    places = [paper.signed, paper.printed_date.quote if paper.printed_date else None]
    places += [clause.quote for clause in paper.clauses]
    return max((quote.end for quote in places if quote is not None), default=0)
