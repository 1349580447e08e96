"""What is wrong with something that was read or given: a sentence for people, a code for everything else."""


class CodedFault(Exception):
    """A fault in a full sentence: what was found, what was expected, what to do.

    `code` names it as a refusal's does, "noun.what-is-wrong", a literal where it is raised (tests/test_refusals.py). Whoever
    tells it on, in a refusal or a row of a list, hands the code on with it; nothing decides by the sentence.
    """

    def __init__(self, sentence: str, *, code: str) -> None:
        self.sentence = sentence
        self.code = code
        super().__init__(sentence)
