"""Texts nobody meant to be read: mangled, cut, glued together, enormous. Never an exception, never more than linear."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dianping.notices.rules import as_json, read_notice
from tests.notices.rules.texts import COVER

PIECES = (
    "《 》 〔 〕 （ ） “ ” 。 ， ； ： 、 \n \r\n 对 由 将 把 向 的 和 及其 要 前 后 内 至 — 起 止 每 逐 按 一次 两次 年 月 日 "
    "旬 底 初 2011 二〇一一 1 12 31 元月 十一 正月 春节 季度 半年 现在 即日 本月 下周三 截至 以 为准 点评 评议 报 报送 "
    "上报 交 送 反馈 写出 报告 登记表 书记 党支部 党委 党总支 各单位 关于 通知 转发 文件 发 号 第 一、 （一） 1、 （1） 附件 "
    "如果 没有 未 没有得到 ，要 与 结合 听取 汇报"
)
WORDS = st.sampled_from(PIECES.split(" "))
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(WORDS, max_size=60).map("".join),
    st.tuples(st.integers(0, len(COVER)), st.integers(0, len(COVER)), st.text(max_size=4)).map(
        lambda cut: COVER[: cut[0]] + cut[2] + COVER[cut[1] :]
    ),
)
MANGLED = {
    "no line ends": COVER.replace("\n", ""),
    "carriage returns": COVER.replace("\n", "\r"),
    "no-break spaces": COVER.replace("\n", "\u00a0\n").replace("，", "，\u00a0"),
    "half-width": COVER.translate(str.maketrans("，。；：（）", ",.;:()")),
    "read as Latin": COVER.encode().decode("latin-1"),
    "read as GBK": COVER.encode().decode("gbk", "replace"),
    "GBK read as UTF-8": COVER.encode("gbk").decode("utf-8", "replace"),
    "half a pair": "\ud83d\udc4d"[:1] + COVER,
    "nulls": COVER.replace("。", "\x00"),
    "upside down": COVER[::-1],
}


def checked(text):
    reading = read_notice(text)
    json.dumps(as_json(reading))
    papers = [reading]
    while papers:
        paper = papers.pop()
        papers.extend(paper.enclosed)
        for value in (
            *paper.clauses,
            *paper.dates,
            *paper.deliverables,
            *paper.responsibilities,
            *paper.doubts,
        ):
            assert text[value.quote.start : value.quote.end] == value.text
    return reading


@pytest.mark.parametrize("name", MANGLED)
def test_a_mangled_text_is_still_read(name):
    checked(MANGLED[name])


@given(TEXTS)
@settings(deadline=None)
def test_no_text_raises(text):
    checked(text)


@pytest.mark.parametrize(
    "text",
    [
        COVER.replace("\n", ""),
        "".join(sign for sign in COVER if sign not in "，。；：！？、\n"),
        "将报告报",
        "党员由点评对",
        "《",
        "2011年1月1日\n",
        "云发〔2011〕1号\n",
        "关于转发通知\n2011年1月1日\n云发〔2011〕1号\n如下。\n",
        "1月至",
        "对点评，",
    ],
    ids=lambda text: text[:12],
)
def test_reading_stays_linear(text):
    def cost(length):
        whole = (text * (length // len(text) + 1))[:length]
        begun = time.process_time()
        read_notice(whole)
        return time.process_time() - begun

    cost(3_000)
    small, large = cost(6_000), cost(48_000)
    assert large < max(small, 0.02) * 8 * 4  # eight times the text; four for whatever else the machine does
