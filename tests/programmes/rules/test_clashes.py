"""多头填报: the same thing asked twice is told, two different things are not."""

from datetime import date

import pytest

from dianping.base.windows import Window
from dianping.programmes.rules.clashes import clashes
from dianping.programmes.rules.model import ClauseCitation, Deliverable


def asked(name: str, due: date, paper: str, *kinds: str, to: str = "党委办公室") -> Deliverable:
    return Deliverable(
        name, name, frozenset(kinds or ("党总支",)), to, Window(due, due), ClauseCitation(paper, "一")
    )


STANDING = asked("党建工作总结", date(2011, 1, 20), "甲〔2011〕1号")


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (asked("党建工作总结报告", date(2011, 6, 30), "乙〔2011〕2号"), "名称相近"),
        (asked("学习情况", date(2011, 1, 25), "乙〔2011〕2号"), "期限只差 5 天"),
        (asked("学习情况", date(2011, 1, 25), "乙〔2011〕2号", to="组织部"), ""),
        (asked("学习情况", date(2011, 3, 25), "乙〔2011〕2号"), ""),
        (asked("党建工作总结", date(2011, 1, 20), "乙〔2011〕2号", "党支部"), ""),
        (asked("党建工作总结", date(2011, 1, 20), "甲〔2011〕1号"), ""),
    ],
)
def test_what_is_asked_twice_is_told(new: Deliverable, told: str) -> None:
    found = clashes([new], [STANDING])
    assert [told in clash.why for clash in found] == ([True] if told else [])
    for clash in found:
        assert clash.why.startswith("党总支：")
        assert "甲〔2011〕1号" in clash.why
