"""What the offices write in the sample, all invented: papers come in, talks, examples, bulletins, the words of a report.

Names of members stand in none of them: what is told to others names nobody who did not agree.
"""

from dataclasses import dataclass
from datetime import date

SIGN_BY = date(2011, 1, 5)  # by when the units sign for the school's letter
NOT_SIGNED = ("文学院党委", "化学学院党委")  # units that have not yet

# Gone through and not put in force.
VISITS = """明川市创先争优活动领导小组办公室文件
明创组办发〔2011〕1号

关于做好春节前走访慰问困难党员工作的通知
各高校党委、各县区党委：
现就做好春节前走访慰问困难党员工作通知如下：
一、各单位于2011年1月25日前走访慰问生活困难的党员和老党员，听取他们对创先争优活动的意见。
二、各单位于2011年1月28日前将走访慰问情况报告报市创先争优活动领导小组办公室。
明川市创先争优活动领导小组办公室
2011年1月3日
"""
# Not gone through.
FIGURES = """明川市创先争优活动领导小组办公室文件
明创组办发〔2011〕2号

关于报送领导点评工作进展情况的通知
各高校党委、各县区党委：
为掌握领导点评工作的进展，现将有关事项通知如下：
一、各单位要按照隶属关系，认真做好对所属党组织、党组织书记和党员的点评。
二、各单位于2011年1月20日前将领导点评工作进展情况报告报市创先争优活动领导小组办公室。
三、各单位于2011年2月10日前报送《领导点评工作情况统计表》。
明川市创先争优活动领导小组办公室
2011年1月4日
"""

# 约谈
TALK = {
    "reasons": "支部有两个问题定了措施没有动手，上级提醒以后也没有说明原因。",
    "told": "支部书记要先把自己联系的事办好。两个问题重新排出日程，逐项写明由谁办、哪一天办完，每周五报一次。",
    "promised": "一周内重新排定日程，每项指定专人，1月底前办完，办不完的当面说明原因。",
    "place": "文学院党委办公室",
}
REPORT = (
    "问题没有解决，主要是没有指定专人，几位支委都以为别人在办。现已由组织委员负责，"
    "1月12日前补齐材料，1月20日前交支部会核对，以后每月核对一次。"
)
EXTENSION = "负责的同志1月外出阅卷，月底才回，前两周的事已经办完，余下的请延到{until}。"


@dataclass(frozen=True)
class Example:
    """An example as it is raised: what kind it is, its title, and what was done."""

    kind: str
    title: str
    facts: str


PRACTICE = Example(
    "practice",
    "意见箱每周一开、每月一答",
    "支部每周一由两名支委一起开意见箱，当天登记编号，15天内答复提意见的人，每月在公开栏贴出答复了几条、"
    "还有几条没有办成、为什么。四个月收到意见31条，答复29条。",
)
SHOWN = Example(  # told along with the bulletin
    "practice",
    "实验室晚间开放由党员轮值",
    "学院党委把晚间开放的值班排成表，由党员教师轮流值守，表贴在门口。从九月到年底没有一晚空岗，"
    "学生做课程设计不用再等白天。",
)
TO_CHECK = Example(
    "exemplar",
    "为困难学生补课一学期",
    "一学期里每周三晚上为基础差的学生补课两小时，前后16次，参加的学生期末都通过了考试。",
)
RETURNED = Example("exemplar", "主动承担公共课", "主动承担了别人不愿意上的公共课，学生反映很好，值得学习。")
RETURN_WORDS = "请补上哪一学期、哪门课、多少学时，学生反映怎样得来的；“很好”“值得学习”请改成事实。"
TO_AGREE = Example(
    "exemplar",
    "整理旧刊三百册",
    "值周时把堆在走廊的旧刊逐册登记、修补、上架，共320册，现在读者可以按目录借阅。",
)

CIRCLE = ("二级党委", "党总支", "直属党支部")
BULLETIN_BODY = (
    "\n\n从各单位的情况看，走得快的支部有三个共同点：开会以前征求过意见，问题说到具体的事，"
    "整改写了哪一天办完。进展慢的主要是会议没有排上日程。\n\n请还没有开会的支部在1月20日前排定日期。"
)
PLEDGES_TITLE = "关于公开承诺兑现情况的通报"
PLEDGES_BODY = "各单位公开承诺的兑现情况总体较好，大部分承诺已经兑现，少数没有兑现的正在抓紧办理。"
PLEDGES_RETURNED = "“总体较好”“大部分”没有依据。请写明承诺多少条、兑现多少条、没有兑现的是哪几类，再送签。"

HEARING_PLACE = "行政楼三楼会议室"
HEARING_LOT = "6b1f0c9d42e7a835"  # the seed the order of speaking was drawn with
DRAW_PURPOSE = "随机点评"
