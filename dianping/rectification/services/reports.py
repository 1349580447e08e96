"""Filing the written report. Basis: 豫创组办发〔2010〕26号 四.1."""

from datetime import datetime

from django.db import transaction

from dianping.common import audit
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.duties.models import Duty, Kind
from dianping.duties.services import discharge_duty
from dianping.rectification.models import WrittenReport
from dianping.rules.lateness import Entry
from dianping.rules.programme import EntryRule


@transaction.atomic
def file_report(*, duty: Duty, text: str, moment: datetime, actor: Actor) -> WrittenReport:
    """Hand in the report; its duty is discharged by it. Raises Refusal without words or when already filed."""
    if duty.kind != Kind.REPORT:
        raise Refusal("这一项不是专门书面报告。", remedy="请从应办表里打开要写的报告。")
    if len(text.strip()) < 10:
        raise Refusal("报告还没有写。", remedy="请写明每个问题为什么没有解决、打算怎样解决、何时解决。")
    today = moment.date()
    entry = discharge_duty(duty=duty, on=today, entered_on=today, rule=EntryRule(), actor=actor)
    if entry is Entry.NEVER:
        raise Refusal(f"报告自 {duty.opens} 起才要写，今天是 {today}。", remedy="请核对这台机器的日期。")
    audit.record(actor=actor, act="交书面报告", about=f"duty:{duty.pk}", path=duty.path)
    return WrittenReport.objects.create(
        duty=duty, text=text.strip(), filed_on=today, filed_at=moment, by=actor.signature
    )
