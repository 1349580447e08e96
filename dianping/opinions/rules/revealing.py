"""Hints that a sentence may show who wrote it: shown while somebody writes, and never in his way.

The patterns are read by Python's `re` and by JavaScript's `RegExp` alike, and mean the same to both: no lookbehind, no
named groups, and character classes spelt out, for `\\d`, `\\s`, `\\w` and `\\b` differ between the two. A hint is no
judgement: nothing is refused, counted or kept because of it. The surnames are frequent ones; those that end an everyday
word (提高, 模范, 关于) count only where they do not stand behind the character that makes the word.
"""

import re
from functools import cache

_DIGIT = "[0-9０-９]"
_NUMBER = "(?:[0-9０-９]{1,3}|[一二两三四五六七八九十]{1,3})"
_NOT_DIGIT = "(?:^|[^0-9０-９])"
_GAP = "[ 　—-]?"
_START = "(?:^|[，。；：、！？,.;:!?（( 　\\n])"
_UNIT = "(?:科室|教研室|实验室|办公室|党小组|小组|班组|车间|支部|科|处(?!理|于|在|处)|班|组|队|室|系|所)"
_WE = "(?:我们|咱们|我)"
_SURNAMES = (
    "王李张刘陈杨赵黄吴徐孙胡朱郭罗梁宋郑韩唐冯董萧肖曹袁邓傅付沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫潘杜戴夏钟汪田"
    "姜崔谭廖邹熊孟秦邱侯尹雷龙陶贺毛郝龚邵钱覃武莫孔汤甘祁宁冉柳齐康梅洪倪严牛葛岳鲁樊殷翟霍褚温"
)
_IN_WORDS = {
    "高": "提最更较很",
    "于": "关对由至等属",
    "谢": "感多",
    "何": "任如为",
    "许": "也或允",
    "余": "其业多剩",
    "周": "每一上下本双",
    "程": "工课过日",
    "范": "模示师规",
    "方": "地双各对多",
    "任": "新现前原担兼专历上继责主",
    "林": "园造森",
    "马": "人",
    "史": "历",
    "文": "语中英作公",
    "庄": "村",
    "施": "设实",
    "江": "沿",
    "石": "基",
}
_TITLE = "副?(?:老师|书记|主任|科长|处长|院长|校长|局长|部长|支书)"
_NAMED = "|".join([f"[{_SURNAMES}]", *(f"(?:^|[^{before}]){name}" for name, before in _IN_WORDS.items())])

PATTERNS: tuple[tuple[str, str], ...] = (
    (
        f"{_NOT_DIGIT}(?:[1１][3-9３-９]{_DIGIT}(?:{_GAP}{_DIGIT}{{4}}){{2}}|[0０]{_DIGIT}{{2,3}}{_GAP}{_DIGIT}{{7,8}})"
        f"(?!{_DIGIT})",
        "这里好像有电话号码，别人可以由它找到您；请删去，处理结果凭回执号可以查到。",
    ),
    (
        f"{_NOT_DIGIT}[1-9１-９](?:{_DIGIT}{{14}}|{_DIGIT}{{16}}[0-9０-９XxＸｘ])(?!{_DIGIT})",
        "这里好像有身份证号码，别人可以由它知道是谁；请删去。",
    ),
    (
        "[A-Za-z0-9._%+-]{1,64}[@＠][A-Za-z0-9-]{1,63}[.．][A-Za-z]{2}",
        "这里好像有电子邮箱，别人可以由它找到您；请删去，处理结果凭回执号可以查到。",
    ),
    (
        f"我(?:就)?是(?!说|指|否|想|不|没|认为|觉得|希望|同意|赞成|支持|拥护|怕|真|非常|很|这样|这么)|{_START}我(?:叫|姓)(?!他|她|人|大家)",
        "这里写了您是谁；可以只写事情，不写自己的身份。",
    ),
    (
        f"{_START}本人(?!认为|觉得|建议|希望|同意|赞成|支持|没有|无|对|的意见|意见)",
        "“本人”后面写的事，别人可能由它认出您；可以只写事情，不写自己的经历和岗位。",
    ),
    (
        f"{_WE}(?:在|是|这个|这|那个)?第?{_NUMBER}(?:个)?{_UNIT}(?!人)|{_WE}(?:这个|这|那个)?{_UNIT}[^。！？；\\n]{{0,6}}"
        f"{_NUMBER}(?:个人|人|名|位|号|个)",
        "写出班组、科室和人数，范围就很小了，别人可能猜到是您；可以只写“有的科室”。",
    ),
    (
        f"(?:{_NUMBER}月{_NUMBER}[日号]|{_DIGIT}{{4}}[-/.]{_DIGIT}{{1,2}}[-/.]{_DIGIT}{{1,2}})[^。！？；\\n]{{0,5}}"
        f"(?:[上下中]午|早上|晚上|凌晨|{_NUMBER}(?:点|时(?!候)|[:：]{_DIGIT}{{2}}))",
        "写出了日期和钟点，当时在场的人可能猜到是您；可以只写“有一次”或者月份。",
    ),
    (
        f"(?:{_NAMED}){_TITLE}",
        "这里提到了某一位的姓和职务，和他打交道的人不多时，别人可能猜到是您；可以只写事情。",
    ),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    # What each finds, its sentence in PATTERNS says.
    return tuple((re.compile(source), sentence) for source, sentence in PATTERNS)


def revealing(text: str) -> tuple[str, ...]:
    """The advice for what in a text may show its writer, one sentence a kind; empty for an ordinary text."""
    return tuple(sentence for pattern, sentence in _compiled() if pattern.search(text))
