"""How the house says no."""


class Refusal(Exception):
    """An act that is refused, in a full sentence: what was found, what was expected, what to do.

    `code` names the fault, "room.what-is-wrong" (`duties.already-done`): pages, scripts, commands and tests decide by it,
    never by the sentence, which may be put better on any day. A literal at every raise (tests/test_refusals.py).
    Services raise it inside their transaction, so a refused act leaves nothing behind.
    """

    def __init__(self, sentence: str, *, code: str, remedy: str = "") -> None:
        self.sentence = sentence
        self.code = code
        self.remedy = remedy
        super().__init__(f"{sentence}{remedy}")


class Conflict(Refusal):
    """Two people changed one record: carries both texts so that nothing is overwritten unseen.

    `differences` holds (label, the text that stands now, the text that was sent).
    """

    def __init__(
        self, sentence: str, *, code: str, differences: tuple[tuple[str, str, str], ...] = ()
    ) -> None:
        self.differences = differences
        super().__init__(sentence, code=code)
