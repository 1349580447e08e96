"""Acts of every other kind, told among those of a story, well and badly: the chain blames none of them.

Here nothing is judged beforehand, because a roster or a reopened review changes what the story would expect. What is asked is
that a refused act, or one that ends in the middle, leaves nothing behind, and that in the end every record stands as the chain
says.
"""

import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import rule

from dianping.base.windows import Window
from dianping.bulletins import services as bulletins
from dianping.bulletins.models import Bulletin, ModelCase
from dianping.common import acts
from dianping.common.refusal import Refusal
from dianping.duties.models import Duty
from dianping.duties.services import hand_in_paper
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.services import close_ledgers
from dianping.notices.models import Notice, Receipt
from dianping.notices.services import accept_rest, enter_notice, send_to, sign_for
from dianping.opinions.services import merge_sayings, reply_to_point, set_aside
from dianping.orgs.models import Organisation
from dianping.programmes.selectors import programme_for
from dianping.rectification.models import Admonition, Extension, Item
from dianping.rectification.services import (
    Talk,
    answer_extension,
    ask_extension,
    hold_admonition,
    settle_admonition,
)
from dianping.reviews import services as reviews
from dianping.reviews.models import Review
from tests import factories
from tests.flows import records
from tests.flows.acts import SMALL
from tests.flows.other_acts import OtherActs
from tests.flows.story import CLERK, OFFICE
from tests.pages import polls

QUARTER = Window(date(2011, 1, 1), date(2011, 3, 31))
LETTER = "关于报送总结的通知\n各党支部：\n一、请于2011年3月1日前将总结报党委办公室。{}"


class EveryAct(OtherActs):
    """Anybody does anything at all."""

    # ---- what follows

    @rule(which=SMALL, how=st.sampled_from(["ask", "grant", "refuse", "call in", "settle", "paper"]))
    def something_of_an_item(self, which: int, how: str) -> None:
        item, asked = self.one(Item, which), self.one(Extension, which, granted=None)
        held, paper = self.one(Admonition, which, settled_on=None), self.one(Duty, which, kind="paper")
        by = {"moment": self.moment, "actor": CLERK}
        if how == "ask" and item is not None:
            until = max(self.today, item.due or self.today) + timedelta(20)
            given = {"item": item, "until": until, "reason": self.word("理由"), "version": item.version}
            self.attempt("more time asked for", ask_extension, **given, **by)
        elif how in ("grant", "refuse") and asked is not None:
            given = {"granted": how == "grant", "until": None, "words": self.word("答复")}
            given |= {"version": asked.item.version, "moment": self.moment, "actor": OFFICE}
            self.attempt("more time answered", answer_extension, extension=asked, **given)
        elif how == "call in" and item is not None:
            words = {name: self.word("约谈") for name in ("reasons", "told", "promised")}
            talk = Talk(held_on=self.today, due=self.today + timedelta(20), **words)
            given = {"organisation": item.organisation, "talk": talk, "items": [item]}
            self.attempt("a talk", hold_admonition, **given, **by)
        elif how == "settle" and held is not None:
            given = {"admonition": held, "outcome": self.word("改完")}
            self.attempt("a talk settled", settle_admonition, **given, moment=self.moment, actor=OFFICE)
        elif paper is not None and programme_for(paper.organisation, self.today):
            rule = programme_for(paper.organisation, self.today).programme.entry  # type: ignore[union-attr]
            days = {"on": self.today, "today": self.today}
            self.attempt("a paper", hand_in_paper, duty=paper, **days, rule=rule, actor=CLERK)

    # ---- what is told

    @rule(
        which=SMALL, how=st.sampled_from(["draft", "amend", "issue", "withdraw", "correct", "drop", "check"])
    )
    def a_bulletin_is_told(self, which: int, how: str) -> None:
        found, case = self.one(Bulletin, which), self.one(ModelCase, which)
        if how == "check" and case is not None:
            given = {"case": case, "words": "属实", "version": case.version, "today": self.today}
            self.attempt("a case checked", bulletins.confirm_case, **given, actor=OFFICE)
        elif how == "drop" and case is not None:
            given = {"case": case, "why": "撤回", "version": case.version, "today": self.today}
            self.attempt("a case withdrawn", bulletins.withdraw_case, **given, actor=OFFICE)
        elif how == "draft" or found is None:
            given = {"organisation": self.one(Organisation, which, kind="二级党委"), "circle": ["党支部"]}
            given |= {"period": QUARTER, "today": self.today, "actor": CLERK}
            self.attempt("a bulletin", bulletins.draft_bulletin, **given)
        elif how == "amend":
            text = bulletins.BulletinDraft(self.word("通报"), self.word("已经办了"), ("党支部",))
            given = {"bulletin": found, "draft": text, "version": found.version, "actor": CLERK}
            self.attempt("a bulletin amended", bulletins.amend_bulletin, **given)
        elif how == "issue":
            given = {"bulletin": found, "version": found.version, "today": self.today, "actor": OFFICE}
            self.attempt("a bulletin issued", bulletins.issue_bulletin, **given)
        elif how == "withdraw":
            given = {"bulletin": found, "why": "数字有误", "version": found.version, "today": self.today}
            self.attempt("a bulletin withdrawn", bulletins.withdraw_bulletin, **given, actor=OFFICE)
        else:
            given = {"bulletin": found, "today": self.today, "actor": CLERK}
            self.attempt("a bulletin corrected", bulletins.correct_bulletin, **given)

    @rule(which=SMALL, how=st.sampled_from(["enter", "send", "sign", "accept", "ledgers"]))
    def a_notice_comes(self, which: int, how: str) -> None:
        home, notice, sent = self.one(Organisation, which), self.one(Notice, which), self.one(Receipt, which)
        if how == "ledgers":
            with tempfile.TemporaryDirectory() as folder:
                given = {"scope": LedgerScope(home, QUARTER, self.today), "folder": Path(folder), "kinds": ()}
                self.attempt(
                    "ledgers",
                    lambda: list(close_ledgers(**given, moment=self.moment, actor=CLERK)) or True,  # type: ignore[arg-type]
                )
        elif how == "enter" or notice is None:
            given = {
                "text": LETTER.format(self.word("附")),
                "organisation": self.place.letters,
                "today": self.today,
            }
            self.attempt("a notice", enter_notice, **given, actor=CLERK)
        elif how == "send":
            self.attempt("a notice sent", send_to, notice=notice, organisations=[home], actor=CLERK)
        elif how == "sign" and sent is not None:
            given = {"notice": sent.notice, "organisation": sent.organisation, "moment": self.moment}
            self.attempt("a notice signed for", sign_for, **given, actor=CLERK)
        else:
            self.attempt("lines accepted", accept_rest, notices=[notice], today=self.today, actor=CLERK)

    @rule(which=SMALL, often=st.integers(0, 3))
    def the_masses_are_asked(self, which: int, often: int) -> None:
        """Seldom, from the plan to the answer: sealed, sent, opened, merged, set aside, replied to."""
        if often:
            return

        def asked() -> bool:
            unit = self.place.letters if which % 2 else self.place.sciences
            found = polls.opened(self.place, at=unit, title=self.word("评议"))
            said = [one.pk for one in polls.sayings(found)]
            told = {"text": self.word("意见"), "subject": 0, "question": "problems", "actor": CLERK}
            point = merge_sayings(poll=found, sayings=said[1:3], **told)
            set_aside(poll=found, sayings=said[:1], why="nothing", actor=CLERK)
            given = {"reply": self.word("已经办了"), "version": point.version, "today": polls.AFTER}
            return bool(reply_to_point(point=point, **given, actor=CLERK))

        def as_far_as_it_goes() -> bool:
            with suppress(Refusal):  # many acts: those before a refused one stand
                return asked()
            return True

        self.attempt("a poll", as_far_as_it_goes)

    # ---- how acts lie in one another, and how they end

    def _two(self) -> None:
        """Two acts on the same record."""
        review = self.one(Review, 0, filed=True)
        if review is None:
            raise Refusal("没有点评。", code="reviews.none-there", remedy="先登记。")
        for text in ("甲", "乙"):
            given = {"text": self.word(text), "on_behalf": True, "moment": self.moment, "actor": CLERK}
            reviews.answer_review(review=review, **given)
            found = Review.objects.get(pk=review.pk)
            given = {"changes": {"direction": self.word(text)}, "why": "笔误", "version": found.version}
            reviews.correct_review(review=found, **given, moment=self.moment, actor=CLERK)

    @rule(how=st.sampled_from(["transaction", "one act", "refused", "part refused", "tried"]))
    def acts_lie_in_one_another(self, how: str) -> None:
        def refused() -> None:
            self._two()
            raise Refusal("到此为止。", code="reviews.enough")

        def together() -> bool:
            with transaction.atomic() if how == "transaction" else acts.acting():
                self._two()
                if how == "part refused":
                    with suppress(Refusal), acts.acting():
                        refused()
                if how == "refused":
                    refused()
                self._two()
            return True

        def tried() -> bool:
            with acts.taken_back(), suppress(Refusal):
                self._two()
            return True

        self.attempt(f"together: {how}", tried if how == "tried" else together)

    @rule(where=st.sampled_from(["append", "gather"]), open_again=st.booleans())
    def an_act_ends_in_the_middle(self, where: str, open_again: bool) -> None:
        """The machine fails at the end of an act, when everything but its entries is written."""
        target = "dianping.common.chain.append" if where == "append" else "dianping.common.acts.gather"
        with mock.patch(target, side_effect=OSError("no more")), suppress(OSError, Refusal):
            factories.open_on(self.today) if open_again else self._two()
        assert records.read() == self.books, "an act that ended in the middle left something behind"
        self.done["ended in the middle"] = self.done.get("ended in the middle", 0) + 1
