"""What else a clause orders or allows: consequences, parts of a review, and orders without day or receiver.

Each kind has one pattern, tried on one sentence; the sentence is kept, nothing is concluded from it.
"""

import re
from collections.abc import Iterator

from dianping.notices.rules.model import Demand
from dianping.notices.rules.subjects import numbering
from dianping.notices.rules.text import PlainText, Sentence

# A case and what follows from it: 对工作不力、走过场的，要严肃批评; 如年内没有完成，予以通报.
_CONSEQUENCE = re.compile(
    r"(?:如果|如|若|凡|对(?!照|待))(?P<case>[^。；]{2,60}?(?:没有|未|不力|不到位|不按|不认真|不实|不落实|差距|薄弱|逾期|走过场|弄虚作假|落后|滞后|较差|问题突出|靠后)"
    r"[^。；]{0,40}?)，(?P<then>[^。；]{0,60}?(?:要|应|须|必须|将|予以|给予|可|责令|严肃|一律|取消|进行)[^。；]{2,80})"
)
# Being late and what follows: 逾期不报的，视为放弃.
_OVERDUE = re.compile(
    r"(?P<case>[^，。；]{0,12}(?:逾期|过期|过时)[^，。；]{0,10})[，]?(?P<then>(?:视为|不补|不予|将|取消|按)[^。；]{0,40})"
)
# What was not done and what follows, from the beginning of a clause: 未按要求开展的，一律责令整改.
_UNMET = re.compile(
    r"(?:^|(?<=[，。；]))(?P<case>[^，。；]{0,20}(?:未|没有|不按|拒不)[^，。；]{1,30}的)，"
    r"(?P<then>(?:要|应|须|将|予以|给予|一律|取消|责令)[^。；]{2,80})"
)
# Whom a punishment falls on, and which: 对点评走过场的单位，将予以通报批评.
_PUNISHED = re.compile(
    r"对(?P<case>[^，。；]{2,40}(?:不按时|未按时|不力|不到位|走过场|弄虚作假|不认真)[^，。；]{0,30}的[^，。；]{0,10})[，]?"
    r"(?P<then>(?:要|将|予以|给予|应)[^。；]{0,10}(?:通报|批评|约谈|问责|追究|取消|责令)[^。；]{0,40})"
)
# kind: what shows it. The order is the order in which they are listed for one sentence.
KINDS: dict[str, re.Pattern[str]] = {
    # 转发给你们, 印发给你们.
    "forwarding": re.compile(r"(?:转发|印发)给你们"),
    # A summary to be made: 认真做好年度工作总结.
    "summary": re.compile(r"(?:做好|搞好|认真|进行|抓好)[^。；]{0,60}总结"),
    # Two things done as one: 与民主评议党员结合起来. Not 与定期…, 与日常….
    "combining": re.compile(r"与(?!定期|日常)[^。；]{2,60}?(?:结合起来|结合进行|相结合|一并进行|合并)"),
    # Reports to be heard: 听取党支部书记述职.
    "hearing": re.compile(r"听取[^。；]{0,60}(?:汇报|述职|报告)"),
    # Preparations: 做好相关准备.
    "preparing": re.compile(r"做好(?:相关|有关|各项)?准备"),
    # Along which lines: 原则上按照隶属关系.
    "relations": re.compile(r"(?:原则上)?按照?[^。；]{0,20}(?:隶属关系|领导分工|管理权限)"),
    # Looking after it: 抓好所属党组织的点评工作, 加强督促检查.
    "oversight": re.compile(
        r"抓好[^。；]{2,60}的?点评工作|(?:进行|开展|加强)[^。；]{0,12}(?:督促检查|督查|检查指导)"
    ),
    # Who is responsible is to be settled: 明确各自责任.
    "settling": re.compile(r"明确[^。；]{0,12}责任"),
    # Ways to be tried: 探索点评的有效方法.
    "scope": re.compile(r"探索[^。；]{2,60}(?:方法|办法|方式|途径)"),
    # What is measured by: 以履行职责情况为主要内容.
    "criteria": re.compile(r"以[^。；]{4,80}为(?:主要|重点|基本)?(?:内容|标准|目标)"),
    # The parts of a review: 点评内容主要包括成绩和不足, 评出动力、点出差距.
    "parts": re.compile(r"点评内容[^。；]{0,6}包括[^。；]*|评出[^。；，]{1,8}[、，]点出[^。；，]{1,8}"),
    # What to look at above all, to the end of the clause: 重点围绕创先争优情况.
    "focus": re.compile(r"(?:重点围绕|主要点评|重点点评|着重点评)[^。；]*"),
    # Each by its kind: 区分不同情况, 分类指导.
    "by kind": re.compile(r"区分(?:不同)?情况|分类(?:点评|指导|进行)"),
    # On which occasions: 通过召开座谈会的形式进行点评.
    "occasion": re.compile(
        r"(?:通过|参加|召开|利用)[^。；]{2,60}(?:会|会议|交流|形式|方式)[^。；]{0,12}点评"
    ),
    # At any time: 随时进行点评.
    "in passing": re.compile(r"随时[^。；]{0,60}点评"),
    # By lot: 随机抽取, 抽签.
    "sample": re.compile(r"随机抽[样取]|抽签"),
    # What it is founded on: 在征求意见的基础上进行.
    "grounds": re.compile(r"在[^。；]{4,60}的?基础上(?:进行|开展)"),
    # How a review is to be: 实事求是地肯定成绩, 指出存在的问题.
    "quality": re.compile(r"实事求是[^。；]{0,30}(?:成绩|评价|肯定)|指出存在的?问题"),
    # To be made known: 向党员通报, 在一定范围内公示.
    "publishing": re.compile(
        r"(?:向[^。；]{1,12}|在一定范围内?|适当方式)[^。；]{0,16}(?:通报|公示|公布|公开)"
    ),
    # Good examples: 先进典型, 好经验.
    "models": re.compile(r"先进典型|好做法|好经验"),
    # Leaders go first: 带头开展点评.
    "leading": re.compile(r"带头[^。；]{0,20}点评|带头深入"),
    # Records to be kept: 建立整改台账.
    "forms": re.compile(r"建立[^。；]{0,40}(?:台账|台帐|档案)"),
    # Papers to be filed: 资料归档.
    "filing": re.compile(r"(?:整理|资料)[^。；]{0,8}归档|归档"),
    # To be told back: 信息反馈, 反馈给本人, 向党员反馈.
    "feedback": re.compile(r"信息反馈|反馈给本人|向[^。；]{1,10}反馈"),
    # Both kinds of review in one breath: 日常点评与定期点评.
    "everyday": re.compile(r"日常点评[^。；]{0,4}定期点评"),
    # Once for everybody: 普遍开展一次点评, 普遍点评一遍.
    "round": re.compile(
        r"普遍(?:开展|进行)[^。；]{0,10}一[次遍轮](?=[^，。；]{0,10}(?:点评|评议|讲评))|普遍点评[^。；]{0,10}一[次遍轮]"
    ),
    # Another act than a review: 召开专题组织生活会, 开展自查; 进行公示; 各项工作要于12月底完成.
    "act": re.compile(
        r"(?<!通过)(?<![党会社])(?:召开|举行|举办|开展|组织(?!生活)|进行)(?!.{0,4}点评)[^，。；：]{0,16}(?:生活会|党员大会|支部大会|支委会|述职会|述职评议会|座谈会|动员会"
        r"|谈心谈话|民主评议|民主测评|自查|自评)|(?:进行|在[^，。；：]{2,12}?)公[示开](?=[，。；]|$)"
        r"|[^，。；：]{2,24}?(?:工作|任务)(?=(?:要|应|须)?[于在][^，。；]{2,16}(?:完成|结束))"
    ),
    # Nobody left out: 全覆盖, 每名党员都要.
    "coverage": re.compile(r"全覆盖|每名[^。；]{1,10}都(?:要|被|作)"),
}


def consequences_in(plain: PlainText, sentence: Sentence) -> Iterator[Demand]:
    """What follows when something is not done or not well done."""
    match = (
        _CONSEQUENCE.search(sentence.text)
        or _PUNISHED.search(sentence.text)
        or _OVERDUE.search(sentence.text)
        or _UNMET.search(sentence.text)
    )
    if match:
        quote = plain.quote(sentence.start + match.start(), sentence.start + match.end(), sentence.clause)
        yield Demand(quote, "consequence", match["then"])


def demands_in(plain: PlainText, sentence: Sentence, *, dated: bool = False) -> Iterator[Demand]:
    """Every other kind of order a sentence holds; a meeting or a step is one only where the sentence has a day for it."""
    for kind, pattern in KINDS.items():
        match = pattern.search(sentence.text) if dated or kind != "act" else None
        if match:
            quote = plain.quote(
                sentence.start, sentence.start + len(sentence.text.rstrip("\n")), sentence.clause
            )
            yield Demand(quote, kind, match[0][numbering(match[0]) :])
