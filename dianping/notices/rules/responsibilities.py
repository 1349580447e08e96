"""Who reviews whom, sentence by sentence. Basis: 豫创组办发〔2010〕26号 一; the five ways to say it are in `reviewing`."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from dianping.notices.rules.model import Clause, ResponsibilityRead
from dianping.notices.rules.reviewing import REVIEW, pairs_around
from dianping.notices.rules.reviewing_in_short import pairs_in_short
from dianping.notices.rules.subjects import is_named
from dianping.notices.rules.text import PlainText, Sentence, without_titles

_MOST = 12  # verbs looked at in one sentence


def responsibilities_in(
    plain: PlainText, sentence: Sentence, spoken: str = "", ordered: str = ""
) -> Iterator[ResponsibilityRead]:
    """Every pair of reviewer and reviewed of a sentence, and reviewers named alone; `spoken` spoke in the one before,
    `ordered` are those the notice is addressed to."""
    text = without_titles(sentence.text)
    last = 0
    for act in islice(REVIEW.finditer(text), _MOST):
        if act.start() < last:
            continue
        pairs, end = pairs_around(text, last, act, spoken, ordered)
        if not pairs:
            continue
        end = max(end, act.end())
        for reviewer, about in _respectively(pairs, text[last:end]):
            places = [text.find(words, last, end) for words in (reviewer, about) if words]
            begin = min((place for place in places if place >= 0), default=last)
            quote = plain.quote(sentence.start + begin, sentence.start + end, sentence.clause)
            yield ResponsibilityRead(quote, reviewer, about)
        last = end
    for (reviewer, about), begin, stop in pairs_in_short(sentence.text) if "评" in sentence.text else ():
        yield ResponsibilityRead(
            plain.quote(sentence.start + begin, sentence.start + stop, sentence.clause), reviewer, about
        )


def _respectively(pairs: list[tuple[str, str]], text: str) -> Iterator[tuple[str, str]]:
    """支部书记、党员分别由总支书记、支部书记点评: the first by the first, the second by the second."""
    for reviewer, about in pairs:
        whose, whom = reviewer.split("、"), about.split("、")
        if "分别" in text and len(whose) == len(whom) > 1 and all(map(is_named, (*whose, *whom))):
            yield from zip(whose, whom, strict=True)
        else:
            yield reviewer, about


# Two fields that belong together: 点评人：校党委常委；点评对象：二级党组织书记.
_FIELD = re.compile(
    r"点评(?:人员?|主体|领导)(?:：|为|是|由|。)(?P<who>[^，。；：\n]{2,40}?)(?:组成|担任)?[，。；\n]+(?:（?[一二三四五\d]）?[、.]?)?"
    r"(?:被点评(?:对象|人)|点评对象|接受点评(?:对象|人员?)?)(?:：|为|是|。)(?P<about>[^，。；：\n]{2,60})"
)
# The same as two headings, each with its line: 一、点评主体, 市委常委。二、点评对象, 联系县委书记。
_HEADED = re.compile(
    r"点评(?:人员?|主体|领导)\n(?P<who>[^。；：\n]{2,80})[。；\n]+(?:（?[一二三四五\d]）?[、.]?)?"
    r"(?:被点评(?:对象|人)|点评对象|点评范围)\n(?P<about>[^。；：\n]{2,80})"
)
# The same the other way round: 点评对象是各支部书记，点评人由党委书记担任.
_TURNED = re.compile(
    r"(?:被点评(?:对象|人)|点评对象|接受点评(?:对象|人员?)?)(?:：|为|是|。)(?P<about>[^，。；：\n]{2,60})[，。；\n]+(?:（?[一二三四五\d]）?[、.]?)?"
    r"点评(?:人员?|主体|领导)(?:：|为|是|由|。)(?P<who>[^，。；：\n]{2,40}?)(?:担任)?(?=[，。；\n]|$)"
)


def responsibilities_by_fields(plain: PlainText, clauses: Sequence[Clause]) -> Iterator[ResponsibilityRead]:
    """Reviewers and reviewed told in two fields, in one clause or in two that follow each other."""
    if not clauses:
        return
    places = [plain.place(clause.quote) for clause in clauses]
    first, last = places[0][0], places[-1][1]
    for match in (
        *_FIELD.finditer(plain.text, first, last),
        *_HEADED.finditer(plain.text, first, last),
        *_TURNED.finditer(plain.text, first, last),
    ):
        if is_named(match["who"]) and is_named(match["about"]):
            clause = next(
                (
                    c.id
                    for c, (first, last) in zip(clauses, places, strict=True)
                    if first <= match.start() < last
                ),
                "",
            )
            yield ResponsibilityRead(
                plain.quote(match.start(), match.end(), clause), match["who"], match["about"]
            )
