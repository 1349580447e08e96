"""What is wrong with a draw, in a sentence."""

from dianping.base.coded import CodedFault


class DrawFault(CodedFault):
    """A list, seed or record with which no draw can stand; the text says what was found, what was expected, what to do."""
