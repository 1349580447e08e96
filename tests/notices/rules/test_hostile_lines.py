"""Lines made to mislead a pattern: repeated signs and words, which a pattern that tries every way of reading never ends with."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 10  # of processor time for all lines together; one that is tried every way takes hours
# What is repeated, and what stands before and behind it.
READ_ALL = """
import resource
from itertools import product

from dianping.notices.rules import read_notice
from dianping.notices.rules.furniture import places_of_furniture

resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
REPEATED = (
    "_", "_＿ ", "集中现场书面口头", "一并", "座谈和", "再次", "就", "就支部，", "1", "支部、", "月日", "1月1日", "（", "（）", "《党员》", "一、",
)
AROUND = (
    ("", "。"),
    ("签名：", "。"),
    ("镇党委书记听取各村支书述职", "点评。"),
    ("联合党委书记约谈各支部书记，", "评。"),
)
for words, (before, behind), length in product(REPEATED, AROUND, (120, 4000)):
    line = before + (words * length)[:length] + behind
    places_of_furniture(line)
    read_notice(line)
for row in ("集中现场书面口头一并座谈和再次", "一并", "座谈和", "并", "再"):
    words = row * 30
    read_notice(f"镇党委书记听取各村支书述职{words}甲点评。")
    read_notice(f"镇党委书记听取各村支书述职{words}点评。")
    read_notice(f"支部书记{words}就{words}点评党员。")
"""


def test_no_line_is_tried_every_way():
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL.replace("SECONDS", str(SECONDS))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr or f"stopped after {SECONDS} s of processor time"
