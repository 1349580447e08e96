"""A draw as a sheet to print: everything hashed, and the shell lines by which anybody redoes it.

The three files it tells to save (list.txt, terms.txt, record.txt) are printed line for line, so that they can also be
typed from paper.
"""

from collections.abc import Iterator, Sequence

from dianping.reviews.rules.draw.candidates import FrozenList, plain
from dianping.reviews.rules.draw.checking import demand_chain
from dianping.reviews.rules.draw.drawing import Drawn, drawn
from dianping.reviews.rules.draw.record import Draw, Outcome
from dianping.reviews.rules.draw.seals import order_text, seal_text, shell_line

FILES = "以下各文件存为 UTF-8 文本，不带 BOM，每行（含最后一行）以一个换行符（LF）结尾。"


def as_sheet(draw: Draw, names: FrozenList, *, title: str, earlier: Sequence[Draw] = ()) -> tuple[str, ...]:
    """The lines of the sheet, none with a line end in it; `earlier` as for `check`.

    Raises DrawFault instead of printing a draw that does not hold.
    """
    demand_chain((*earlier, draw))
    result = drawn(names, draw)
    return (
        plain(title),
        f"第 {draw.terms.number} 次抽签，结果：{draw.outcome.value}",
        f"依据：豫创组办发〔2010〕26号 三.4。{FILES}",
        *_list(result),
        *_terms(draw),
        *_seeds(draw),
        *_drawn(result),
        *_order(result),
        *_earlier(earlier),
        *_record(draw),
    )


def redo_line(draw: Draw) -> str:
    """The shell line that prints every candidate of list.txt as `stratum|digest|code|name`, the first drawn first."""
    text = order_text(draw.own_seal, draw.superior_seed, draw.own_seed, "$c")
    return (
        "while IFS='|' read -r s c n; do "
        f"""h=$(printf '%s' "{text}" | sha256sum | cut -c1-64); printf '%s|%s|%s|%s\\n' "$s" "$h" "$c" "$n"; """
        "done < list.txt | LC_ALL=C sort"
    )


def _list(result: Drawn) -> Iterator[str]:
    names = result.names
    yield f"一、名单：{len(names.candidates)} 名，list.txt 的 {len(names.candidates)} 行如下（层|代码|名称）"
    yield from names.text.splitlines()
    yield "验算：sha256sum list.txt"
    yield f"应得：{names.digest}"
    for stratum, size in names.sizes.items():
        yield f"{stratum}：{size} 名，抽 {result.places[stratum]} 名"
    if 0 in result.places.values():
        yield "名额少于层数：抽 0 名的层，事前就知道不会抽到。"


def _terms(draw: Draw) -> Iterator[str]:
    lines = draw.terms.text.splitlines()
    yield f"二、抽签事项：封存前公布，terms.txt 的 {len(lines)} 行如下"
    yield from lines
    yield "验算：sha256sum terms.txt"
    yield f"应得：{draw.terms.digest}"


def _seeds(draw: Draw) -> Iterator[str]:
    yield "三、封存与公开：上级先封存，单位接着封存，然后上级公开，最后单位公开"
    for whose, sealed, seed, after in (
        ("上级", draw.superior_seal, draw.superior_seed, draw.terms.digest),
        ("单位", draw.own_seal, draw.own_seed, draw.superior_seal),
    ):
        yield f"{whose}封存值：{sealed or '没有封存'}"
        yield f"{whose}种子：{seed or '没有公开'}"
        if seed:
            yield f"验算：{shell_line(seal_text(after, seed))}"
            yield f"应得：{sealed}"
    if draw.outcome is Outcome.WITHHELD:
        yield f"单位到 {draw.last_day} 没有公开种子，单位种子一处记“-”，按上级种子和单位封存值排序。"


def _drawn(result: Drawn) -> Iterator[str]:
    yield f"四、抽中的：{len(result.codes)} 名"
    if result.draw.outcome is Outcome.VOID:
        yield "本次作废，没有抽出对象。"
    for one in result.order:
        if one.is_drawn:
            yield f"{one.candidate.stratum} 第 {one.rank} 位：{one.candidate.code} {one.candidate.name}"
            yield f"原文：{one.text}"
            yield f"验算：{shell_line(one.text)}"
            yield f"应得：{one.digest}"


def _order(result: Drawn) -> Iterator[str]:
    if not result.order:
        yield "五、全部次序：没有"
        return
    yield "五、全部次序：各层摘要从小到大，居前的抽中（层|摘要|代码|名称）"
    for one in result.order:
        yield f"{one.candidate.stratum}|{one.digest}|{one.candidate.code}|{one.candidate.name}"
    yield f"验算：{redo_line(result.draw)}"


def _earlier(earlier: Sequence[Draw]) -> Iterator[str]:
    yield f"六、本单位以前的抽签：{len(earlier)} 次"
    for draw in earlier:
        yield (
            f"第 {draw.terms.number} 次，{draw.terms.called_on} 发起，{draw.closed_on} 了结，"
            f"{draw.outcome.value}，用途：{draw.terms.purpose}，摘要：{draw.digest}"
        )


def _record(draw: Draw) -> Iterator[str]:
    lines = draw.text.splitlines()
    yield f"七、本次记录：record.txt 的 {len(lines)} 行如下，其摘要写入下一次的抽签事项"
    yield from lines
    yield "验算：sha256sum record.txt"
    yield f"应得：{draw.digest}"
