"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import dianping.common.fields


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("duties", "0001_initial"),
        ("duties", "0002_reports_and_lapses"),
        ("duties", "0003_amended"),
        ("duties", "0004_sittings"),
    ]

    dependencies = [
        ("orgs", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="交接日")),
                ("by", models.CharField(max_length=80, verbose_name="登记人")),
                ("why", models.TextField(verbose_name="原因")),
                ("duties", models.PositiveIntegerField(verbose_name="项数")),
                (
                    "from_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.post"
                    ),
                ),
                (
                    "to_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "交接",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Window",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=40, verbose_name="规则")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("responsibility", models.CharField(max_length=40, verbose_name="责任")),
                ("target", models.CharField(max_length=20, verbose_name="对象")),
                ("opens", models.DateField(verbose_name="起")),
                ("due", models.DateField(verbose_name="止")),
                ("outside", models.CharField(blank=True, max_length=80, verbose_name="系统外点评人")),
                ("cited", models.JSONField(default=list, verbose_name="依据")),
                ("ordered_on", models.DateField(null=True, verbose_name="所依文件施行日")),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "期限窗口",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("root", "rule", "responsibility", "opens"), name="window_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opens__lte", models.F("due"))), name="window_opens_by_due"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日")),
                ("owed", models.IntegerField(default=0, verbose_name="应办")),
                ("on_time", models.IntegerField(default=0, verbose_name="按时")),
                ("late", models.IntegerField(default=0, verbose_name="补录")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="duties.window"
                    ),
                ),
            ],
            options={
                "verbose_name": "覆盖计数",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "window", "day"), name="tally_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "点评"), ("paper", "材料"), ("report", "专门书面报告")],
                        max_length=8,
                        verbose_name="事项",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("member", "党员"),
                            ("branch", "党支部"),
                            ("branch_secretary", "党支部书记"),
                            ("unit", "二级党组织"),
                            ("unit_secretary", "二级党组织书记"),
                            ("committee", "党委"),
                            ("committee_secretary", "党委书记"),
                            ("paper", "材料"),
                            ("report", "书面报告"),
                        ],
                        max_length=20,
                        verbose_name="对象类别",
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                ("opens", models.DateField(verbose_name="起")),
                ("due", models.DateField(verbose_name="止")),
                ("done_on", models.DateField(null=True, verbose_name="办结日")),
                ("entered_on", models.DateField(null=True, verbose_name="登记日")),
                ("on_time", models.BooleanField(null=True, verbose_name="按时")),
                ("lapsed_on", models.DateField(null=True, verbose_name="不再应办")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "owed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.post",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "handed_over",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.handover",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.window",
                    ),
                ),
            ],
            options={
                "verbose_name": "应办事项",
                "indexes": [
                    models.Index(fields=["window", "path"], name="duty_window_path"),
                    models.Index(fields=["owed_by", "window", "done_on"], name="duty_owed_by"),
                    models.Index(
                        condition=models.Q(("lapsed_on__isnull", False)),
                        fields=["window"],
                        name="duty_lapsed",
                    ),
                    models.Index(
                        condition=models.Q(("done_on", None), ("lapsed_on", None)),
                        fields=["path", "id"],
                        name="duty_open_path",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("target", "member")),
                        fields=("window", "person"),
                        name="duty_once_per_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("target__in", ["member", "report"]), _negated=True),
                        fields=("window", "organisation"),
                        name="duty_once_per_organisation",
                    ),
                    models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("owed_by"),
                        models.F("due"),
                        django.db.models.functions.comparison.Coalesce("person", models.Value(0)),
                        condition=models.Q(("done_on", None), ("target", "report")),
                        name="duty_one_report_a_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opens__lte", models.F("due"))), name="duty_opens_by_due"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("entered_on", None), ("on_time", None)),
                            models.Q(
                                ("done_on__isnull", False),
                                ("entered_on__isnull", False),
                                ("on_time__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="duty_done_is_whole",
                    ),
                ],
            },
        ),
    ]
