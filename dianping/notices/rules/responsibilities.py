"""Who reviews whom, sentence by sentence. Basis: 豫创组办发〔2010〕26号 一; the five ways to say it are in `reviewing`."""

from collections.abc import Iterator
from itertools import islice

from dianping.notices.rules.model import ResponsibilityRead
from dianping.notices.rules.reviewing import REVIEW, pairs_around, pairs_in_short
from dianping.notices.rules.text import PlainText, Sentence, without_titles

_MOST = 12  # verbs looked at in one sentence


def responsibilities_in(plain: PlainText, sentence: Sentence) -> Iterator[ResponsibilityRead]:
    """Every pair of reviewer and reviewed of a sentence, and reviewers named alone."""
    text = without_titles(sentence.text)
    last = 0
    for act in islice(REVIEW.finditer(text), _MOST):
        if act.start() < last:
            continue
        pairs, end = pairs_around(text, last, act)
        if not pairs:
            continue
        end = max(end, act.end())
        for reviewer, about in pairs:
            places = [text.find(words, last, end) for words in (reviewer, about) if words]
            begin = min((place for place in places if place >= 0), default=last)
            quote = plain.quote(sentence.start + begin, sentence.start + end, sentence.clause)
            yield ResponsibilityRead(quote, reviewer, about)
        last = end
    for (reviewer, about), begin, stop in pairs_in_short(sentence.text) if "评" in sentence.text else ():
        yield ResponsibilityRead(
            plain.quote(sentence.start + begin, sentence.start + stop, sentence.clause), reviewer, about
        )
