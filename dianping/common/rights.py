"""Rights at the act: a service asks who may, with whoever acts, before it does anything (decision 0054).

A room names its questions in its `rights` module, each made a `Right`; pages ask the same ones to know what to offer. A service
says `permit(actor, may_step, item, step)` first of all. A service that is only ever a consequence of another act says
`caused(actor)`. What everybody may, and what tells of a thing without changing it, says `unasked(actor, because=…)`. An act that
ends with an entry of somebody of whom none of the three was said fails as a whole (`acts.Act.close`).
"""

from collections.abc import Callable
from typing import Concatenate, Generic, ParamSpec

from dianping.common import acts
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal

P = ParamSpec("P")


class Forbidden(Refusal):
    """The one who acts has no right to it. Nothing was written."""


class Right(Generic[P]):
    """One question about who may: asked of an actor and of what he wants to act on, answered yes or no.

    `who` says in Chinese whose right it is, as a refusal tells it. Whoever has the shell may everything; what needs two
    people is refused by the service itself, which compares names and persons.
    """

    def __init__(self, question: Callable[Concatenate[Actor, P], bool], who: str) -> None:
        self.question, self.who = question, who
        self.__doc__, self.__module__ = question.__doc__, question.__module__
        self.name = f"{question.__module__}.{question.__name__}"
        RIGHTS[self.name] = self

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> bool:
        return actor.operates or self.question(actor, *args, **kwargs)


RIGHTS: dict[str, "Right[...]"] = {}


def right(who: str) -> Callable[[Callable[Concatenate[Actor, P], bool]], Right[P]]:
    """Make a question a right; `who` completes 「这件事由……办」."""

    def made(question: Callable[Concatenate[Actor, P], bool]) -> Right[P]:
        return Right(question, who)

    return made


def permit(actor: Actor, asked: Right[P], /, *args: P.args, **kwargs: P.kwargs) -> None:
    """Go on only if this actor has this right now, read afresh. Raises Forbidden otherwise."""
    if not asked(actor.now(), *args, **kwargs):
        raise Forbidden(
            f"这件事由{asked.who}办，“{actor.signature}”（{actor.acting_as or '无授权'}）不在其中。",
            remedy="没有写入任何内容；请由有权的同志办理，职务或授权刚有变动的请重新登录后再看。",
            code="rights.not-yours",
        )
    acts.note_right(actor.name)


def caused(actor: Actor) -> None:
    """Go on only as a part of an act of the same actor whose right was asked. Raises Forbidden otherwise."""
    if not actor.operates and not acts.was_asked(actor.name):
        raise Forbidden(
            "这一步只随另一件事发生，不能单独办。",
            remedy="没有写入任何内容；请从引起它的那一件事办起。",
            code="rights.only-follows",
        )
    acts.note_right(actor.name)


def unasked(actor: Actor, *, because: str) -> None:
    """No right is asked: what follows is open to everybody, or changes nothing and only tells. `because` is the reason."""
    assert because
    acts.note_right(actor.name)
