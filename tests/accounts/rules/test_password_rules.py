"""What a password must be (NIST SP 800-63B; GB/T 22239 身份鉴别 as a switch)."""

import pytest

from dianping.accounts.rules.passwords import LEAST, password_faults
from dianping.base.pinyin import initial, without_spelled

ABOUT = ("ning", "宁致远", "文学院教工党支部", "云岭大学")


@pytest.mark.parametrize(
    "password",
    [
        "three-plain-words",
        "石榴花开三月八听雨楼台上",
        "Xk7.mw2Qp9!f",
        "correct horse battery",
        "小楼 昨夜 又东风 moon",
        "shiliuhuakaisanyueba",
        "xiao-lou-zuo-ye-you-dongfeng",
        "property-banana-were",
    ],
)
def test_words_that_have_nothing_to_do_with_one_another_are_taken(password: str) -> None:
    assert password_faults(password, about=ABOUT) == []


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaa1", "aaaaaaaaaaaa1", "1aaaaaaaaaaaaa2", "abababababab", "abcabcabcabc!", "123412341234x", "哈哈哈哈哈哈哈哈哈哈哈哈",
        "abcdefghijklm", "zyxwvutsrqpo", "1234567890123", "12345678abcd", "qwertyuiop12", "asdfghjkl;123",
        "宁致远宁致远宁致远宁致远", "ningning-ning", "Ning宁致远2011", "宁致远@云岭大学2011", "文学院教工党支部12345",
        "dianping-2011", "领导点评领导点评12", "Password20110105", "党支部书记宁致远123",
        "wenxueyuan2011", "WenXueYuan@2011", "wen xue yuan 2011!", "yunlingdaxue", "yunlingdaxue2011", "yunling201101", "ningzhiyuan",
        "ningzhiyuan1990", "nzynzynzynzy", "wxyjgdzb2011", "jiaogongdangzhibu", "abcd1234abcd1234", "moonmoonmoon", "Xk7m-Xk7m-Xk7m-",
        "qazwsxedcrfv", "1qaz2wsx3edc4rfv", "zaqxswcdevfr", "qwerasdfzxcv", "poiulkjhmnbv", "woaizhongguo", "woaizhongguo1949",
        "99000019900101123x!", "13812345678abc", "20110105abcd", "ning20110105ning", "11111111111111",
    ],
)  # fmt: skip
def test_what_somebody_who_knows_the_person_would_try_is_refused(password: str) -> None:
    faults = password_faults(password, about=ABOUT)
    assert faults
    assert all(fault.endswith("。") for fault in faults)


def test_every_length_below_the_least_is_refused() -> None:
    long = "Xk7.mw2Qp9!fGr5&tZ"
    for length in range(len(long) + 1):
        assert bool(password_faults(long[:length])) == (length < LEAST)
    assert password_faults("两" + long * 10)


@pytest.mark.parametrize(("password", "taken"), [
    ("three-plain-words", False), ("Three-plain-words", True), ("three-plain-w0rds", True), ("THREEPLAINW0RDS", False),
    ("石榴花开三月八听雨楼台上", False), ("石榴花开 three 月8听雨楼", True),
])  # fmt: skip
def test_composition_is_asked_where_the_standard_is_chosen(password: str, taken: bool) -> None:
    assert not password_faults(password)
    assert (password_faults(password, composed=True) == []) is taken


def test_the_letter_of_a_reading_is_known_of_common_characters() -> None:
    assert (
        "".join(initial(sign) for sign in "宁致远祁文澜甘棠冉一清明川大学党委组织部")
        == "nzyqwlgtryqmcdxdwzzb"
    )
    assert initial("龘") == initial("x") == ""
    assert without_spelled("ningdayuan", ["宁龘远"]) == "", "of a rare one any syllable will do"


@pytest.mark.parametrize(("text", "left"), [
    ("xwenxueyuan", "x"), ("wen-xue_yuan", ""), ("yunling", ""), ("yunlingdaxuex", "x"), ("wenxue", "wenxue"), ("ning", "ning"),
    ("ningzhiyuan", ""), ("nzy", ""), ("jiaogongdang", ""), ("", ""), ("wen", "wen"),
])  # fmt: skip
def test_names_spelled_out_are_taken_out(text: str, left: str) -> None:
    assert without_spelled(text, ("文学院", "云岭大学", "宁致远", "第一教工党支部")) == left
