"""The sheet prints all that is hashed; what it tells to type into a shell is typed here (decision 0026)."""

import shutil
import subprocess
from functools import partial

import pytest

from dianping.reviews.rules.draw import DrawFault, as_sheet, digest, drawn, read_list, seal_text, shell_line
from tests.refused import refused
from tests.reviews.rules.draw.examples import PEOPLE, following, held, seed, terms, void, withheld

unsound = partial(refused, kind=DrawFault)

FIRST = withheld(held(terms()))
DRAW = following(FIRST, start=1)
SHEET = as_sheet(DRAW, PEOPLE, title="文学院随机点评抽签单", earlier=[FIRST])

shell = pytest.mark.skipif(
    not (shutil.which("sh") and shutil.which("sha256sum")), reason="no sha256sum on this machine"
)


def block(sheet: tuple[str, ...], file: str) -> str:
    """A file as somebody copies it from the sheet: so many lines as are told."""
    at, told = next((at, line) for at, line in enumerate(sheet) if f"{file} 的 " in line)
    count = int(told.split(f"{file} 的 ")[1].split(" 行")[0])
    return "".join(f"{line}\n" for line in sheet[at + 1 : at + 1 + count])


def typed(line: str, folder) -> str:
    """What a shell prints for a line of the sheet."""
    run = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, check=True, encoding="utf-8")
    return run.stdout


def test_the_files_are_printed_line_for_line():
    assert block(SHEET, "list.txt") == PEOPLE.text
    assert read_list(block(SHEET, "list.txt")) == PEOPLE
    assert block(SHEET, "terms.txt") == DRAW.terms.text
    assert block(SHEET, "record.txt") == DRAW.text
    assert not any("\n" in line for line in SHEET)


@shell
@pytest.mark.parametrize("draw", [held(terms()), FIRST], ids=["held", "withheld"])
def test_every_line_to_type_prints_what_the_sheet_says_it_prints(draw, tmp_path):
    sheet = as_sheet(draw, PEOPLE, title="抽签单")
    for file in ("list.txt", "terms.txt", "record.txt"):
        (tmp_path / file).write_bytes(block(sheet, file).encode())
    told = [
        (line.removeprefix("验算："), due.removeprefix("应得："))
        for line, due in zip(sheet, sheet[1:], strict=False)
        if due.startswith("应得：")
    ]
    assert len(told) == 3 + bool(draw.superior_seed) + bool(draw.own_seed) + draw.terms.places
    for line, due in told:
        assert typed(line, tmp_path).split() == [due, line.split()[-1] if ".txt" in line else "-"]


@shell
@pytest.mark.parametrize("draw", [held(terms()), FIRST], ids=["held", "withheld"])
def test_one_line_redoes_the_whole_order(draw, tmp_path):
    sheet = as_sheet(draw, PEOPLE, title="抽签单")
    (tmp_path / "list.txt").write_bytes(block(sheet, "list.txt").encode())
    at = next(at for at, line in enumerate(sheet) if line.startswith("五、"))
    order, line = sheet[at + 1 : at + 16], sheet[at + 16].removeprefix("验算：")
    assert typed(line, tmp_path).splitlines() == list(order)
    assert sorted(order) == list(order)


@shell
def test_a_seal_can_be_made_without_this_program(tmp_path):
    text = seal_text("0" * 64, seed(1))
    assert typed(shell_line(text), tmp_path).split()[0] == digest(text)


def test_who_is_drawn_and_how_many_of_each_stratum_is_read_without_a_shell():
    codes = [line.split("：")[1].split(" ")[0] for line in SHEET if " 位：" in line]
    assert codes == list(drawn(PEOPLE, DRAW).codes)
    assert "机关党支部：5 名，抽 2 名" in SHEET
    assert f"四、抽中的：{len(codes)} 名" in SHEET


def test_earlier_draws_stand_on_the_sheet_however_they_ended():
    nobody = void(following(FIRST, start=2))
    third = following(nobody, start=3)
    sheet = as_sheet(third, PEOPLE, title="抽签单", earlier=[FIRST, nobody])
    assert "六、本单位以前的抽签：2 次" in sheet
    told = [line for line in sheet if line.startswith(("第 1 次，", "第 2 次，"))]
    assert ["单位未公开种子" in told[0], "作废" in told[1]] == [True, True]
    assert [line.split("摘要：")[1] for line in told] == [FIRST.digest, nobody.digest]
    assert f"上次摘要|{nobody.digest}" in sheet
    with unsound("reviews.draw-out-of-turn"):
        as_sheet(third, PEOPLE, title="抽签单", earlier=[FIRST])


def test_a_void_draw_has_a_sheet_too():
    sheet = as_sheet(void(held(terms())), PEOPLE, title="抽签单")
    assert "第 1 次抽签，结果：作废" in sheet
    assert "本次作废，没有抽出对象。" in sheet
    assert "上级种子：没有公开" in sheet
    assert not any(" 位：" in line for line in sheet)


def test_strata_that_go_without_are_told():
    told = "名额少于层数：抽 0 名的层，事前就知道不会抽到。"
    assert told in as_sheet(held(terms(places=2)), PEOPLE, title="抽签单")
    assert told not in SHEET


def test_a_draw_that_does_not_hold_gets_no_sheet():
    with unsound("reviews.list-changed"):
        as_sheet(held(terms(names=read_list("全体|01|甘棠\n"))), PEOPLE, title="抽签单")
