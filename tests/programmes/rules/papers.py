"""The shipped papers read, and small overlays to lay over them."""

from pathlib import Path

import dianping.programmes
from dianping.programmes.rules import lay_over, read_programme

SHIPPED = Path(dianping.programmes.__file__).parent / "shipped"
PROVINCE_TEXT = (SHIPPED / "henan-2010-26.toml").read_text("utf-8")
SCHOOL_TEXT = (SHIPPED / "school-2010-1.toml").read_text("utf-8")
PROVINCE = read_programme(PROVINCE_TEXT)
SCHOOL = lay_over(PROVINCE, read_programme(SCHOOL_TEXT))

HEAD = """
code = "{code}"
extends = "{extends}"
title = "本级的安排"
number = "云岭创组〔2011〕{number}号"
issuer = "云岭大学创先争优活动领导小组"
issued = {issued}
"""
ROUND = """
[[rule]]
code = "round"
name = "春节前普遍点评一轮"
opens = 2010-12-15
due = {due}
about = [{about}]
clause = "3"
says = "本级的一轮"
"""
ALL = [*PROVINCE.rules[0].about]


def overlay(body, *, code="own", extends="henan-2010-26", number=2, issued="2011-01-04"):
    return read_programme(HEAD.format(code=code, extends=extends, number=number, issued=issued) + body)


def named(values):
    return ", ".join(f'"{value}"' for value in values)


def cadence_rule(months, times=1, *, code="quarter", about=None, kinds=None):
    quarter = next(rule for rule in PROVINCE.rules if rule.code == "quarter")
    return f"""
[[rule]]
code = "{code}"
name = "党支部及其书记"
months = {months}
times = {times}
about = [{named(about or quarter.about)}]
kinds = [{named(sorted(kinds or quarter.kinds))}]
clause = "5"
says = "本级的频次"
"""


def lines(programme, day, **wanted):
    found = programme.lines(day)
    return [line for line in found if all(getattr(line, key) == value for key, value in wanted.items())]


STRICTER = """
[[stricter]]
rule = "round"
about = [{about}]
due = {due}
clause = "1"
says = "本级的期限"
"""
