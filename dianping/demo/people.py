"""The people of the invented university: who a member is, and how one is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dianping.demo import words

SEED = 20101215
LAST_JOINED = date(2010, 11, 15)  # nobody in the roster joined later
FULL_SINCE = date(2009, 11, 15)  # who joined later is still on the one year of probation


def identity_number(born: date, order: int) -> str:
    """Eighteen characters in the region 990000; `order` (0–999) is odd for men. Check: ISO 7064 MOD 11-2."""
    body = f"990000{born:%Y%m%d}{order:03d}"
    rest = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body)) % 11
    return body + "10X98765432"[rest]


@dataclass(frozen=True)
class Member:
    """A row of 党员 before it is written."""

    name: str
    sex: str
    number: str
    born: date
    education: str
    joined: date
    branch: str
    post: str = ""
    office: str = ""
    people: str = "汉族"
    gone_to: str = ""

    @property
    def is_full(self) -> bool:
        return self.joined <= FULL_SINCE


def years_after(day: date, years: int) -> date:
    """The same day `years` later; the 29th of February becomes the 28th."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


class People:
    """Draws members one after another; identity numbers never repeat, names never within a branch."""

    def __init__(self, known: Iterable[Member]) -> None:
        """`known` are members fixed beforehand, whose numbers and names are taken."""
        taken = list(known)
        self.random = Random(SEED)
        self._numbers = {member.number for member in taken}
        self._met = {(member.branch, member.name) for member in taken}

    def draw(self, people: str, branch: str, post: str = "", office: str = "") -> Member:
        """A new member of the branch; whoever holds a post is past probation."""
        sex = self.random.choice(["男", "女"])
        born = self._day(*words.BORN[people])
        on_probation = not post and self.random.random() < words.ON_PROBATION.get(people, 0)
        joined = self._joined(people, born, on_probation)
        education = self.random.choice(words.EDUCATION.get(people, words.EDUCATION["staff"]))
        nation = self.random.choices(list(words.PEOPLES), list(words.PEOPLES.values()))[0]
        name, number = self._name(sex, branch), self._number(sex, born)
        return Member(name, sex, number, born, education, joined, branch, post, office, nation)

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def _joined(self, people: str, born: date, on_probation: bool) -> date:
        if on_probation:
            return self._day(FULL_SINCE + timedelta(days=1), LAST_JOINED)
        first = years_after(born, 18 if people == "undergraduate" else 20)
        return self._day(first, min(years_after(first, 18), FULL_SINCE))

    def _name(self, sex: str, branch: str) -> str:
        while True:
            given = "".join(self.random.sample(words.GIVEN[sex], self.random.choice([1, 2, 2, 2])))
            name = self.random.choice(words.SURNAMES) + given
            if (branch, name) not in self._met:
                self._met.add((branch, name))
                return name

    def _number(self, sex: str, born: date) -> str:
        while True:
            number = identity_number(born, self.random.randrange(1 if sex == "男" else 0, 1000, 2))
            if number not in self._numbers:
                self._numbers.add(number)
                return number
