"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
from django.db import migrations, models

import dianping.common.fields


class Migration(migrations.Migration):
    initial = True
    replaces = [("bulletins", "0001_initial")]

    dependencies = [
        ("orgs", "0001_tables"),
        ("reviews", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                (
                    "kind",
                    models.CharField(
                        choices=[("exemplar", "先进典型"), ("practice", "好做法")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                ("facts", models.TextField(verbose_name="事迹")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "待核实"),
                            ("returned", "退回补充"),
                            ("checked", "已核实"),
                            ("published", "已发布"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="raised",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("raised_by", models.CharField(max_length=80, verbose_name="提出账号")),
                ("raised_name", models.CharField(max_length=80, verbose_name="提出人")),
                ("raised_on", models.DateField(verbose_name="提出日")),
                ("checked_by", models.CharField(blank=True, max_length=80, verbose_name="核实账号")),
                ("checked_name", models.CharField(blank=True, max_length=80, verbose_name="核实人")),
                ("checked_on", models.DateField(null=True, verbose_name="核实日")),
                ("words", models.TextField(blank=True, verbose_name="核实意见")),
                ("agreed_on", models.DateField(null=True, verbose_name="本人同意日")),
                ("agreed_by", models.CharField(blank=True, max_length=80, verbose_name="同意登记人")),
                ("circle", models.JSONField(default=list, verbose_name="范围")),
                ("published_on", models.DateField(null=True, verbose_name="发布日")),
                ("published_by", models.CharField(blank=True, max_length=80, verbose_name="发布人")),
                ("withdrawn_on", models.DateField(null=True, verbose_name="撤回日")),
                ("withdrawn_by", models.CharField(blank=True, max_length=80, verbose_name="撤回人")),
                ("why", models.TextField(blank=True, verbose_name="撤回的原因")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
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
                    "publisher",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "典型",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["path", "state"], name="case_path_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("review", "kind", "title"),
                        name="case_raised_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["checked", "published"]), _negated=True),
                            models.Q(("checked_by", models.F("raised_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_checked_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="年")),
                ("number", models.PositiveIntegerField(null=True, verbose_name="号")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("opens", models.DateField(verbose_name="期间起")),
                ("due", models.DateField(verbose_name="期间止")),
                ("circle", models.JSONField(default=list, verbose_name="范围")),
                ("body", models.TextField(verbose_name="正文")),
                ("ordinary", models.JSONField(default=list, verbose_name="不是人名的词")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "拟稿"), ("issued", "已印发"), ("withdrawn", "已撤回")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("hands", models.JSONField(default=list, verbose_name="拟稿账号")),
                ("drafted_name", models.CharField(max_length=80, verbose_name="拟稿人")),
                ("drafted_on", models.DateField(verbose_name="拟稿日")),
                ("words", models.TextField(blank=True, verbose_name="退回意见")),
                ("approved_by", models.CharField(blank=True, max_length=80, verbose_name="签发人")),
                ("issued_on", models.DateField(null=True, verbose_name="印发日")),
                ("withdrawn_on", models.DateField(null=True, verbose_name="撤回日")),
                ("withdrawn_by", models.CharField(blank=True, max_length=80, verbose_name="撤回人")),
                ("why", models.TextField(blank=True, verbose_name="撤回的原因")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="bulletins.bulletin",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
                (
                    "cases",
                    models.ManyToManyField(blank=True, related_name="bulletins", to="bulletins.modelcase"),
                ),
            ],
            options={
                "verbose_name": "通报",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["path", "state"], name="bulletin_path_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "year", "number"), name="bulletin_numbered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_on", None), ("number", None), ("state", "draft")),
                            models.Q(
                                ("issued_on__isnull", False),
                                ("number__isnull", False),
                                ("year__isnull", False),
                                models.Q(("state", "draft"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bulletin_issued_is_numbered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                (
                    "bulletin",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="bulletins.bulletin",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="bulletins.modelcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "发到",
                "indexes": [models.Index(fields=["path"], name="copy_path")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bulletin", "organisation"), name="copy_of_bulletin_once"
                    ),
                    models.UniqueConstraint(fields=("case", "organisation"), name="copy_of_case_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bulletin", None), ("case__isnull", False)),
                            models.Q(("bulletin__isnull", False), ("case", None)),
                            _connector="OR",
                        ),
                        name="copy_of_one_thing",
                    ),
                ],
            },
        ),
    ]
