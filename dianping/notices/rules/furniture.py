"""What stands around a notice and is not of it: a page's path, day of posting, counters, buttons; page numbers, stamps of
an archive, the head of a mail, a blank slip. It stays in the text, marked, and nothing is read from it.

Labels before the notice's own words (发文字号：, 标题：) are marked alone; issuer and day told by such fields are kept, for where
the notice itself prints none. The text comes in one spelling of characters, blanks and line ends as they were typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dianping.notices.rules.traditional import is_traditional, simplified

_LONGEST = 160  # characters of a line looked at; a longer one is the notice's own
_BLANK = "[ \t\u3000\xa0]"
# A line that is not empty.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_ENDED = re.compile(r"。|；$")  # a sentence's end, which no such line has


def _spaced(words: str) -> str:
    """Labels whose characters may stand apart: 标　　题."""
    return "|".join(f"{_BLANK}*".join(word) for word in sorted(words.split(), key=len, reverse=True))


_OF_A_PAGE = (
    "发布日期 发布时间 发表时间 发表日期 更新时间 更新日期 发稿时间 创建时间 录入时间 上传时间 推送时间 发布人 发布者 发布单位 发布部门"
    " 发布机构 发布来源 发布范围 发布 公开方式 公开日期 公开时间 公开属性 公开类型 公开形式 公开范围 公开责任部门 浏览次数 浏览量 浏览数"
    " 浏览 点击次数 点击量 点击数 点击率 点击 阅读次数 阅读量 阅读数 阅读 访问量 访问次数 人气 来源单位 信息来源 文章来源 新闻来源"
    " 稿件来源 来源 作者 编辑 责任编辑 责编 美编 审核人 审核 审稿 初审 复审 终审 校对 校稿 录入 撰稿 供稿 摄影 字号 字体大小 字体"
    " 信息索引号 索引号 主题分类 信息分类 体裁分类 组配分类 生成日期 收文日期 收文编号 收文号 收文时间 来文单位 办文编号 流水号 紧急程度 缓急"
    " 拟稿人 拟稿 核稿人 核稿 下载次数 附件大小 公开目录 公开主体 公开事项 信息名称 打字 全宗号 目录号 案卷号 发件人 发件时间 发送时间 收件人 收件时间 发信人 收信人 发信时间 分享到 评论"
    " 办理状态 公文状态 流程状态 当前节点 办理结果 拟稿部门 张贴人 张贴日期 张贴时间 文字 图片 图文 排版 制图 监制 值班编辑 网络编辑 微信编辑 投稿邮箱 微信号 公众号 功能介绍 打印时间 打印日期 打印人 导出时间 导出人 网站标识码 文件大小 文件类型"
)
_BESIDE_THEM = "投诉电话 监督电话 主题词 时间 日期 标签 分类 类别 栏目 所属栏目 状态 关键词 关键字 有效期 有效期至 有效性 时效性 密级 服务对象 审签 页号 件号"
_TITLES = "信息标题 公文标题 文件标题 标题 文件名称 公文名称 正文"
_NUMBERS = "发文字号 公文文号 发文文号 文号 文件字号 发文编号"
_PUBLISHERS = "发布机构 发布单位 发布部门 信息来源 来源单位"
_ISSUERS = "发文机关 发文单位 制发机关 制发单位 印发机关 发布机关"
_DAYS = "成文日期 发文日期 制发日期 签发日期"
# A field's label with its colon, at the beginning of a line or behind a blank or a bracket: 发布日期：.
_LABEL = re.compile(
    rf"(?:^|(?<=[ \t\u3000\xa0】\]|（(【\[，,；;]))(?:(?P<page>{_spaced(_OF_A_PAGE)})|(?P<beside>{_spaced(_BESIDE_THEM)})"
    rf"|(?P<title>{_spaced(_TITLES)})|(?P<number>{_spaced(_NUMBERS)})|(?P<issuer>{_spaced(_ISSUERS)})"
    rf"|(?P<date>{_spaced(_DAYS)})){_BLANK}*[：:｜丨]"
)
# Other fields before one that is known, parted from it by blanks: 公开编号：07　 (公开方式：主动公开).
_OTHER_FIELDS = re.compile(
    rf"(?:[^\s。；，：:]{{2,10}}{_BLANK}*[：:]{_BLANK}*[^\s。；，：:]{{1,24}}{_BLANK}+)+"
)
# A title's label beside other fields: 名　　称：.
_NAME_FIELD = re.compile(rf"(?:{_spaced('名称 题名 题目 事项')}){_BLANK}*[：:]{_BLANK}*(?=[^\n]{{6}})")
# A title's label without its colon: 标  题  关于….
_BARE_TITLE = re.compile(rf"标{_BLANK}*题{_BLANK}+(?=关于|[^：: \t\u3000]{{6}})")
# The head of a mail: 发件人：.
_MAIL = re.compile(rf"(?:发件人|收件人|发信人|收信人){_BLANK}*[：:]")
# What else stands in it: 主题：关于….
_MAIL_MORE = re.compile(
    rf"(?P<topic>主题{_BLANK}*[：:]{_BLANK}*)|(?:抄送|密送|附件|日期|时间|优先级){_BLANK}*[：:]"
)
_MAIL_LINES = 8
# The places of a page between signs: 首页 > 通知公告 > 正文; 通知公告 / 组织部 / 详情.
_PATH = re.compile(
    r"(?:您?(?:的|现在|目前|当前|所在)*位置|当前位置|所在位置|当前栏目)\s*(?:是|为)?\s*[：:>＞»›].*"
    r"|\[?(?:网站)?(?:首页|主页)\]?\s*(?:[>＞»›→|/·-]+\s*[^>＞»›→|/。]{1,20}){1,6}"
    r"|[^>＞»›→。；]{1,14}(?:\s*(?:>>?|＞|»|›|→)\s*[^>＞»›→。；]{1,20}){2,6}"
    r"|[^/。；]{1,14}(?:\s+/\s+[^/。；]{1,14}){2,5}"
)
# A word of a button or a counter, with its figure: 打印本页, 已读 34, 评论(0).
_BUTTON = (
    r"(?:打印(?:本页|此页|文章|预览)?|关闭(?:窗口|本页|页面)?|分享(?:到|至)?|加入收藏|收藏|转发|转载|附件下载|下载附件|点击下载|查看附件|扫码阅读|回到顶部|评论|点赞|在看|微信|微博|QQ空间|朋友圈|返回(?:顶部|列表|首页|上页)?|网站首页|首页"
    r"|大|中|小|特大|字[号体](?:大小)?|复制(?:链接|全文)|全部下载|下载|导出|上一页|下一页|已读|未读|阅读|浏览|我要纠错|无障碍|登录|注册|设为首页|更多|关注)"
    r"(?:\s*[：:]?\s*[（(\[]?\s*\d{1,7}\s*(?:次|人)?\s*[)）\]]?)?"
)
# Nothing but such words between signs: 【打印本页】 【关闭窗口】, 字号：大 中 小.
_BUTTONS = re.compile(
    rf"[【\[（(|\s]*{_BUTTON}(?:[】\]）)|/\s：:【\[（(·，、]+{_BUTTON}){{0,12}}[】\]）)|\s]*"
)
# One of them that a notice never has alone on a line, so that 小 or 下载 is none.
_SURE_BUTTON = re.compile(
    r"附件下载|下载附件|点击下载|查看附件|转载|回到顶部|打印|关闭|分享|收藏|点赞|在看|返回|评论|字[号体]|已读|阅读|浏览|首页|登录|复制"
)
# How a line begins that only a page has: 上一篇：, 版权所有, 阅读 1204, 微信扫一扫.
_BEGINS = re.compile(
    r"[【\[]?(?:上一?[篇条]|下一?[篇条]|前一[篇条]|后一[篇条])\s*[】\]]?\s*[：:]|版权所有|[Cc]opyright|©|技术支持\s*[：:]|主办单位\s*[：:].*承办|[^。]{0,8}ICP备|[^。]{0,6}公网安备"
    r"|(?:微信)?扫[一描]|长按(?:二维码|识别)|关注(?:我们|公众号|微信)|点击(?:上方|下方|蓝字|阅读原文|关注)|阅读原文|以下文章来源|网站地图|预览时标签|阅读\s*\d|浏览\s*\d|点个?[“\"]?(?:在看|赞)|觉得不错|转发给更多|分享给更多|识别.{0,4}二维码|用微信|使用微信|手机(?:扫码|阅读|查看)|\d{1,3}\s*楼\s|楼主\s|沙发\s|回复\s*[：:#\d]|本帖最后|只看该作者|由?\s*扫描全能王|CamScanner|[Pp]owered\s|往期(?:回顾|推荐|精选)|(?:精选|写)?留言(?:\s*\d*)?$|收录于(?:合集|话题)|来自\s?\S{1,12}客户端|IP属地|发布于\s?\S{2,4}$|您是第\s*\d|网站(?:声明|导航|标识码)|[（(](?:全文|正文)?完[)）]$|[—-]*\s*(?:THE\s)?END\s*[—-]*$|戳(?:这里|上方|下方|左下)|建议使用.{0,12}浏览|\S{1,14}\s*(?:邀请\S{1,12}加入了群聊|撤回了一条消息)|以下(?:为|是)新消息|以上是打招呼|复印件与原件|[^。；]{2,14}全宗号"
)
# What heads a list of other pages: 相关阅读, 喜欢此内容的人还喜欢.
_OTHERS = re.compile(
    r"[【\[]?(?:相关(?:阅读|文档|文件|新闻|文章|链接|信息|稿件)|推荐阅读|延伸阅读|猜你喜欢|喜欢此内容的人还喜欢|热门(?:文章|推荐|新闻)|最新(?:文章|公告|动态))"
)
# A day with its hour, and what a page says beside it: 2010年12月29日 00:00 某某 点击:[], 柏岭先锋 2023-06-13 18:20 发表于 岚州.
_POSTED = re.compile(
    r"(?:[^\s。；，：:]{2,16}\s+)?[\[【(（]?20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?[\]】)）]?(?P<hour>\s+\d{1,2}[：:]\d{2}(?:[：:]\d{2})?)?"
    r"(?P<rest>.{0,60})"
)
# The day of posting in brackets behind a title: …的通知 [2021-11-23].
_BEHIND_TITLE = re.compile(
    r"(?:通知|意见|方案|通报|公告|决定|安排|办法)(?P<day>\s*[\[【(（]20\d\d[-./]\d{1,2}[-./]\d{1,2}[\]】)）])$"
)
# A line of short pieces between blanks with a day in figures and its hour, as pages print it: 原创 某地先锋 2021-03-16 07:30,
# 2025/9/16 10:22　通知公告-某街道; no field of a meeting.
_STAMPED = re.compile(
    r"(?:[^\s。；，：:]{1,16}\s+){0,4}20\d\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}\s+\d{1,2}[：:]\d{2}(?:[：:]\d{2})?(?:\s+[^\s。；，：:至—～~]{1,24}){0,4}"
)
# What tells that the day or hour of such a line is a limit: 截止 17:30, 上报截止　市委组织部 2010-12-20 17:00, 年底前 …, … 17:00 前.
_LIMIT = re.compile(
    r"(?!20\d\d)\S+前|(?:(?!20\d\d\s*[-/.年]).)*?(?:截止|报送|上报|报到|时限)|.*\d\s*(?:前|截?止)(?:[\s报交送上]|$)"
)
# An address of a page, perhaps with its number: https://example.com/tz.html 1/2.
_ADDRESS = re.compile(r"(?:https?[：:]//|www\.)[^\s\u4e00-\u9fff]+(?:\s+\d{1,3}\s*/\s*\d{1,3})?")
# A line without a Han character, as a sign in letters is: HAIJIA PORT GROUP, END.
_LETTERS = re.compile(r"(?=.*[A-Za-z]{3})[A-Za-z][A-Za-z\s.,&'’·-]*")
# What may follow the day on such a line: nothing, a place, a counter, a source.
_BESIDE_POSTED = re.compile(
    r"\s*(?:发表于\s*\S{0,12}|.*(?:点击|浏览|阅读|来源|作者|编辑|评论|人气|打印|字号|字体|分享|收藏|A\s?[+＋]|T\s?[+＋]|只看).*)?"
)
# A page's number: — 1 —, 第 2 页 共 5 页, 3/12.
_PAGE = re.compile(
    r"[—–―─\-－~·•\s]*[—–―─\-－~·•]\s*\d{1,4}\s*[—–―─\-－~·•][—–―─\-－~·•\s]*|第\s*\d{1,4}\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
# A line drawn with signs: ————, ======.
_RULE = re.compile(r"[-—–―─=＝_＿*＊~～·.…]{4,}")
# What is said of the making of a paper: （此件公开发布）, （打字：秦某 校对：薛某）.
_MAKING = re.compile(
    r"[（(]\s*(?:此件|本件)?\s*(?:主动公开|公开发布|依申请公开|不予公开|删减后公开)\s*[)）]|[（(]?\s*打字\s*[：:].*"
)
# The column of a page above a title: 党建动态, 通知公告.
COLUMN = re.compile(
    r"(?:动态|公告栏?|要闻|专栏|园地|之窗|在线|网站?|频道|专题|天地|快讯|资讯|简讯|信息公开|政务公开|党务公开|公示栏|新闻|文件通知)$"
)
# A board papers are posted on: 村党务公开栏（第2期）.
_BOARD = re.compile(
    r"[^。；：，\s]{0,16}(?:公开|公示|公告|宣传|通知|党建)栏\s*(?:[（(]?\s*(?:总?第\s*)?[\d一二三四五六七八九十]{1,4}\s*期\s*[)）]?)?"
)
# Who wrote in a chat, and at what hour: 老陈 10:32, 昨天 下午3:20; a day (12月29日 14:30) wrote nothing.
_IN_CHAT = re.compile(
    r"(?:[^\s。；，：时间会\d月日前]{1,12}\s+)?(?:昨天|今天|星期[一二三四五六日]|周[一二三四五六日])?\s*(?:上午|下午|晚上|凌晨)?\s*\d{1,2}[：:]\d{2}(?:[：:]\d{2})?"
)
# One field left blank: 被点评支部：____, 一、亮点：____, 签名：____  2015年12月__日.
_BLANK_FIELD = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,2}[、.．])?[^。；：:]{1,24}[：:]\s*[_＿]{2}[\s_＿\d年月日]*"
)
# What heads a slip to be filled in and sent back: 回　执, 参会回执单.
_SLIP = re.compile(r"[\u4e00-\u9fff]{0,6}回\s*执\s*(?:单|条|表)?")
# A line of it, with labels only: 单位（盖章）：; 姓名　　　职务　　　手机.
_OF_SLIP = re.compile(
    r"(?:[^。；，：:\s]{1,14}\s*[：:]\s*){1,4}|[^。；，：:\s]{1,8}(?:\s+[^。；，：:\s]{1,8}){1,7}"
)
# The name of a page above its day of posting: 梧岭先锋; not a body that may have issued the notice.
_ACCOUNT = re.compile(
    r"[^\s。；，：、《》（）]{2,10}(?<!委员会)(?<!党委)(?<!支部)(?<!党组)(?<!通知)(?<!办公室)(?<!部)(?<!文件)(?<!小组)(?<!单位)"
)
# A blank to be filled in: ____.
_BLANKS = re.compile(r"_{2,}|＿{2,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that is not of the notice. `told` holds what its fields say of the notice: "issuer" or "date", and words."""

    start: int
    end: int
    told: tuple[tuple[str, str], ...] = ()


def places_of_furniture(text: str) -> list[tuple[int, int]]:
    """Where such stretches stand in a text as it was entered."""
    plain = simplified(text) if is_traditional(text) else text
    return [(piece.start, piece.end) for piece in furniture_in(plain.replace("\r\n", "\x00\n"))]


def furniture_in(text: str) -> list[Piece]:
    """Every such stretch, in order, none in another."""
    found: list[Piece] = []
    mail, others, fields, slip = 0, False, False, False
    for line in _LINE.finditer(text):
        start, end = _trimmed(text, *line.span())
        if start == end or end - start > _LONGEST:
            continue
        bare = text[start:end]
        among_fields, fields = fields, False
        slip = bool(_SLIP.fullmatch(bare)) or (slip and bool(_OF_SLIP.fullmatch(bare)))
        if _MAIL.match(bare):
            mail = _MAIL_LINES
        mail -= mail > 0
        more = _MAIL_MORE.match(bare) if mail else None
        if more:
            found.append(Piece(start, start + more.end() if more["topic"] else end))
            mail = min(mail, 3) if more["topic"] else mail
        elif (others and not _ENDED.search(bare) and end - start <= 60) or (
            slip and not _SLIP.fullmatch(bare)
        ):
            found.append(Piece(start, end))
        elif _is_furniture(bare):
            fields = among_fields
            found.append(Piece(start, end))
            others = bool(_OTHERS.match(bare))
        else:
            others = False
            of_it = list(_fields(bare, among_fields))
            posted = _BEHIND_TITLE.search(bare)
            if posted and not of_it:
                found.append(Piece(start + posted.start("day"), end))
            named = _NAME_FIELD.match(bare) if among_fields and not of_it else None
            of_it += [Piece(0, named.end())] if named else []
            fields = bool(of_it)
            found.extend(Piece(start + one.start, start + one.end, one.told) for one in of_it)
    return _account(text) + found if found else found


def _account(text: str) -> list[Piece]:
    """The name of the page in the first line, where the day of posting stands under it."""
    lines = [_trimmed(text, *line.span()) for line, _ in zip(_LINE.finditer(text), range(4), strict=False)]
    shown = [(start, end) for start, end in lines if start < end][:2]
    if len(shown) < 2 or max(end - start for start, end in shown) > _LONGEST:
        return []
    (start, end), (first, last) = shown
    under = text[first:last]
    fits = _ACCOUNT.fullmatch(text[start:end]) and (
        _is_stamp(under) or (_POSTED.fullmatch(under) and "发表于" in under)
    )
    return [Piece(start, end)] if fits and not _is_furniture(text[start:end]) else []


def is_between_pages(words: str) -> bool:
    """Whether a stretch is a page's number or a rule, over which a sentence may go on."""
    bare = words.strip(" \t\u3000\xa0\x00")
    return bool(_PAGE.fullmatch(bare) or _RULE.fullmatch(bare))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return start, end


def _is_blank(sign: str) -> bool:
    return sign.isspace() or sign == "\x00"


def _is_stamp(bare: str) -> bool:
    """Whether a line says when a page was posted, and not by when something is due."""
    return bool(_STAMPED.fullmatch(bare)) and not _LIMIT.match(bare)


def _is_furniture(bare: str) -> bool:
    """Whether a whole line is none of the notice's."""
    if _ADDRESS.fullmatch(bare) or _is_stamp(bare) or _LETTERS.fullmatch(bare):
        return True
    if _BOARD.fullmatch(bare) or _BLANK_FIELD.fullmatch(bare):
        return True
    if _IN_CHAT.fullmatch(bare) and not _LIMIT.match(bare):
        return True
    if _PAGE.fullmatch(bare) or _RULE.fullmatch(bare) or _MAKING.fullmatch(bare):
        return True
    if _BEGINS.match(bare) or _OTHERS.match(bare):
        return not bare.endswith("。")
    if _ENDED.search(bare):
        return False
    if len(_BLANKS.findall(bare)) > 1 or _PATH.fullmatch(bare):
        return True
    if _BUTTONS.fullmatch(bare) and _SURE_BUTTON.search(bare):
        return True
    posted = _POSTED.fullmatch(bare)
    if not posted or not _BESIDE_POSTED.fullmatch(posted["rest"]) or _LIMIT.match(bare):
        return False
    return bool(posted["hour"] or posted["rest"].strip())


def _fields(bare: str, among_fields: bool) -> Iterator[Piece]:
    """A line of fields (发布日期：… 浏览次数：…): all of it, but a title and a number, which lose their label only."""
    title = _BARE_TITLE.match(bare)
    if title:
        yield Piece(0, title.end())
        return
    labels = list(_LABEL.finditer(bare))
    if not labels or _ENDED.search(bare):
        return
    before = bare[: labels[0].start()].lstrip("【[（( ")
    if before.strip("【[（( ") and not _OTHER_FIELDS.fullmatch(before):
        return
    if all(label["beside"] for label in labels) and not among_fields:
        return
    since = 0
    told: list[tuple[str, str]] = []
    for at, label in enumerate(labels):
        stop = labels[at + 1].start() if at + 1 < len(labels) else len(bare)
        if label["title"] or label["number"]:
            yield Piece(since, label.end(), tuple(told))
            since, told = stop, []
        if label["page"] and label["page"].replace(" ", "").replace("\u3000", "") in _PUBLISHERS.split():
            told.append(("publisher", bare[label.end() : stop].strip(" \t\u3000\xa0】]）)|")))
        for name in ("issuer", "date"):
            if label[name]:
                told.append((name, bare[label.end() : stop].strip(" \t\u3000\xa0】]）)|")))
    if since < len(bare):
        yield Piece(since, len(bare), tuple(told))
