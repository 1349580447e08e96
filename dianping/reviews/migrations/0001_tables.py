"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import dianping.common.fields


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("reviews", "0001_initial"),
        ("reviews", "0002_sittings"),
        ("reviews", "0003_sweeps"),
        ("reviews", "0004_running_order"),
        ("reviews", "0005_point"),
    ]

    dependencies = [
        ("duties", "0001_tables"),
        ("opinions", "0001_tables"),
        ("orgs", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Occasion",
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
                        choices=[
                            ("支部党员大会", "支部党员大会"),
                            ("支部委员会", "支部委员会"),
                            ("书记会议", "书记会议"),
                            ("民主生活会", "民主生活会"),
                            ("组织生活会", "组织生活会"),
                            ("领导班子会", "领导班子会"),
                            ("调研", "调研"),
                            ("走访慰问", "走访慰问"),
                            ("年度考核", "年度考核"),
                            ("谈心谈话", "谈心谈话"),
                            ("约谈", "约谈"),
                            ("听取汇报", "听取汇报"),
                        ],
                        max_length=10,
                        verbose_name="活动",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="日期")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="地点")),
                (
                    "path",
                    dianping.common.fields.PathField(default="", max_length=160, verbose_name="所在位置"),
                ),
                ("agenda", models.TextField(blank=True, verbose_name="议程")),
                ("minutes", models.TextField(blank=True, verbose_name="记录")),
                ("put_right_by", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                ("lot", models.CharField(blank=True, max_length=64, verbose_name="抽签种子")),
                ("step", models.PositiveSmallIntegerField(default=0, verbose_name="走到第几项")),
                ("planned_by", models.CharField(blank=True, max_length=80, verbose_name="登记人")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "结合的活动",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "organisation", "held_on", "place"), name="occasion_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("reviewed", "被点评人"),
                            ("ordinary", "普通党员"),
                            ("masses", "群众代表"),
                            ("guest", "列席"),
                        ],
                        default="ordinary",
                        max_length=8,
                        verbose_name="身份",
                    ),
                ),
                ("present", models.BooleanField(null=True, verbose_name="到会")),
                ("place", models.PositiveSmallIntegerField(null=True, verbose_name="次序")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="reviews.occasion",
                    ),
                ),
            ],
            options={
                "verbose_name": "到会",
                "ordering": ["place", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("occasion", "person"),
                        name="attendance_once",
                    ),
                    models.UniqueConstraint(fields=("occasion", "place"), name="attendance_turn_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("organisation", "党组织"), ("secretary", "书记"), ("member", "党员")],
                        max_length=12,
                        verbose_name="对象类别",
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                ("recorder", models.CharField(max_length=80, verbose_name="登记人")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("collective", "集中点评"),
                            ("individual", "个别点评"),
                            ("on_site", "现场点评"),
                            ("random", "随机点评"),
                        ],
                        default="collective",
                        max_length=10,
                        verbose_name="点评方式",
                    ),
                ),
                ("regular", models.BooleanField(default=True, verbose_name="定期点评")),
                ("happened_on", models.DateField(null=True, verbose_name="点评日期")),
                ("entered_at", models.DateTimeField(null=True, verbose_name="登记时刻")),
                ("evaluation", models.TextField(blank=True, verbose_name="评价")),
                ("achievements", models.TextField(blank=True, verbose_name="成绩")),
                ("direction", models.TextField(blank=True, verbose_name="努力方向")),
                ("evidence", models.TextField(blank=True, verbose_name="依据")),
                ("late_reason", models.TextField(blank=True, verbose_name="补录原因")),
                ("report_absence", models.TextField(blank=True, verbose_name="未交书面报告的原因")),
                ("counts", models.CharField(blank=True, max_length=4, verbose_name="计入")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="点评人确认时刻")),
                ("confirmed_by", models.CharField(blank=True, max_length=80, verbose_name="确认人")),
                ("filed", models.BooleanField(default=False, verbose_name="已登记")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "occasion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="reviews.occasion",
                    ),
                ),
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
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.post"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "点评",
                "indexes": [models.Index(fields=["path", "happened_on"], name="review_path_day")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("post"),
                        models.F("organisation"),
                        models.F("about"),
                        django.db.models.functions.comparison.Coalesce("person", models.Value(0)),
                        condition=models.Q(("filed", False)),
                        name="review_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filed", False),
                            models.Q(("entered_at__isnull", False), ("happened_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_filed_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时刻")),
                ("by", models.CharField(max_length=80, verbose_name="打开人")),
                ("why", models.TextField(verbose_name="原因")),
                ("before", models.JSONField(verbose_name="原文")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reopenings",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "重新打开",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.TextField(verbose_name="问题")),
                ("owner", models.CharField(blank=True, max_length=60, verbose_name="责任人")),
                ("due", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="opinions.point",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problems",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题",
                "ordering": ["review", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="problem_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=12, verbose_name="对象类别")),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                ("happened_on", models.DateField(verbose_name="日期")),
                ("entered_at", models.DateTimeField(verbose_name="登记时刻")),
                ("text", models.TextField(verbose_name="情况")),
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
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.post"
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "平时记录",
                "ordering": ["-happened_on", "-pk"],
                "indexes": [models.Index(fields=["path", "happened_on"], name="note_path_day")],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时刻")),
                ("by", models.CharField(max_length=80, verbose_name="更正人")),
                ("why", models.TextField(verbose_name="原因")),
                ("before", models.JSONField(verbose_name="原文")),
                ("after", models.JSONField(verbose_name="新文")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "更正",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时刻")),
                ("by", models.CharField(max_length=80, verbose_name="签阅人")),
                ("on_behalf", models.BooleanField(default=False, verbose_name="代录")),
                ("text", models.TextField(blank=True, verbose_name="意见")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "本人意见",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewDuty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="duties.duty"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="met", to="reviews.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "办结的应办",
            },
        ),
        migrations.CreateModel(
            name="Revisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[("solved", "已经解决"), ("better", "有进展"), ("unsolved", "没有较好解决")],
                        max_length=8,
                        verbose_name="现在怎样",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="说明")),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisited",
                        to="reviews.problem",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisits",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "上次的问题",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("review", "problem"), name="revisit_once")],
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens", models.DateField(verbose_name="自")),
                ("day", models.DateField(verbose_name="至")),
                ("looked_at", models.DateTimeField(verbose_name="查找时刻")),
                ("reviews", models.PositiveIntegerField(verbose_name="查看的点评")),
                ("groups", models.JSONField(verbose_name="写法相同或很像的")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "相似点评的查找",
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", dianping.common.fields.PathField(max_length=160, verbose_name="所在位置")),
                ("number", models.PositiveIntegerField(verbose_name="第几次")),
                ("about", models.CharField(max_length=12, verbose_name="抽什么")),
                ("purpose", models.CharField(max_length=80, verbose_name="用途")),
                ("called_on", models.DateField(verbose_name="发起日")),
                ("called_by", models.CharField(max_length=80, verbose_name="发起人")),
                ("places", models.PositiveIntegerField(verbose_name="名额")),
                ("days", models.PositiveSmallIntegerField(default=3, verbose_name="公开期限")),
                ("listed", models.TextField(verbose_name="名单")),
                ("previous", models.CharField(max_length=64, verbose_name="上次摘要")),
                ("superior_seal", models.CharField(blank=True, max_length=64, verbose_name="上级封存值")),
                ("superior_by", models.CharField(blank=True, max_length=80, verbose_name="上级经手")),
                ("own_seal", models.CharField(blank=True, max_length=64, verbose_name="单位封存值")),
                ("own_by", models.CharField(blank=True, max_length=80, verbose_name="单位经手")),
                ("superior_seed", models.CharField(blank=True, max_length=32, verbose_name="上级种子")),
                ("revealed_on", models.DateField(null=True, verbose_name="上级公开日")),
                ("own_seed", models.CharField(blank=True, max_length=32, verbose_name="单位种子")),
                ("closed_on", models.DateField(null=True, verbose_name="了结日")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("成立", "成立"), ("单位未公开种子", "单位未公开种子"), ("作废", "作废")],
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("why", models.TextField(blank=True, verbose_name="作废的原因")),
                ("drawn", models.JSONField(default=list, verbose_name="抽中的代码")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="摘要")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "随机抽取",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["path", "number"], name="draw_path")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="draw_numbered_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)),
                        fields=("organisation",),
                        name="draw_one_at_a_time",
                    ),
                ],
            },
        ),
    ]
