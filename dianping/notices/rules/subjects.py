"""Who acts in a sentence: the body or person named before the verb, and names told apart from what follows them."""

import re

from dianping.notices.rules.words import BODIES, MODALS

# What the name of a body or of somebody in office ends with, the longest first: 党支部, 书记, 联系点.
ENDING = rf"(?:{'|'.join(sorted({*BODIES, '联系点'}, key=len, reverse=True))})"
# Such a name at the end, with or without brackets: 党委书记（副书记）.
_NAMED = re.compile(rf"{ENDING}(?:（[^）]{{1,20}}）)?$")
# What may stand behind who acts: 要, 应, 对, 负责, a month, a year.
_FOLLOWS = (
    rf"(?:{'|'.join(MODALS)}|结合|采取|采用|利用|运用|受|参加|负责(?![人同])|牵头|按|根据|依照|围绕|在|到|深入|通过|对|每|于|逐|近期|当场|代表|就|向|把|将|集中|随时|随机"
    r"|集体|共同|一起|联合|亲自|年内|给|不得|汇总|审核|收齐|带头|写出|写好|填写|填好|建立|做好|进行|组织(?![部委处科员人生关])|完成|听取|制定|上报|报送|提交|装订|密封|打印|盖章|签字|点评|讲评|评议|收|写(?!作)|撰写|形成|召开|既|务于|以"
    r"|推荐|选送|选派|选取|确定|明确|安排|指定|抓紧|尽快|对照|准备|准时|按时|如实|主动|严格|积极|一律|适时|择机|自行|直接|没有|参照|登录|逐[一个名]|轮流|统筹|至少|依次|派[员人]|包干|分片|下沉|分头|分赴|抽[取选]|选择|挑选|作为|包片|包联|挂点|蹲点"
    r"|报(?!告|社|道|名|纸)|交(?!通|警|流|叉|易)|送(?!货|别)|填|寄|缴|先(?!进|锋|行)|再|已|补|汇报"
    r"|还|\d|[一二三四五六七八九十元〇]{1,3}月|[12二][\d〇○零一二三四五六七八九Oo]{3}年|月底|年底|春节|□)"
)
# Who acts, at the beginning, up to the first word that may follow: 各党支部书记 of 各党支部书记要.
_SUBJECT = re.compile(rf"([^，。；：]{{0,60}}?{ENDING}(?:（[^）]{{1,20}}）)?(?:的?书记|等)?)(?=$|{_FOLLOWS})")
# What leads into a clause: 同时, 请, 一、, （二）, 2010年6月底前.
_LEADING = re.compile(
    r"(?:(?:并且?|且|同时|此外|另外|另，|而|随后|然后|接着|其中|再|也|还|然后|原则上|凡|请|让|由|要|须|应|必须|一般|届时|今后|此后)"
    r"|(?:第[一二三四五六七八九十]{1,3}[条章]|第?[一二三四五六七八九十]{1,3}[、，.]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}(?:、|\.(?!\d(?!\d?月|\d{3}年)))|[①-⑳])"
    r"|(?:(?:\d{4}年)?(?:\d{1,2}|元|[一二三四五六七八九十]{1,2})月(?:\d{1,2}[日号]?|[上中下]旬|底|初|份)?(?:（[^）]{2,4}）)?(?:之?前|起|内)?)"
    r"|(?:年底|月底|[“\"]?(?:七一|五一|五四|八一|十一|三八|六一|元旦|国庆|春节|中秋|清明|端午)[”\"]?节?)(?:前夕?|期间|后))+"
)
# Pauses and one number at the beginning, or nothing: “、（二）”, 3..
_NUMBERING = re.compile(
    r"[，、并\n]*(?:第[一二三四五六七八九十]{1,3}[条章]|第?[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}(?:、|\.(?!\d(?!\d?月|\d{3}年)))|[①-⑳])?"
)
# A beginning that is nobody who acts: 通过, 在, 按照, 每月.
_NOT_SUBJECT = re.compile(
    r"兹|全部|大部分?|定于|拟于|决定|召开|举行|举办|经研究|通过(?!人)|在(?![职编岗校册读])|根据|按照|依据|依照|围绕|结合|以(?!色列)|为|从(?!业)|于|将(?!军)|把|如果|如(?!东|皋)|对(?![外口])|经(?![济贸管营理])|当(?!地)"
    r"|针对|受(?![理益聘评])|凭|因|关于|随(?!军)|利用|采取|可以?|确保|努力|不|向(?!阳)|每(?:[月季年周两]|半年)"
)
# A meeting that is held, and nobody who acts: 召开党员大会.
_HELD = re.compile(r"(?:召开|举行|举办|参加|列席).*会$")
# Who acts behind what is acted on: 自评表经 (党小组), 意见卡由 (群众).
_THROUGH = re.compile(r".*(?:经(?![理济贸营管费办])|由(?!于|此))(?=..)")
# Where a sentence is cut into clauses.
_BREAKS = re.compile(r"[，：]")


def is_named(text: str) -> bool:
    """Whether the words end as the name of a body or of somebody in office does."""
    return bool(_NAMED.search(text))


def numbering(text: str) -> int:
    """How many characters of numbering and pauses the words begin with."""
    match = _NUMBERING.match(text)
    return match.end() if match else 0


def without_lead(text: str) -> str:
    """The words without numbering, connecting words and a date at their beginning."""
    match = _LEADING.match(text)
    return text[match.end() :] if match else text


def subject_of(left: str) -> str:
    """The nearest body or person named at the beginning of a clause of the sentence before the verb; empty when none."""
    for part in reversed(_BREAKS.split(left)[-8:]):
        bare = without_lead(part)[:120]
        if not bare or _NOT_SUBJECT.match(bare):
            continue
        match = _SUBJECT.match(bare)
        if match and not _HELD.search(match[1]):
            return _THROUGH.sub("", match[1])
    return ""
