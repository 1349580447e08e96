"""Whether grades may be given and a vote counts: caps, floors, vetoes and rules of validity, each no as a sentence.

Basis: 豫创组办发〔2010〕26号 四.3; the bounds are data of the form (`GradeSet`, `Validity`), decision 0031.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from dianping.opinions.rules.parts import GradeSet, Rounding, Validity
from dianping.opinions.rules.tally import percent

DIGITS = "零一二三四五六七八九十"


def bound_faults(grade_set: GradeSet, given: Sequence[int], bases: Mapping[str, int]) -> list[str]:
    """Where grades given to several subjects pass the cap or miss the floor, as sentences; empty when all is well.

    given: one index into the grades for each subject that was graded. bases: people by the name of the base (参评党员数).
    Raises ValueError when the base that the set names is not among them.
    """
    if grade_set.top_cap is None and grade_set.floor is None:
        return []
    base = bases.get(grade_set.cap_base)
    if base is None:
        raise ValueError(f"没有给出“{grade_set.cap_base}”，不能核对等次的比例；请先补上这个人数。")
    return _over_cap(grade_set, given, base) + _under_floor(grade_set, given, base)


def void_reasons(rules: Validity, *, due: int, issued: int, returned: int, valid: int) -> list[str]:
    """Why a vote does not count, as sentences; empty when it does.

    due: people entitled. issued, returned, valid: forms; abstentions are valid. Raises ValueError where more forms are
    valid than were returned.
    """
    if not 0 <= valid <= returned:
        raise ValueError(f"收回 {returned} 份，有效 {valid} 份，有效的不能多于收回的；请核对清点结果。")
    told = []
    if rules.more_returned_voids and returned > issued:
        told.append(f"发出 {issued} 份，收回 {returned} 份，收回的多于发出的，本次评议无效。")
    exact = rules.quorum * due
    needed = floor(exact) + 1 if rules.more_than else ceil(exact)
    if rules.quorum and returned < needed:
        how = "没有超过" if rules.more_than else "没有达到"
        told.append(
            f"应参加 {due} 人，收回 {returned} 份，{how}{_in_words(rules.quorum)}（至少要 {needed} 份），本次评议无效。"
        )
    if returned and not valid:
        told.append(f"收回 {returned} 份，没有一份有效，本次评议无效。")
    return told


def most_and_least(grade_set: GradeSet, base: int) -> tuple[int | None, int | None]:
    """The most people that may have the first grade and the least that must have a lower one; None without a bound."""
    cap, least, how = grade_set.top_cap, grade_set.floor, grade_set.rounding
    return (
        None if cap is None else _people(cap * base, how, strictly_up=False),
        None if least is None else _people(least * base, how, strictly_up=True),
    )


def _over_cap(grade_set: GradeSet, given: Sequence[int], base: int) -> list[str]:
    most, top = most_and_least(grade_set, base)[0], sum(grade == 0 for grade in given)
    if most is None or grade_set.top_cap is None or top <= most:
        return []
    return [
        f"{_counted(grade_set.grades[0], top, grade_set, base)}，超过{_in_words(grade_set.top_cap)}（{most} 人）。"
    ]


def _under_floor(grade_set: GradeSet, given: Sequence[int], base: int) -> list[str]:
    least, lower = most_and_least(grade_set, base)[1], sum(grade > 0 for grade in given)
    if least is None or grade_set.floor is None or lower >= least:
        return []
    name = f"{grade_set.grades[1]}及以下"
    return [f"{_counted(name, lower, grade_set, base)}，不到{_in_words(grade_set.floor)}（{least} 人）。"]


def _counted(name: str, people: int, grade_set: GradeSet, base: int) -> str:
    of = grade_set.cap_base.removesuffix("总数").removesuffix("数")
    share = percent(people, base)
    told = "" if share is None else f"，占{of} {base} 人的 {share:.1f} %"
    return f"{name} {people} 人{told}"


def _people(exact: Fraction, rounding: Rounding, *, strictly_up: bool) -> int:
    if rounding is Rounding.HALF_UP:
        return floor(exact + Fraction(1, 2))
    return ceil(exact) if strictly_up == (rounding is Rounding.STRICT) else floor(exact)


def _in_words(share: Fraction) -> str:
    """半数, 三分之一, 15 %."""
    if share == Fraction(1, 2):
        return "半数"
    if share.denominator in (3, 6, 7, 9):
        return f"{DIGITS[share.denominator]}分之{DIGITS[share.numerator]}"
    return f" {float(share * 100):g} %"
