"""抽签 from the command line: call, seal, reveal, close, print the sheet (豫创组办发〔2010〕26号 三.4)."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from dianping.common.audit import Actor, Operator
from dianping.common.clock import site_day
from dianping.common.commands import refusals_spoken
from dianping.common.refusal import Refusal
from dianping.orgs.models import Organisation
from dianping.reviews.models import Draw
from dianping.reviews.rules.draw import as_sheet, check, read_list
from dianping.reviews.selectors import candidates_for, draws_before
from dianping.reviews.services import (
    call_draw,
    close_withheld,
    record_of,
    reveal_seed,
    seal_draw,
    sealed_with,
    void_draw,
)

STEPS = ("call", "seal", "reveal", "withheld", "void", "sheet", "check")


class Command(BaseCommand):
    """./run manage draw YL01 call --places 3; … seal --side superior; … reveal --side superior --seed …; … sheet"""

    help = "随机抽取：call 发起，seal 封存，reveal 公开，withheld 逾期了结，void 作废，sheet 抽签单，check 重算。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose draw, which step, and what the step needs."""
        parser.add_argument("organisation", help="组织代码")
        parser.add_argument("step", choices=STEPS)
        parser.add_argument("--superior", default="", help="发起的上级组织代码；不写为直接上级")
        parser.add_argument("--about", default="member", choices=["member", "branch", "organisation"])
        parser.add_argument("--places", type=int, default=3)
        parser.add_argument("--purpose", default="随机点评")
        parser.add_argument("--side", default="superior", choices=["superior", "own"])
        parser.add_argument("--seed", default="", help="32 位种子；封存时不写则生成一个，只显示这一次")
        parser.add_argument("--why", default="")
        parser.add_argument(
            "--actor", default="命令行", help="经手人的登录名；封存时两方要是两个办公室的账号"
        )

    @refusals_spoken
    def handle(self, *args: Any, **given: Any) -> None:
        """Take one step and say what came of it."""
        place = Organisation.objects.filter(code=given["organisation"]).select_related("parent").first()
        if place is None:
            raise Refusal(
                f"没有代码为“{given['organisation']}”的组织。",
                code="reviews.organisation-unknown",
                remedy="请核对代码。",
            )
        actor, day, step = Operator(given["actor"]), site_day(), given["step"]
        if step == "call":
            self._told(self._call(place, given, actor))
            return
        draw = Draw.objects.filter(organisation=place).select_related("organisation", "superior").first()
        if draw is None:
            raise Refusal(f"{place.name}还没有抽过签。", code="reviews.never-drawn", remedy="请先 call。")
        if step == "seal":
            seed = given["seed"] or secrets.token_hex(16)
            sealed = sealed_with(draw, given["side"], seed)
            self._told(seal_draw(draw=draw, side=given["side"], sealed=sealed, day=day, actor=actor))
            if not given["seed"]:
                self.stdout.write(f"种子（抄在纸上，只显示这一次）：{seed}")
        elif step == "reveal":
            self._told(reveal_seed(draw=draw, side=given["side"], seed=given["seed"], on=day, actor=actor))
        elif step == "withheld":
            self._told(close_withheld(draw=draw, on=day, actor=actor))
        elif step == "void":
            self._told(void_draw(draw=draw, why=given["why"], on=day, actor=actor))
        else:
            self._printed(draw, step)

    def _call(self, place: Organisation, given: dict[str, Any], actor: Actor) -> Draw:
        superior = Organisation.objects.filter(code=given["superior"]).first() or place.parent or place
        return call_draw(
            organisation=place,
            superior=superior,
            about=given["about"],
            purpose=given["purpose"],
            places=given["places"],
            candidates=candidates_for(place, given["about"], day=site_day()),
            on=site_day(),
            actor=actor,
        )

    def _told(self, draw: Draw) -> None:
        drawn = f"；抽中 {'、'.join(draw.drawn)}" if draw.drawn else ""
        self.stdout.write(f"第 {draw.number} 次抽签：{draw.outcome or '进行中'}{drawn}")

    def _printed(self, draw: Draw, step: str) -> None:
        if draw.closed_on is None:
            raise Refusal(
                f"第 {draw.number} 次抽签还没有了结，没有抽签单。",
                code="reviews.draw-without-sheet",
                remedy="请先办完。",
            )
        earlier = [record_of(other) for other in draws_before(draw)]
        if step == "check":
            verdict = check(record_of(draw), draw.listed, announced=draw.drawn, earlier=earlier)
            self.stdout.write(verdict.says)
            return
        title = f"{draw.organisation.name}：{draw.purpose}抽签单"
        for line in as_sheet(record_of(draw), read_list(draw.listed), title=title, earlier=earlier):
            self.stdout.write(line)
