"""The pieces every page is made of: they draw without context, keep the content policy, and are all described."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tests.glued import glued

ROOT = Path(__file__).resolve().parents[2] / "dianping"
PIECES = sorted((ROOT / "common/templates/common").glob("*.html"))
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
SCRIPTS = sorted((ROOT / "common/static/common").glob("*.js"))
TODAY = date(2011, 1, 5)


def draw(name: str, **context: object) -> str:
    return glued(render_to_string(f"common/{name}", context))


class Inline(HTMLParser):
    """Collects what a policy of default-src 'self' would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or "style" in names or any(name.startswith("on") for name in names):
            self.found.append(self.get_starttag_text() or tag)
        if tag == "script" and "src" not in names and ("type", "application/json") not in attrs:
            self.found.append(self.get_starttag_text() or tag)


def inline_in(markup: str) -> list[str]:
    parser = Inline()
    parser.feed(re.sub(r"{%.*?%}", " ", markup))  # `one == other` of a template is no handler of a page
    return parser.found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_inline_style_or_script(template):
    assert inline_in(template.read_text("utf-8")) == []


def test_inline_style_and_handlers_would_be_noticed():
    refused = inline_in('<p style="color:red"></p><a onclick="x()"></a><script>x()</script><style></style>')

    assert len(refused) == 4
    assert inline_in('<script src="/a.js"></script><script type="application/json">{}</script>') == []


@pytest.mark.parametrize("piece", PIECES, ids=lambda path: path.name)
def test_every_piece_draws_without_any_context(piece):
    assert isinstance(draw(piece.name), str)


@pytest.mark.parametrize("piece", PIECES, ids=lambda path: path.name)
def test_every_piece_is_described_and_names_its_context(piece):
    guide = (ROOT / "common/templates/common/README.md").read_text("utf-8")

    assert f"`{piece.name}`" in guide or f"common/{piece.name}" in guide
    assert "{% comment %}" in piece.read_text("utf-8")[:120]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_of_ours_writes_markup_or_evaluates_text(script):
    assert not re.search(
        r"innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script.read_text("utf-8")
    )


def test_the_standing_day_is_on_pages_with_and_without_a_viewer():
    viewer = {"name": "甘书记", "organisations": [("0", "示范大学党委")]}

    assert "2011-01-05" in draw("base.html", standing_day=TODAY)
    assert "2011-01-05" in draw("base.html", standing_day=TODAY, viewer=viewer)
    assert "演示日期" not in draw("base.html", viewer=viewer)


def test_the_entry_one_stands_on_is_marked_in_both_columns():
    nav = [
        {"key": "desk", "label": "工作台", "url": "/"},
        {"key": "duties", "label": "应办", "url": "/duties/"},
    ]

    page = draw("base.html", viewer={"name": "甘书记"}, nav=nav, nav_current="duties")

    assert page.count('<a href="/duties/" aria-current="page">') == 3  # the index column, the phone bar, 更多
    assert '<a href="/" aria-current="page">' not in page


def test_a_deadline_says_its_distance_and_hides_nothing_when_done_late():
    assert "逾期 2 天" in draw("_due.html", due=date(2011, 1, 3), today=TODAY)
    assert "2011年1月10日 星期一" in draw("_due.html", due=date(2011, 1, 10), today=TODAY)
    assert "补办" in draw("_due.html", due=date(2011, 1, 3), today=TODAY, done_on=date(2011, 1, 4))
    assert "已办" in draw("_due.html", due=date(2011, 1, 4), today=TODAY, done_on=date(2011, 1, 4))


def test_the_bar_is_as_wide_as_its_numbers_and_says_them():
    bar = draw("_meter.html", meter={"owed": 4510, "on_time": 3902, "late": 41, "open": 503, "overdue": 64})

    assert 'viewBox="0 0 4510 1"' in bar
    assert 'class="overdue" x="4446" width="64"' in bar
    assert "逾期 64" in bar
    assert "本期无应办" in draw("_meter.html", meter={"owed": 0})


def test_what_a_user_wrote_is_never_taken_as_markup():
    nasty = "<b>甲</b>"
    problem = {"sheet": nasty, "row": 3, "column": nasty, "found": nasty, "message": nasty}

    drawn = (
        draw("_problems.html", problems=[problem])
        + draw("_diff.html", old=nasty, new=nasty)
        + draw("_map.html", nodes=[{"name": nasty, "owed": 1}])
        + draw("_empty.html", will=nasty)
    )

    assert nasty not in drawn


def test_what_a_browser_is_not_given_again_is_not_said_to_be_there() -> None:
    from django import forms

    from dianping.common.templatetags.common import what_stays

    class Sent(forms.Form):
        text = forms.CharField()

    class SignIn(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput)

    class WithFile(Sent):
        file = forms.FileField()

    assert what_stays(Sent({})) == "还没有办成，内容都还在"
    assert what_stays(SignIn({})) == "还没有办成；密码请重新输入"
    assert what_stays(WithFile({})) == "还没有办成；文件请重新选，其余都还在"
