import django.db.models.deletion
from django.db import migrations, models

import dianping.common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_places_reports_movers"),
        ("reviews", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="occasion",
            name="agenda",
            field=models.TextField(blank=True, verbose_name="议程"),
        ),
        migrations.AddField(
            model_name="occasion",
            name="lot",
            field=models.CharField(blank=True, max_length=64, verbose_name="抽签种子"),
        ),
        migrations.AddField(
            model_name="occasion",
            name="minutes",
            field=models.TextField(blank=True, verbose_name="记录"),
        ),
        migrations.AddField(
            model_name="occasion",
            name="path",
            field=dianping.common.fields.PathField(default="", max_length=160, verbose_name="所在位置"),
        ),
        migrations.AddField(
            model_name="occasion",
            name="planned_by",
            field=models.CharField(blank=True, max_length=80, verbose_name="登记人"),
        ),
        migrations.AddField(
            model_name="occasion",
            name="put_right_by",
            field=models.DateField(blank=True, null=True, verbose_name="整改期限"),
        ),
        migrations.AddField(
            model_name="occasion",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="版本"),
        ),
        migrations.AddField(
            model_name="review",
            name="confirmed_at",
            field=models.DateTimeField(null=True, verbose_name="点评人确认时刻"),
        ),
        migrations.AddField(
            model_name="review",
            name="confirmed_by",
            field=models.CharField(blank=True, max_length=80, verbose_name="确认人"),
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
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="reviews.occasion",
                    ),
                ),
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
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="reviews.review",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
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
        migrations.RunSQL(
            "UPDATE reviews_occasion SET path ="
            " (SELECT o.path FROM orgs_organisation o WHERE o.id = reviews_occasion.organisation_id)",
            migrations.RunSQL.noop,
        ),
    ]
