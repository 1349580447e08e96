"""The words the statements of this room are written in, and how one is made of them.

A statement is a text with names in braces. A word with a capital is a model: `{Duty}` its table, `{Duty.path}` the bare
column, as SET and INSERT want it. A letter is the same model under that letter: "FROM {Duty} d WHERE {d.path} = …". `{kind.REVIEW}`,
`{target.MEMBER}`, `{role.SECRETARY}` and `{charge.IN_CHARGE}` are members of enums as literals. What else stands in braces is
given with the statement. Values are always parameters.
"""

from django.db import connection

from dianping.common.naming import literal_list, literals, names
from dianping.duties.kinds import OTHER_THAN_REVIEWS, REVIEWERS, Kind
from dianping.duties.models import Duty, Tally, Target, Window
from dianping.duties.models.duty import OUTSIDE_TARGETS
from dianping.orgs.models import Charge, Membership, Organisation, Person, Post, Role, Tenure

# On SQLite a statement that fails takes the whole transaction back; it then keeps no copy of every page it changes,
# which for a province is half a gigabyte held in memory.
OR_ROLLBACK = {"sqlite": "OR ROLLBACK"}

WORDS = {
    "Duty": names(Duty),
    "d": names(Duty, "d"),
    "z": names(Duty, "z"),  # another duty beside d
    "Window": names(Window),
    "w": names(Window, "w"),
    "r": names(Window, "r"),  # the row of a rule's windows under which its reviewers are counted
    "Tally": names(Tally),
    "y": names(Tally, "y"),
    "Organisation": names(Organisation),
    "o": names(Organisation, "o"),
    "u": names(Organisation, "u"),  # the superior of o
    "Post": names(Post),
    "p": names(Post, "p"),
    "Tenure": names(Tenure),
    "t": names(Tenure, "t"),
    "Charge": names(Charge),
    "c": names(Charge, "c"),
    "Membership": names(Membership),
    "m": names(Membership, "m"),
    "n": names(Membership, "n"),  # another time of the person m is about
    "Person": names(Person),
    "q": names(Person, "q"),
    "kind": literals(Kind),
    "target": literals(Target),
    "role": literals(Role),
    "e": names(Charge, "e"),  # another charge over the organisation c is about
    "v": names(Tenure, "v"),  # who holds the seat of a charge
    "charge": literals(Charge.Kind),
    "outside_targets": literal_list(OUTSIDE_TARGETS),
    "no_review": literal_list(
        [*OTHER_THAN_REVIEWS, REVIEWERS]
    ),  # targets of windows in which no review is owed
}


def written(sql: str, **parts: str) -> str:
    """A statement with its names and parts filled in, as the database in use wants it.

    Raises FieldDoesNotExist or KeyError for a name that no model or enum has.
    """
    return sql.format(or_rollback=OR_ROLLBACK.get(connection.vendor, ""), **WORDS, **parts)
