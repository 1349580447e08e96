"""What one returned form says, and how it is packed for its envelope: compact, and the same bytes every time.

Subjects are numbered from 1; what is asked once of the whole form stands under the subject 0. Packed, in order:
one byte of version, four of the form's digest, two of the number of subjects, four of the group, eight of the stub;
four bits for every question of grade (0 abstention, 1 the first grade); for every question of words its length in
UTF-16 units in two bytes and the words in UTF-16. Zero bytes after that are padding. Numbers are big-endian.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from dianping.opinions.rules.codes import read_stub
from dianping.opinions.rules.forms import SIZES, Form, FormFault
from dianping.opinions.rules.parts import GradeQuestion, Question, WordsQuestion

VERSION = 1
HEADER_BYTES = 19
MOST_SUBJECTS = 2**16 - 1
MOST_GROUP = 2**32 - 1
ENVELOPE_OVERHEAD = 64
Place = tuple[int, str]  # (number of the subject or 0, key of the question)


def field_of(place: Place) -> str:
    """The name of an answer where it is typed or sent."""
    return f"q-{place[0]}-{place[1]}"


@dataclass(frozen=True, slots=True)
class Answers:
    """The grades chosen, as indices into the grade set, and the words written; what is missing was left blank."""

    grades: Mapping[Place, int] = field(default_factory=dict)
    words: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """One form taken out of its envelope: of how many subjects, of which group, its answers and its stub."""

    subjects: int
    group: int
    answers: Answers
    stub: str


# An answer that says nothing, signs left out: 没有意见, 暂无, 目前没有什么要说的了, 略, 不知道.
_NOTHING = re.compile(
    r"(?:(?:暂时|目前|我|本人|对此)*(?:没有?|无|暂无|没什么|没有什么|没啥)"
    r"(?:其他|其它|别的|更多|具体|大的|不同)*(?:的)?"
    r"(?:(?:意见|建议|问题|想法|话说|要说的|可说的|好说的|不满意的)(?:和|与|或|及)?)*(?:了|的|啊|呀)?"
    r"|略|同上|不知道|不清楚|不了解)"
)


def says_nothing(text: str) -> bool:
    """Whether a free text is one of the stock ways of saying nothing (无, 没有意见, 暂无意见和建议). A hint, for a person to
    decide: praise and silence about something are not nothing."""
    bare = "".join(sign for sign in text if sign.isalnum())
    return not bare or _NOTHING.fullmatch(bare) is not None


def asked(form: Form, subjects: int) -> Iterator[tuple[Place, Question]]:
    """Everything the form asks of so many subjects, in the order it is packed."""
    for subject in range(subjects + 1):
        for question in form.questions:
            if question.per_subject == bool(subject):
                yield (subject, question.key), question


def as_printed(form: Form, subjects: int) -> list[tuple[Place, Question]]:
    """The same in the order it is read, on paper, on a telephone and where it is typed: what is asked once comes last."""
    return sorted(asked(form, subjects), key=lambda pair: not pair[0][0])


def units(text: str) -> int:
    """The length of a text as a browser counts it for `maxlength`: UTF-16 units, a line end as one."""
    return len(_encoded(text)) // 2


def tidied(answers: Answers) -> Answers:
    """The same with line ends as LF, without blanks around the words and without empty words."""
    words = {place: _lines(text).strip() for place, text in answers.words.items()}
    return Answers(dict(answers.grades), {place: text for place, text in words.items() if text})


def is_blank(answers: Answers) -> bool:
    """Whether a form says nothing at all."""
    return not answers.grades and not tidied(answers).words


def problems(form: Form, subjects: int, answers: Answers) -> list[str]:
    """Why answers are not admissible, as sentences; empty when they are."""
    known = dict(asked(form, subjects))
    told = [
        f"表里没有对第 {place[0]} 个对象问“{place[1]}”，却收到了回答；请重新打开这张表再填。"
        for place in sorted({*answers.grades, *answers.words} - known.keys())
    ]
    for place, question in known.items():
        told += _grade_problems(form, question, place, answers) + _words_problems(question, place, answers)
    return told


def limit_bytes(form: Form, subjects: int) -> int:
    """The most bytes that any admissible answers about so many subjects take when packed; some take as many."""
    questions = [question for _, question in asked(form, subjects)]
    words = sum(2 + 2 * question.limit for question in questions if isinstance(question, WordsQuestion))
    return (
        HEADER_BYTES + (sum(isinstance(question, GradeQuestion) for question in questions) + 1) // 2 + words
    )


def envelope_bytes(form: Form, subjects: int, overhead: int = ENVELOPE_OVERHEAD) -> int:
    """The class of envelope for the whole poll, 2,048 or 8,192 bytes, `overhead` for the sealing included.

    Raises FormFault when not even the larger one holds every admissible answer.
    """
    needed = limit_bytes(form, subjects) + overhead
    fitting = [size for size in SIZES if size >= max(needed, form.size)]
    if not fitting:
        raise FormFault(
            f"《{form.title}》对 {subjects} 个对象最多要 {needed} 字节，一个封套只有 {SIZES[-1]} 字节。"
            "请减少对象、问题或可填的字数，或者分几次征集。",
            code="opinions.form-too-large",
        )
    return fitting[0]


def pack(form: Form, *, subjects: int, group: int, answers: Answers, stub: str) -> bytes:
    """The bytes for the envelope, the same for the same answers. Raises ValueError for what is not admissible."""
    answers = tidied(answers)
    told = problems(form, subjects, answers)
    if not 0 <= subjects <= MOST_SUBJECTS or not 0 <= group <= MOST_GROUP:
        told.append(f"对象有 {subjects} 个、组号是 {group}，超出了一张表能记的范围；请分几次征集。")
    if read_stub(stub) != stub:
        told.append("回执号不是 16 位数字或校验位不对；请重新打开这张表。")
    if told:
        raise ValueError("\n".join(told))
    header = bytes([VERSION]) + _mark(form) + subjects.to_bytes(2, "big") + group.to_bytes(4, "big")
    places = list(asked(form, subjects))
    grades = [
        answers.grades.get(place, -1) + 1 for place, question in places if isinstance(question, GradeQuestion)
    ]
    words = [
        _encoded(answers.words.get(place, ""))
        for place, question in places
        if isinstance(question, WordsQuestion)
    ]
    pairs = zip_longest(grades[::2], grades[1::2], fillvalue=0)
    return b"".join(
        (
            header,
            bytes.fromhex(stub),
            bytes(high << 4 | low for high, low in pairs),
            *((len(text) // 2).to_bytes(2, "big") + text for text in words),
        )
    )


def unpack(form: Form, packed: bytes) -> ReturnedForm:
    """What `pack` packed, zero bytes behind it allowed. Raises ValueError for bytes that are no such form."""
    if len(packed) < HEADER_BYTES or packed[0] != VERSION or packed[1:5] != _mark(form):
        raise ValueError(f"封套里装的不是这张《{form.title}》；请核对票箱和表是否相符。")
    subjects, group = int.from_bytes(packed[5:7], "big"), int.from_bytes(packed[7:11], "big")
    stub, body = packed[11:HEADER_BYTES].hex(), packed[HEADER_BYTES:]
    places = list(asked(form, subjects))
    grade_places = [place for place, question in places if isinstance(question, GradeQuestion)]
    cut = (len(grade_places) + 1) // 2
    marks = [half for byte in body[:cut] for half in (byte >> 4, byte & 15)]
    grades = {place: mark - 1 for place, mark in zip(grade_places, marks, strict=False) if mark}
    words = _unpacked_words(
        [place for place, question in places if isinstance(question, WordsQuestion)], body[cut:]
    )
    returned = ReturnedForm(subjects, group, Answers(grades, words), stub)
    again = pack(form, subjects=subjects, group=group, answers=returned.answers, stub=stub)
    if not packed.startswith(again) or any(packed[len(again) :]):
        raise ValueError(f"封套里的《{form.title}》不完整或多出内容；请按废票处理并记录。")
    return returned


def _unpacked_words(places: list[Place], body: bytes) -> dict[Place, str]:
    words, start = {}, 0
    for place in places:
        end = start + 2 + 2 * int.from_bytes(body[start : start + 2], "big")
        words[place] = body[start + 2 : end].decode("utf-16-be", "replace")
        start = end
    return {place: text for place, text in words.items() if text}


def _grade_problems(form: Form, question: Question, place: Place, answers: Answers) -> list[str]:
    if place not in answers.grades:
        return []
    if not isinstance(question, GradeQuestion):
        return [f"“{question.text}”要写文字，却收到了等次；请重新打开这张表再填。"]
    grades = form.set_of(question.key).grades
    if 0 <= answers.grades[place] < len(grades):
        return []
    return [
        f"“{question.text}”收到的等次是第 {answers.grades[place] + 1} 个，应为 {'、'.join(grades)} 之一；请重新选择。"
    ]


def _words_problems(question: Question, place: Place, answers: Answers) -> list[str]:
    if place not in answers.words:
        return []
    if not isinstance(question, WordsQuestion):
        return [f"“{question.text}”要选等次，却收到了文字；请重新打开这张表再填。"]
    text = answers.words[place]
    if any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in text):
        return [f"“{question.text}”里有无法保存的符号；请删去后再交。"]
    if units(text) > question.limit:
        return [f"“{question.text}”写了 {units(text)} 字，最多 {question.limit} 字；请缩短后再交。"]
    return []


def _mark(form: Form) -> bytes:
    return bytes.fromhex(form.digest[:8])


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoded(text: str) -> bytes:
    return _lines(text).encode("utf-16-be", "surrogatepass")
