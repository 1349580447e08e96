"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
from django.db import migrations, models

import dianping.common.fields


class Migration(migrations.Migration):
    initial = True
    replaces = [("notices", "0001_initial"), ("notices", "0002_reach")]

    dependencies = [
        ("orgs", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                (
                    "direction",
                    models.CharField(
                        choices=[("received", "来文"), ("sent", "发文")],
                        default="received",
                        max_length=8,
                        verbose_name="来文或发文",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="发文字号")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("kind", models.CharField(blank=True, max_length=10, verbose_name="文种")),
                ("issuer", models.CharField(blank=True, max_length=120, verbose_name="发文机关")),
                ("signature", models.CharField(blank=True, max_length=120, verbose_name="落款")),
                ("addressees", models.TextField(blank=True, verbose_name="主送")),
                ("copies", models.TextField(blank=True, verbose_name="抄送")),
                ("reach", models.CharField(blank=True, max_length=40, verbose_name="发至层级")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                ("entered_on", models.DateField(verbose_name="登记日")),
                ("sign_by", models.DateField(blank=True, null=True, verbose_name="签收期限")),
                ("text", models.TextField(verbose_name="正文")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("begins", models.PositiveIntegerField(default=0, verbose_name="起于第几字")),
                ("ends", models.PositiveIntegerField(default=0, verbose_name="止于第几字")),
                ("entered_by", models.CharField(max_length=80, verbose_name="登记人")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
                (
                    "within",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosed",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "文件",
                "ordering": ["-entered_on", "-pk"],
                "indexes": [
                    models.Index(fields=["number"], name="notice_number"),
                    models.Index(fields=["path", "entered_on"], name="notice_path_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("within", None)),
                        fields=("organisation", "digest"),
                        name="notice_entered_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("clause", models.CharField(blank=True, max_length=20, verbose_name="条款")),
                ("text", models.TextField(verbose_name="原文")),
                ("start", models.PositiveIntegerField(verbose_name="起")),
                ("end", models.PositiveIntegerField(verbose_name="止")),
                ("read", models.JSONField(verbose_name="读出的")),
                ("value", models.JSONField(verbose_name="采纳的")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待核对"),
                            ("accepted", "采纳"),
                            ("corrected", "更正后采纳"),
                            ("struck", "划去"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=80, verbose_name="核对人")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="核对日")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="notices.notice"
                    ),
                ),
            ],
            options={
                "verbose_name": "读出的一行",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="发文字号")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="标题")),
                ("is_alias", models.BooleanField(default=False, verbose_name="本文的另一种写法")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "引用",
                "indexes": [models.Index(fields=["number"], name="citation_number")],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="签收时刻")),
                ("signed_by", models.CharField(blank=True, max_length=80, verbose_name="签收人")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="notices.notice",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "签收",
                "indexes": [models.Index(fields=["path", "signed_at"], name="receipt_path")],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "organisation"), name="receipt_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", "")),
                            models.Q(
                                ("signed_at__isnull", False), models.Q(("signed_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="receipt_signed_is_whole",
                    ),
                ],
            },
        ),
    ]
