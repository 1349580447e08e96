"""What may show its writer is hinted at, and ordinary opinions are left in peace."""

import re

import pytest

from dianping.opinions.rules import PATTERNS, revealing

ADVICE = [sentence for _, sentence in PATTERNS]
KINDS = ("电话", "身份证", "邮箱", "写了您是谁", "本人", "班组", "钟点", "姓和职务")

ORDINARY = """
希望多组织一些义务劳动，少开长会。
支部的学习安排得比较好，内容可以再联系实际一些。
食堂的饭菜近来涨价快，请和后勤部门说一说。
建议把办事流程贴在大厅里，让群众少跑几趟。
村口的路灯坏了很久，晚上走路不方便。
党员联系户走访得少，希望坚持下去。
支部书记作风扎实，大家是满意的。
承诺的事情大部分做到了，修水渠的事还没有动静。
办公室主任说话和气，办事有时候慢一些。
我们单位的文件太多，基层应付不过来。
关于老师的职称评定，希望标准公开。
提高老师待遇的事说了几年，应当有个时间表。
感谢老师们的付出，也希望减轻一些负担。
任何老师都可以参加的活动，通知应当早一点发。
新任书记来了以后，会议短了，下来的次数多了。
担任书记的同志要多听不同意见。
三年没有换届的支部应当抓紧。
学习笔记要求每周抄写，形式多于内容。
我觉得评议应当经常搞，不要一年一次。
我是觉得公开栏更新得太慢。
本人认为发展党员的程序是规范的。
希望领导本人多到一线看一看。
对困难党员的慰问很及时，没有别的意见。
我们支部的活动多是念文件，可以换个方式。
2010年以来卫生所的药品齐全多了。
12月的大会时间太长，老人坐不住。
建议十天以内答复群众提出的问题。
低保的名单应当张榜，让人看得明白。
有的科室上班时间找不到人。
机关书记和基层书记的考核标准应当有区别。
班主任工作量大，建议计入工作量。
历史老师和语文老师的课时差别大。
模范老师的事迹可以多宣传。
我们要向先进支部学习。
村里的三条路修好了两条，还有一条请不要忘记。
两个车间的考核办法不一样，大家有议论。
党费收缴公开得好，账目清楚。
我们处理邻里纠纷时希望有人来调解。
年终评优应当由群众先提名。
没有意见，继续保持。
""".strip().splitlines()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("请打13800000000联系", 0),
        ("电话 139-0000-0000。", 0),
        ("我的号码是１３８００００００００", 0),
        ("办公室0375-1234567没人接", 0),
        ("号码99000019700101001X", 1),
        ("990000197001010", 1),
        ("写信到nobody@example.org", 2),
        ("我是三年前调来的会计", 3),
        ("其实我就是那天值班的", 3),
        ("您好，我姓冉", 3),
        ("本人于去年退休", 4),
        ("会上说过，本人在财务上工作", 4),
        ("我们科室只有3个人", 5),
        ("我们组四个人干七个人的活", 5),
        ("我们三班的值班表不公平", 5),
        ("我在第二小组", 5),
        ("12月15日下午三点去办证没有人", 6),
        ("十二月十五日上午的事", 6),
        ("2010-12-15 9:30 在大厅", 6),
        ("1月9号晚上加班没有补休", 6),
        ("祁书记说过要修路", 7),
        ("找了甘副主任两次", 7),
        ("高老师上课认真", 7),
        ("希望于科长多下来", 7),
    ],
)
def test_what_may_show_its_writer_is_hinted_at(text, kind):
    assert ADVICE[kind] in revealing(text)


@pytest.mark.parametrize(
    "text", ["", "　", "好", "意" * 2000, "1" * 2000, "a" * 2000, "我" * 2000, "一" * 2000]
)
def test_nothing_is_hinted_where_nothing_is_said(text):
    assert revealing(text) == ()


def test_ordinary_opinions_are_left_in_peace():
    assert len(set(ORDINARY)) == 40
    hinted = {text: revealing(text) for text in ORDINARY if revealing(text)}
    assert len(hinted) <= 1, hinted


def test_every_hint_is_a_sentence_that_says_what_to_do():
    assert len(set(ADVICE)) == len(KINDS)
    for kind, sentence in zip(KINDS, ADVICE, strict=True):
        assert kind in sentence
        assert sentence.endswith("。")
        assert "请" in sentence or "可以" in sentence


def test_the_patterns_mean_the_same_to_a_browser():
    for source, _ in PATTERNS:
        assert not re.search(r"\(\?(?![:!=])|\\[^n]", source), source
        assert not re.search("[\U00010000-\U0010ffff]", source), source
