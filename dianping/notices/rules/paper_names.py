"""Names of papers to be handed in: cut free of dates, manners, copies and owners, and told apart where two are joined."""

import re

from dianping.base.numerals import numeral
from dianping.notices.rules.words import DOCUMENTS

# The word for a paper: any of DOCUMENTS, the longest first.
DOC = rf"(?:{'|'.join(sorted({*DOCUMENTS} - {'书'}, key=len, reverse=True))}|(?<![秘文])书|(?<![孤简])单)"
# What the same paper is in: 电子版, 纸质版.
_MEDIUM = r"(?:电子版|纸质版|电子稿|电子文档|电子文本|纸质稿|纸质材料|扫描件|Word版|word版|Excel版|纸质|电子|原件|签字版|盖章版)"
# The end of a paper's name: 总结, 附件2, 《…》, 登记表（样式）.
_DOC_END = re.compile(rf"(?<!装订成)(?:{DOC}|附[件表]\d{{0,2}}|》)(?:（[^）]{{1,20}}）)?$")
# A date or a deadline at the end: 于6月30日前, 2010年12月底, 每季度末.
_DATE_AT_END = re.compile(
    r"[，]?(?:于|在|务于|应于|须于|请于|务必于)?(?:\d{4}年|[一二][\d〇○零一二三四五六七八九OoОΟ]{3}年|今年|明年|本年)?"
    r"(?:[^，。；于在》]{1,16}?(?:日|月|底|末|旬|节|周[一二三四五六日]|\d)(?:（[^）]{2,4}）)?(?:[^，。；》]{0,8}?)?(?:之?前|以前|止|内)?|每(?:季度|月|年|半年)[末底]?)$"
)
# A day at the end: 于12月5日前, 10月底前, 在9月份, 本季度末.
DAY_AT_END = re.compile(
    r"，?(?:务必|要|应|须|将|请)?(?:[于在])?(?:(?:\d{4}|今|明|本)年)?(?:(?:\d{1,2}|[一二三四五六七八九十元]{1,2})月(?:份|底|末|初|[上中下]旬|\d{1,2}[日号]?)?"
    r"|[本下]?周[一二三四五六日末]|[本下]?(?:月|季度|学期|年)[底末内]|春节|国庆节?|元旦|“?七一”?)(?:之?前|以前|内|期间)?$"
)
# One manner at the end, no part of a paper's name: 书面, 统一, 一式三份, 由各支部, 经审核后, 签字扫描后.
_EXTRAS = re.compile(
    rf"(?:书面|密封|统一|一并|一起|一块|同时|按时|及时|如期|汇总后?|打包|收[回齐]后?|整理后?|填[好写]后?|装订|并|再|以书面形式|通过[^，]{{2,8}}|以[^，]{{2,12}}为单位"
    rf"|(?:[，、]?(?:签字|盖章|加盖公章|扫描|拍照|复印|压缩|打包|打印|审核|核对|密封|装订|汇总)){{1,4}}(?:[成为][A-Za-z]{{2,6}}(?:格式)?)?后?|(?<=》)(?:原件|复印件|正本|副本)|直接|提前|事先|缺.{{1,8}}|以(?:正式|书面|红头)?(?:文件|公文|电子邮件|邮件|函|形式)(?:的?(?:形式|方式))?|随[^，]{{1,8}}?(?:一并|一起)?|的?(?:盖章|签字|加盖公章的?)*{_MEDIUM}(?:[和及、]{_MEDIUM})*|{_MEDIUM}(?:和{_MEDIUM})?|正式|，|、|务必|请|盼|望|应|须|要|均|放[^，]{{1,8}}上了?|分别|逐级|均|各|一式[^，]{{1,3}}份|[一二两三四五六\d]{{1,2}}[份篇份]|由[^，]{{2,12}}|经[^，]{{2,16}}后)$"
)
# How many, at the end: 不少于3篇, 两期, 各1篇, 一份.
_COUNT = re.compile(
    r"(?:不少于|不超过|不低于|至少|各)?(?:\d{1,3}[-—~至])?(?:\d{1,3}|[一二两三四五六七八九十壹贰叁])[篇份期次条个张](?:以上)?$|[每一]?人各?一[份式张表]$|一式[^，]{1,3}份$"
)
# What leads a name and is no part of it: 本单位的, 评后的, 1—2个, 上月, 填写.
_LEAD = re.compile(
    r"^(?:(?:本单位|本支部|各自|自己|你单位|你们)的?(?=[一二三\d]|的)|(?:点评|评议)?[评后]后的|(?:本|该|此)(?=《)|(?:签字|盖章|签名|加盖公章|填[写好]|审核|整理|签收)(?:、?(?:签字|盖章))?后的|一次(?=..)|(?:一[份篇])?(?:不少于|不超过|约)?\d{2,5}字(?:左右|以内|以上)?的|上个?月(?=[^的])|(?:纸质|电子)版(?=[\u4e00-\u9fff]{2})|相关|有关|(?:必须|要)?(?:见到|看到|拿到|收到|收齐|收好)|(?:谁|凡|凡是)?(?:还|尚)?[没未]有?(?:上?[交报]|填|提交)的?|如实|认真|及时|另行?|(?:\d{1,2}[-—~至])?(?:\d{1,2}|[一二三两])[个篇份期]|的"
    r"|(?:并|且|，)?(?:填写|填报|填好|填|撰写|写出|形成|完成|上报|报送|准备|整理|梳理))(?!$)"
)
# What may join two papers: 和, 以及, 、.
_JOINTS = re.compile(
    r"，?连同|(?<=》)(?=《)|和|以及|及|(?<!姓名)、|、(?!联系电话|电话|职务|手机|联系方式)|与|并"
)
# By whom it is gathered, behind a paper: 名单 (以支部为单位汇总).
_GATHERED_BY = re.compile(r"(?<=..)以[^，]{2,12}为单位(?:统一)?(?:汇总|收集|上报|整理)?$")
_MOST_TURNS = 8


def is_paper(words: str) -> bool:
    """Whether words end as the name of a paper does."""
    return bool(_DOC_END.search(words))


def trimmed(words: str) -> str:
    """A paper's name without dates, manners, media and copies behind it and what leads to it."""
    what = _GATHERED_BY.sub("", words.strip("，、 "))
    for _ in range(_MOST_TURNS):
        # A medium or a manner at the end, though it ends as a paper's name does: 登记表电子版.
        if is_paper(what) and not re.search(rf"(?:书面|{_MEDIUM})$", what):
            break
        shorter = _EXTRAS.sub("", _COUNT.sub("", what))
        if shorter == what:
            shorter = DAY_AT_END.sub("", what)
            shorter = shorter if shorter and shorter != what else _DATE_AT_END.sub("", what)
        if shorter == what or not shorter:
            break
        what = shorter
    for _ in range(_MOST_TURNS):
        shorter = _LEAD.sub("", what)
        if shorter == what:
            break
        what = shorter
    return what.strip("，、 ")


def paper_in(words: str) -> str:
    """The paper some words name, trimmed; "" when they name none."""
    what = trimmed(words)
    return what if is_paper(what) else ""


def is_medium(words: str) -> bool:
    """Whether a name is only the medium of a paper named before: 电子版."""
    return bool(re.fullmatch(_MEDIUM, words)) or words in (
        "电子",
        "纸质",
        "复印件",
        "纸质的",
        "电子的",
    )  # a medium alone


# How many are handed in: 一式两份, 各3份, 1份.
_COPIES = re.compile(r"(?:一式|各|共)?(?P<n>\d{1,2}|[一二两三四五六七八九十壹贰叁肆伍])份")
_WORDS_OF = {"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}


def copies_of(paper: str, text: str) -> int:
    """How many of a paper a sentence asks for, told behind its name and before another in marks; 0 where it is not."""
    at = text.find(paper)
    if at < 0:
        return 0
    behind = text[at + len(paper) :].partition("《")[0]
    told = _COPIES.search(behind) or (_COPIES.search(text, at) if "各" in text[at:] else None)
    return (_WORDS_OF.get(told["n"]) or numeral(told["n"]) or 0) if told else 0


def without_media(names: list[str]) -> list[str]:
    """The names, without a medium beside a paper: 《登记表》, 复印件 is one paper."""
    papers = [name for name in names if not is_medium(name)]
    return papers or names


def told_apart(what: str) -> list[str]:
    """公开承诺书和整体情况 are two, where each half is a paper by itself."""
    parts, last = [], 0
    for joint in _JOINTS.finditer(what):
        if (
            joint.start() > last
            and is_paper(trimmed(what[last : joint.start()]))
            and is_paper(what[joint.end() :])
        ):
            parts.append(what[last : joint.start()])
            last = joint.end()
    names = [*parts, what[last:]]
    return [name for name in (trimmed(part) for part in names) if name]
