"""What may stand in a programme file: tables, keys, and the words of values that are chosen from a list."""

from dianping.base.kinds import KINDS
from dianping.base.known_words import AllOf, OneOf, Table, Tables
from dianping.programmes.rules.drafting_words import MODE_NAMES
from dianping.programmes.rules.model import USUAL_PARTS

# 区分情况 (豫创组办发〔2010〕26号 二); the kinds of unit an organisation may belong to (tests hold them to the roster's).
UNIT_KINDS = frozenset({"机关", "企业", "事业", "高校", "乡村", "社区", "民族地区", "非公", "社会组织"})
ABOUT = frozenset({"member", "organisation", "secretary"})
PLACES = frozenset({"below", "top"})

_ORGANISATIONS = AllOf(frozenset(kind.label for kind in KINDS))
_CITED = dict.fromkeys(("clause", "says", "paper", "due"))
_BEFORE = Tables(Table({**_CITED, "was": None}))  # `was`: the last day that paper had set

SHAPE = Table(
    {
        **dict.fromkeys(("code", "title", "number", "issuer", "issued", "extends", "aliases")),
        "outside": Table({"reviewer": None}),
        "entry": Table({"on_time_days": None, "latest_days": None}),
        "joiners": Table({"days_left": None}),
        "follow_up": Table(_CITED),
        "grounds": Table({**_CITED, "about": None, "months": None}),
        "responsibility": Tables(
            Table(
                {
                    **_CITED,
                    "code": None,
                    "about": None,  # named by the reader, which knows what else may be wrong with it
                    "kinds": _ORGANISATIONS,
                    "place": OneOf(PLACES),
                    "reviewers": None,
                    "target": None,
                }
            )
        ),
        "rule": Tables(
            Table(
                {
                    **_CITED,
                    **dict.fromkeys(("code", "name", "opens", "months", "times", "about", "since")),
                    "kinds": _ORGANISATIONS,
                    "before": _BEFORE,
                }
            )
        ),
        "stricter": Tables(Table({**_CITED, "rule": None, "about": None})),
        "template": Tables(
            Table(
                {
                    **_CITED,
                    "about": None,
                    "part": Tables(
                        Table(
                            {
                                "key": OneOf(frozenset(key for key, _ in USUAL_PARTS)),
                                "name": None,
                                "required": None,
                            }
                        )
                    ),
                    "look_at": None,
                    "looked_at": Table(_CITED),
                    "by_unit_kind": Table(dict.fromkeys(UNIT_KINDS)),
                }
            )
        ),
        "criteria": Tables(Table({**_CITED, "name": None, "about": OneOf(ABOUT), "items": None})),
        "deliverable": Tables(
            Table(
                {
                    **_CITED,
                    **dict.fromkeys(("code", "name", "to", "opens")),
                    "kinds": _ORGANISATIONS,
                    "before": _BEFORE,
                }
            )
        ),
        "hearing": Tables(
            Table(
                {
                    **_CITED,
                    **dict.fromkeys(("code", "name", "heard_by", "opens", "collective")),
                    "units": _ORGANISATIONS,
                    "before": _BEFORE,
                }
            )
        ),
        "mode": Tables(Table({**_CITED, "key": OneOf(frozenset(MODE_NAMES.values())), "name": None})),
        "form": Tables(Table({**_CITED, "key": None, "name": None})),
        "present": Tables(Table({"at": None, "ordinary": None})),
    }
)
