"""Invented notices to read, and where the given ones lie when they are at hand."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

COVER = """云川大学委员会文件
云大委〔2012〕7号

关于转发
《关于开展基层党组织书记点评
工作的意见》的通知
各党总支、各直属党支部：

现将市委组织部《关于开展基层党组织书记点评工作的意见》(溪组发[2012]第5号)转发给你们，请遵照执行，并提出如下要求：

1、3月18日前，学校党委委员要到联系单位，对各党总支开展工作情况进行点评。

2、各党总支于3月16前将点评工作小结和每名党员的自评材料报党委组织部。

                中共云川大学委员会
                2012年3月5日

中共白溪市委组织部
文件

溪组〔2012〕5号

关于开展基层党组织书记点评工作的意见
各县（区）委组织部，市直各单位党委：

为推动工作，现提出以下意见：

一、谁来点评

基层党委书记对所属党支部及其书记进行点评；党员由所在党支部书记点评。

二、怎样进行

（一）集中点评。召开会议进行。

（二）每半年至少点评一次党支部，2013年春节前完成首轮。未按要求完成的，要向上级作出书面说明。

中共白溪市委组织部
2012年2年27日
"""


def given(name: str) -> str:
    """A given text; the test is skipped aloud where it is not at hand."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand")
    return path.read_text("utf-8")
