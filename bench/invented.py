"""The statements that make an invented province, a set at a time. Nobody in it exists; no name is drawn from life.

Numbers run from 0: committee 3 is the fourth. Organisations are numbered through level by level, so the row of
committee k is `first of the level + k`; person number p is row p + 1. Branches come nine by nine, two hundred
members each nine: 8 to 38 a branch, 22.2 in the mean.
"""

from dataclasses import dataclass

BLOCK = (8, 12, 16, 19, 22, 25, 28, 32, 38)  # members of nine branches in a row
STARTS = tuple(sum(BLOCK[:i]) for i in range(len(BLOCK)))
DIRECT_EVERY = 5  # every fifth branch stands right under its 基层党委
DIRECT_FROM = 1000  # and so takes a place behind the 党总支 there
PLACES, ENDINGS = "云青平安清明松柏桂兰梅竹泉溪岭泽", "州川原阳江山河陵湖城"
UNIT_KINDS = ("乡村", "机关", "企业", "事业", "高校", "社区", "非公", "社会组织", "民族地区", "乡村")


@dataclass(frozen=True)
class Size:
    """How many organisations of each level, the province itself apart. Branches come in multiples of 45."""

    cities: int
    counties: int
    committees: int
    general: int
    branches: int

    @property
    def counts(self) -> tuple[int, ...]:
        """Every level from the top."""
        return (1, self.cities, self.counties, self.committees, self.general, self.branches)

    @property
    def firsts(self) -> tuple[int, ...]:
        """The key of each level's first organisation."""
        return tuple(1 + sum(self.counts[:level]) for level in range(len(self.counts)))

    @property
    def organisations(self) -> int:
        """All of them."""
        return sum(self.counts)

    @property
    def members(self) -> int:
        """All of them."""
        return self.branches // len(BLOCK) * sum(BLOCK)


SIZES = {"small": Size(3, 10, 60, 676, 2250), "full": Size(18, 158, 6320, 68503, 225000)}


@dataclass(frozen=True)
class Dialect:
    """What the two databases say differently."""

    day: str  # `count` days after `first`
    hex64: str  # `number` as 64 hexadecimal digits
    padded: str  # `number` with seven digits

    def after(self, first: str, count: str) -> str:
        """An expression for the day that many days after the first."""
        return self.day.format(first=first, count=count)

    def on(self, day: str) -> str:
        """An expression for a day."""
        return self.after(day, "0")


DIALECTS = {
    "sqlite": Dialect(
        "date('{first}', '+' || ({count}) || ' days')",
        "printf('%064x', {number})",
        "printf('%07d', {number})",
    ),
    "postgresql": Dialect(
        "(DATE '{first}' + CAST({count} AS integer))",
        "lpad(to_hex({number}), 64, '0')",
        "lpad(CAST({number} AS text), 7, '0')",
    ),
}


def statements(size: Size, vendor: str) -> list[tuple[str, str]]:
    """(what it makes, SQL), in order."""
    say = DIALECTS[vendor]
    return [
        ("organisations", _top(say)),
        *(("organisations", _level(size, level, say)) for level in range(1, 5)),
        ("organisations", _branches(size, say)),
        ("people", _people(size, say)),
        ("memberships", _memberships(size, say)),
        ("memberships", _moved(size, say)),
        ("posts", SECRETARY_POSTS),
        ("posts", _leader_posts(size)),
        ("posts", _acting_posts(size)),
        ("tenures", _branch_tenures(size, say)),
        ("tenures", _upper_tenures(size, say)),
        ("tenures", _leader_tenures(size, say)),
        ("charges", _charges(size, say)),
    ]


def _numbers(count: int) -> str:
    return f"n(i) AS (SELECT CAST(0 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})"


def _step(number: str) -> str:
    digits = "'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'"
    return " || ".join(
        f"substr({digits}, CAST(({number}) / {36**p} % 36 + 1 AS integer), 1)" for p in (3, 2, 1, 0)
    )


def _pick(letters: str, number: str) -> str:
    return f"substr('{letters}', CAST(({number}) % {len(letters)} + 1 AS integer), 1)"


def _choice(words: tuple[str, ...], number: str) -> str:
    cases = " ".join(f"WHEN {i} THEN '{word}'" for i, word in enumerate(words))
    return f"CASE ({number}) % {len(words)} {cases} END"


ORGANISATION = (
    "INSERT INTO orgs_organisation (id, code, name, short_name, kind, unit_kind, parent_id, path, founded)"
)


def _top(say: Dialect) -> str:
    name = "'IP0000001', '中共云川省委员会', '云川省', '地方党委', '机关'"
    return f"{ORGANISATION}\nSELECT 1, {name}, CAST(NULL AS bigint), '0000', {say.on('1949-10-01')}"


def _level(size: Size, level: int, say: Dialect) -> str:
    """Cities, counties, committees, general branches: spread evenly over the level above."""
    place = f"{_pick(PLACES, 'i')} || {_pick(ENDINGS, 'i / 7')}"
    name, kind, unit = {
        1: (f"'中共' || {place} || '市委员会'", "'地方党委'", "'机关'"),
        2: (
            f"'中共' || {place} || CASE WHEN i % 20 = 19 THEN '高新区工作委员会' ELSE '县委员会' END",
            "CASE WHEN i % 20 = 19 THEN '工委' ELSE '地方党委' END",
            "'机关'",
        ),
        3: (f"'中共' || {place} || '第' || (i % 40 + 1) || '委员会'", "'基层党委'", _choice(UNIT_KINDS, "i")),
        4: (
            f"{place} || '第' || (i % 97 + 1) || CASE WHEN i % 12 = 0 THEN '党委' ELSE '党总支' END",
            "CASE WHEN i % 12 = 0 THEN '二级党委' ELSE '党总支' END",
            "p.unit_kind",
        ),
    }[level]
    first, above, count, parents = (
        size.firsts[level],
        size.firsts[level - 1],
        size.counts[level],
        size.counts[level - 1],
    )
    return f"""{ORGANISATION}
WITH RECURSIVE {_numbers(count)},
placed AS (SELECT i, {above} + i * {parents} / {count} AS above FROM n),
numbered AS (SELECT i, above, row_number() OVER (PARTITION BY above ORDER BY i) - 1 AS place FROM placed)
SELECT {first} + i, 'IP' || {say.padded.format(number=f"{first} + i")}, {name}, {name}, {kind}, {unit}, p.id, p.path || {_step("place")},
       {say.on("1980-07-01")}
FROM numbered JOIN orgs_organisation p ON p.id = above ORDER BY i"""


def _branches(size: Size, say: Dialect) -> str:
    first, committees, general = size.firsts[5], size.firsts[3], size.firsts[4]
    name = f"{_pick(PLACES, 'i / 3')} || {_pick(ENDINGS, 'i')} || '第' || (i % 211 + 1) || '党支部'"
    direct, below = size.branches // DIRECT_EVERY, size.branches - size.branches // DIRECT_EVERY
    return f"""{ORGANISATION}
WITH RECURSIVE {_numbers(size.branches)},
placed AS (
    SELECT i, CASE WHEN i % {DIRECT_EVERY} = 0 THEN {committees} + (i / {DIRECT_EVERY}) * {size.committees} / {direct}
              ELSE {general} + (i - i / {DIRECT_EVERY} - 1) * {size.general} / {below} END AS above FROM n
), numbered AS (SELECT i, above, row_number() OVER (PARTITION BY above ORDER BY i) - 1 AS place FROM placed)
SELECT {first} + i, 'IP' || {say.padded.format(number=f"{first} + i")},
       {name}, {name},
       CASE WHEN i % 50 = 0 THEN '直属党支部' WHEN i % 50 = 1 THEN '联合党支部' ELSE '党支部' END,
       p.unit_kind, p.id,
       p.path || CASE WHEN i % {DIRECT_EVERY} = 0 THEN {_step(f"place + {DIRECT_FROM}")} ELSE {_step("place")} END,
       CASE WHEN i % 3000 = 2999 THEN {say.on("2010-12-20")} ELSE {say.on("1990-07-01")} END
FROM numbered JOIN orgs_organisation p ON p.id = above ORDER BY i"""


def _people(size: Size, say: Dialect) -> str:
    surnames = (
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    )
    given = (
        "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆芳娜敏静丽娟艳霞婷雪玲秀英慧琴梅兰竹菊萍红莉洁颖琳"
    )
    name = f"{_pick(surnames, 'i * 31')} || {_pick(given, 'i * 17 + i / 53')}"
    return f"""INSERT INTO orgs_person (id, name, sex, born, employee_no, fingerprint)
WITH RECURSIVE {_numbers(size.members)}
SELECT i + 1, {name} || CASE WHEN i % 3 = 0 THEN '' ELSE {_pick(given, "i * 13 + i / 49")} END,
       CASE WHEN i % 10 < 7 THEN '男' ELSE '女' END, {say.after("1935-01-01", "i * 7919 % 20000")}, '',
       {say.hex64.format(number="i * 2654435761")}
FROM n ORDER BY i"""


def _branch_of(number: str) -> str:
    """The branch number a person number falls in."""
    cases = " ".join(f"WHEN {number} % 200 < {end} THEN {i}" for i, end in enumerate(STARTS[1:]))
    return f"{number} / 200 * 9 + CASE {cases} ELSE 8 END"


def _first_member(branch: str) -> str:
    """The person number of a branch's first member."""
    cases = " ".join(f"WHEN {i} THEN {start}" for i, start in enumerate(STARTS))
    return f"(({branch}) / 9 * 200 + CASE ({branch}) % 9 {cases} END)"


MEMBERSHIP = "INSERT INTO orgs_membership (person_id, organisation_id, since, until, standing, mobile_to)"


def _memberships(size: Size, say: Dialect) -> str:
    """One of a thousand joined, one of two thousand moved, one of three thousand left inside the window."""
    return f"""{MEMBERSHIP}
WITH RECURSIVE {_numbers(size.members)}
SELECT i + 1, {size.firsts[5]} + {_branch_of("i")},
       CASE WHEN i % 1000 = 507 THEN {say.on("2010-12-20")} ELSE {say.after("1960-01-01", "i * 104729 % 18000")} END,
       CASE WHEN i % 2000 = 11 THEN {say.on("2010-12-22")} WHEN i % 3000 = 15 THEN {say.on("2010-12-21")} END,
       CASE WHEN i % 25 = 13 THEN '预备党员' ELSE '正式党员' END, CASE WHEN i % 60 = 19 THEN '外省' ELSE '' END
FROM n ORDER BY i"""


def _moved(size: Size, say: Dialect) -> str:
    """Where those who moved stand now: one branch further on."""
    return f"""{MEMBERSHIP}
SELECT person_id, organisation_id + 1, {say.on("2010-12-22")}, CAST(NULL AS date), standing, mobile_to
FROM orgs_membership WHERE (person_id - 1) % 2000 = 11 ORDER BY person_id"""


POST = "INSERT INTO orgs_post (id, organisation_id, role, title)"
SECRETARY_POSTS = f"""{POST}
SELECT id, id, 'secretary', CASE kind WHEN '党总支' THEN '党总支书记' WHEN '工委' THEN '工委书记' WHEN '党支部' THEN '党支部书记'
       WHEN '直属党支部' THEN '党支部书记' WHEN '联合党支部' THEN '党支部书记' ELSE '党委书记' END
FROM orgs_organisation ORDER BY id"""
IS_VACANT = "{id} % 100 = 17"  # one seat in a hundred
HAS_ACTING = "{id} % 400 = 117"  # and a quarter of those with a deputy in charge
COUNTY_LEADERS, COMMITTEE_LEADERS = 5, 3


def _leader_posts(size: Size) -> str:
    seats = []
    for level, each, first in _leaders(size):
        for k in range(each):
            key = f"{first} + (id - {size.firsts[level]}) * {each} + {k}"
            seats.append(
                f"SELECT {key}, id, 'leader', '党委委员' FROM orgs_organisation WHERE {_in_level(size, level)}"
            )
    return f"{POST}\n" + "\nUNION ALL ".join(seats)


def _leaders(size: Size) -> tuple[tuple[int, int, int], ...]:
    """(level, leaders each, key of the first seat) for counties and committees."""
    first = size.organisations + 1
    return ((2, COUNTY_LEADERS, first), (3, COMMITTEE_LEADERS, first + size.counties * COUNTY_LEADERS))


def _in_level(size: Size, level: int, column: str = "id") -> str:
    return f"{column} >= {size.firsts[level]} AND {column} < {size.firsts[level] + size.counts[level]}"


def _acting_posts(size: Size) -> str:
    base = size.organisations * 2  # far behind every other seat
    return f"""{POST}
SELECT {base} + id, id, 'acting', '副书记（主持工作）' FROM orgs_organisation WHERE {HAS_ACTING.format(id="id")}"""


TENURE = "INSERT INTO orgs_tenure (post_id, person_id, since)"


def _branch_tenures(size: Size, say: Dialect) -> str:
    """A branch is headed by its first member; where the seat is vacant the second may act."""
    first, base = size.firsts[5], size.organisations * 2
    return f"""{TENURE}
SELECT id, {_first_member(f"id - {first}")} + 1, {say.on("2008-03-01")}
FROM orgs_organisation WHERE id >= {first} AND NOT {IS_VACANT.format(id="id")}
UNION ALL
SELECT {base} + id, {_first_member(f"id - {first}")} + 2, {say.on("2010-03-01")}
FROM orgs_organisation WHERE id >= {first} AND {HAS_ACTING.format(id="id")}"""


def _upper_tenures(size: Size, say: Dialect) -> str:
    """Whoever heads anything above a branch is a later member of the last branch below it."""
    person = f"{_first_member(f'branch - {size.firsts[5]}')} + 1 + place"
    return f"""{TENURE}
WITH last AS (SELECT parent_id AS id, MAX(id) AS child FROM orgs_organisation WHERE parent_id IS NOT NULL GROUP BY parent_id),
head AS (
    SELECT id, child AS branch, 1 AS place FROM last WHERE {_in_level(size, 3)} OR {_in_level(size, 4)}
    UNION ALL
    SELECT county.id, committee.child, 2 FROM last county JOIN last committee ON committee.id = county.child
    WHERE {_in_level(size, 2, "county.id")}
    UNION ALL
    SELECT city.id, committee.child, 3 FROM last city JOIN last county ON county.id = city.child
    JOIN last committee ON committee.id = county.child WHERE {_in_level(size, 1, "city.id")}
    UNION ALL
    SELECT 1, {size.firsts[5] + size.branches - 1}, 4
)
SELECT id, {person}, {say.on("2007-03-01")} FROM head WHERE NOT {IS_VACANT.format(id="id")}"""


def _leader_tenures(size: Size, say: Dialect) -> str:
    """Leaders of a committee sit in its last branch, leaders of a county in those of its last committees."""
    person = f"{_first_member(f'branch - {size.firsts[5]}')} + 1 + place"
    seats = []
    for level, each, first in _leaders(size):
        for k in range(each):
            key = f"{first} + (last.id - {size.firsts[level]}) * {each} + {k}"
            if level == 3:
                seats.append(
                    f"SELECT {key} AS seat, last.child AS branch, {5 + k} AS place FROM last WHERE {_in_level(size, 3)}"
                )
            else:
                seats.append(
                    f"SELECT {key} AS seat, below.child AS branch, 2 AS place FROM last JOIN last below ON below.id = last.child - {k + 1} WHERE {_in_level(size, 2, 'last.id')}"
                )
    return f"""{TENURE}
WITH last AS (SELECT parent_id AS id, MAX(id) AS child FROM orgs_organisation WHERE parent_id IS NOT NULL GROUP BY parent_id),
seated AS ({" UNION ALL ".join(seats)})
SELECT seat, {person}, {say.on("2009-03-01")} FROM seated"""


def _charges(size: Size, say: Dialect) -> str:
    """Seven of ten committees have a county leader in charge, every second 党总支 one of its committee's."""
    (_, county_each, county), (_, committee_each, committee) = _leaders(size)
    return f"""INSERT INTO orgs_charge (post_id, organisation_id, kind, since)
SELECT {county} + (parent_id - {size.firsts[2]}) * {county_each} + id % {county_each}, id, 'in_charge', {say.on("2009-03-01")}
FROM orgs_organisation WHERE {_in_level(size, 3)} AND id % 10 < 7
UNION ALL
SELECT {committee} + (parent_id - {size.firsts[3]}) * {committee_each} + id % {committee_each}, id,
       CASE WHEN id % 2 = 0 THEN 'in_charge' ELSE 'contact' END, {say.on("2009-03-01")}
FROM orgs_organisation WHERE {_in_level(size, 4)} AND id % 4 <> 3"""
