"""The words the invented university is drawn from: units, surnames, given names, headings, ages."""

from datetime import date

# Units
COMMITTEES = [
    "文学院", "化学学院", "数学学院", "物理学院", "生命科学学院", "信息工程学院", "机械工程学院",
    "经济管理学院", "外国语学院", "教育学院",
]  # fmt: skip
GENERAL_COLLEGES = ["法学院", "历史文化学院", "艺术学院", "体育学院", "医学院", "土木工程学院"]
GENERAL_OFFICES = {"机关": 14, "后勤": 8, "离退休": 8}  # branches in each
DIRECT = ["图书馆", "附属中学", "继续教育学院"]
COLLEGE_BRANCHES = {
    "教工第一": "staff", "教工第二": "staff", "教工第三": "staff", "行政": "staff", "实验中心": "staff",
    "本科生第一": "undergraduate", "本科生第二": "undergraduate", "本科生第三": "undergraduate",
    "研究生第一": "postgraduate", "研究生第二": "postgraduate",
}  # fmt: skip
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四"]

# Names. The surnames of the cast (甘 宁 冉 高 边 祁) are left out, so that a name of the cast is met once.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = {
    "男": "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆松柏岩峰川远航志诚立本学文思源承业国栋建树永昌",
    "女": "芳娜敏静丽娟艳霞婷雪玲秀英慧琴梅兰竹菊萍红莉洁颖琳瑶珊岚云月晓梦若怡嘉欣佳宁雅清书涵思雨文君语桐",
}
PEOPLES = {"汉族": 920, "回族": 12, "满族": 12, "蒙古族": 12, "壮族": 12, "土家族": 12, "苗族": 10}  # weights
CITIES = ["上海市浦东新区", "北京市海淀区", "浙江省杭州市", "广东省深圳市"]

# People of a branch: first and last day of birth, schooling, share still on probation
BORN = {
    "staff": (date(1956, 1, 1), date(1984, 12, 31)),
    "counsellor": (date(1974, 1, 1), date(1984, 12, 31)),
    "leader": (date(1951, 6, 1), date(1960, 12, 31)),
    "retired": (date(1930, 1, 1), date(1950, 10, 31)),
    "undergraduate": (date(1987, 9, 1), date(1990, 12, 31)),
    "postgraduate": (date(1983, 9, 1), date(1988, 8, 31)),
}
EDUCATION = {
    "staff": ["大专", "本科", "本科", "硕士研究生", "硕士研究生", "博士研究生"],
    "retired": ["大专", "大专", "本科"],
    "undergraduate": ["本科"],
    "postgraduate": ["硕士研究生", "硕士研究生", "硕士研究生", "博士研究生"],
}
ON_PROBATION = {"undergraduate": 0.66, "postgraduate": 0.25, "staff": 0.03}

# Headings and titles
LEADER_TITLES = [
    "党委书记", "党委副书记、校长", "党委副书记", "党委委员、副校长", "党委委员、副校长", "党委委员、副校长",
    "党委委员、纪委书记", "党委委员、组织部部长", "党委委员、宣传部部长", "党委委员、统战部部长",
    "党委委员、学生工作部部长", "党委委员、人事处处长", "党委委员、党委办公室主任",
]  # fmt: skip
ORGANISATION_HEADINGS = ["组织名称", "组织代码", "组织类别", "上级党组织", "单位类型", "成立日期"]
MEMBER_HEADINGS = [
    "姓名", "性别", "民族", "公民身份号码", "出生日期", "学历", "入党日期", "转正日期", "人员类别",
    "所在党支部", "党内职务", "行政职务", "是否流动党员", "流动去向",
]  # fmt: skip
LEADER_HEADINGS = ["姓名", "公民身份号码", "所属党组织", "职务", "分管单位", "联系点"]
