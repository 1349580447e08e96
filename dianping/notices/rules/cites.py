"""Other notices a notice refers to, and forms it names: what stands in 《》, and numbers in running text."""

import re
from collections.abc import Iterator

from dianping.notices.rules.model import Cite, Demand
from dianping.notices.rules.numbers import numbers_in
from dianping.notices.rules.text import PlainText, Sentence
from dianping.notices.rules.words import FORMS, PAPERS

# A title in its marks, with titles in it: 《转发〈…〉的通知》, 《关于印发《工作规则》的通知》.
_TITLED = re.compile(r"《((?:[^《》]|《[^《》]{0,100}》){1,150})》")
# What may stand between a title and its number: “（文号：”, “，”, nothing.
_BETWEEN = re.compile(r"[，]?[（]?(?:[\u4e00-\u9fff]{0,3}：)?[，]?")
# The end of a paper's title: 意见, 办法（试行）.
_PAPER_END = re.compile(rf"(?:{'|'.join(PAPERS)})(?:（[^）]*）)?$")
# The end of a form's title: 登记表, 台账（样式）.
_FORM_END = re.compile(rf"(?:{'|'.join(FORMS)})(?:（[^）]*）)?$")
_LEAST_TITLE = 6  # 《通知》 and 《意见》 only point back


def cites_in(plain: PlainText, sentence: Sentence) -> Iterator[Cite]:
    """Papers cited: a title with the number after it, a title alone, a number alone."""
    text = sentence.text
    numbers = {number[0]: number for number in numbers_in(text)}
    for titled in _TITLED.finditer(text):
        if not _PAPER_END.search(titled[1]):
            continue
        between = _BETWEEN.match(text, titled.end())
        number = numbers.pop(between.end(), None) if between else None
        if number is None and len(titled[1]) < _LEAST_TITLE:
            continue
        end = number[1] if number else titled.end()
        end += number is not None and text[end : end + 1] == "）" and "（" in text[titled.end() : number[0]]
        quote = plain.quote(sentence.start + titled.start(), sentence.start + end, sentence.clause)
        yield Cite(quote, number[2] if number else "", titled[1], number[3] if number else "")
    for start, end, normal, odd in numbers.values():
        yield Cite(
            plain.quote(sentence.start + start, sentence.start + end, sentence.clause), normal, "", odd
        )


def forms_in(plain: PlainText, sentence: Sentence) -> Iterator[Demand]:
    """Official forms named in 《》."""
    for titled in _TITLED.finditer(sentence.text):
        if _FORM_END.search(titled[1]) and not _PAPER_END.search(titled[1]):
            quote = plain.quote(
                sentence.start + titled.start(), sentence.start + titled.end(), sentence.clause
            )
            yield Demand(quote, "form", titled[1])
