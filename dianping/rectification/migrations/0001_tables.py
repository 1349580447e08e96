"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
from django.db import migrations, models

import dianping.common.fields


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("rectification", "0001_initial"),
        ("rectification", "0002_sittings"),
        ("rectification", "0003_who_asked"),
    ]

    dependencies = [
        ("duties", "0001_tables"),
        ("orgs", "0001_tables"),
        ("reviews", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                ("owner_name", models.CharField(blank=True, max_length=60, verbose_name="责任人")),
                ("cause", models.TextField(blank=True, verbose_name="原因")),
                ("unit_name", models.CharField(blank=True, max_length=80, verbose_name="责任单位")),
                ("measure", models.TextField(blank=True, verbose_name="整改措施")),
                ("due", models.DateField(blank=True, null=True, verbose_name="完成时限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "未整改"),
                            ("in_progress", "整改中"),
                            ("close_requested", "申请销号"),
                            ("closed", "已销号"),
                            ("unresolved", "未较好解决"),
                        ],
                        default="open",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="立项日")),
                ("requested_by", models.CharField(blank=True, max_length=80, verbose_name="申请人")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="销号日")),
                ("closed_by", models.CharField(blank=True, max_length=80, verbose_name="验收人")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "like",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rectification.item",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
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
                    "problem",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.problem"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.duty",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改事项",
                "indexes": [models.Index(fields=["path", "state"], name="item_path_state")],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="申请日")),
                ("asked_by", models.CharField(max_length=80, verbose_name="申请人")),
                ("asked_as", models.CharField(blank=True, max_length=60, verbose_name="申请账号")),
                ("reason", models.TextField(verbose_name="理由")),
                ("was_due", models.DateField(verbose_name="原期限")),
                ("until", models.DateField(verbose_name="申请延至")),
                ("granted", models.BooleanField(null=True, verbose_name="批准")),
                ("granted_until", models.DateField(null=True, verbose_name="批准延至")),
                ("decided_on", models.DateField(null=True, verbose_name="答复日")),
                ("decided_by", models.CharField(blank=True, max_length=80, verbose_name="答复人")),
                ("words", models.TextField(blank=True, verbose_name="答复")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="rectification.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "延期",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("granted", None)), fields=("item",), name="extension_one_waiting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Admonition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                ("held_on", models.DateField(verbose_name="约谈日")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="地点")),
                ("reasons", models.TextField(verbose_name="事由")),
                ("told", models.TextField(verbose_name="约谈意见")),
                ("promised", models.TextField(verbose_name="表态和措施")),
                ("due", models.DateField(verbose_name="整改期限")),
                ("entered_at", models.DateTimeField(verbose_name="登记时刻")),
                ("by", models.CharField(max_length=80, verbose_name="登记人")),
                ("settled_on", models.DateField(null=True, verbose_name="办结日")),
                ("outcome", models.TextField(blank=True, verbose_name="结果")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.post"
                    ),
                ),
                ("items", models.ManyToManyField(blank=True, related_name="+", to="rectification.item")),
            ],
            options={
                "verbose_name": "约谈",
                "ordering": ["-held_on", "-pk"],
                "indexes": [models.Index(fields=["path", "held_on"], name="admonition_path")],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="登记时刻")),
                ("by", models.CharField(max_length=80, verbose_name="登记人")),
                ("step", models.CharField(max_length=12, verbose_name="步骤")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("evidence", models.TextField(blank=True, verbose_name="佐证")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress",
                        to="rectification.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "进展",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "when",
                    models.CharField(
                        choices=[("before", "整改前"), ("after", "整改后")], max_length=6, verbose_name="前后"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                (
                    "progress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="rectification.progress",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证材料",
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="询问日")),
                ("closed_on", models.DateField(verbose_name="截止日")),
                ("yes", models.PositiveIntegerField(verbose_name="办好了")),
                ("no", models.PositiveIntegerField(verbose_name="没有办好")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="rectification.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "群众回音",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("item", "asked_on"), name="verdict_once")],
            },
        ),
        migrations.CreateModel(
            name="WrittenReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="报告")),
                ("filed_on", models.DateField(verbose_name="交报日")),
                ("filed_at", models.DateTimeField(verbose_name="交报时刻")),
                ("by", models.CharField(max_length=80, verbose_name="交报人")),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="duties.duty"
                    ),
                ),
            ],
            options={
                "verbose_name": "专门书面报告",
            },
        ),
    ]
