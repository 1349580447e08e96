"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("opinions", "0001_polls"),
        ("opinions", "0002_stubs_and_reasons"),
        ("opinions", "0003_counted_by_hand_and_set_aside"),
    ]

    dependencies = [
        ("orgs", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Poll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("kind", models.CharField(max_length=10, verbose_name="类别")),
                ("form", models.JSONField(verbose_name="表式")),
                ("form_digest", models.CharField(max_length=64, verbose_name="表式摘要")),
                ("opens", models.DateField(verbose_name="起")),
                ("closes", models.DateField(verbose_name="止")),
                ("least", models.PositiveSmallIntegerField(verbose_name="数字最少份数")),
                ("least_words", models.PositiveSmallIntegerField(verbose_name="文字最少份数")),
                ("trial", models.BooleanField(default=False, verbose_name="模拟")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "拟定"),
                            ("frozen", "名册已封定"),
                            ("ready", "票箱已封"),
                            ("opened", "已开箱"),
                            ("destroyed", "未开箱已销毁"),
                            ("cancelled", "已取消"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("electorate", models.TextField(blank=True, verbose_name="应参加人员")),
                ("electorate_digest", models.CharField(blank=True, max_length=64, verbose_name="名册摘要")),
                ("frozen_on", models.DateField(null=True, verbose_name="封定日")),
                ("planned_name", models.CharField(max_length=80, verbose_name="拟定人")),
                ("opened_on", models.DateField(null=True, verbose_name="开箱日")),
                ("ended_why", models.TextField(blank=True, verbose_name="销毁或取消的原因")),
                ("few", models.BooleanField(default=False, verbose_name="份数不足")),
                ("turnout", models.JSONField(default=dict, verbose_name="份数")),
                ("faults", models.JSONField(default=list, verbose_name="核对不符")),
                (
                    "words_withheld",
                    models.CharField(blank=True, max_length=80, verbose_name="没有保留文字的原因"),
                ),
                ("release_digest", models.CharField(blank=True, max_length=64, verbose_name="公布内容摘要")),
                ("marked_hour", models.CharField(blank=True, max_length=13, verbose_name="已计数到")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "征求意见或评议",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["state"], name="poll_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opens__lte", models.F("closes"))), name="poll_opens_first"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trial", True),
                            models.Q(("least__gte", 5), ("least_words__gte", 10)),
                            _connector="OR",
                        ),
                        name="poll_keeps_the_least",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("question", models.CharField(max_length=40, verbose_name="题")),
                ("subject", models.PositiveSmallIntegerField(default=0, verbose_name="对象")),
                ("text", models.TextField(verbose_name="意见")),
                ("reply", models.TextField(blank=True, verbose_name="答复")),
                ("replied_on", models.DateField(null=True, verbose_name="答复日期")),
                ("replied_by", models.CharField(blank=True, max_length=80, verbose_name="答复人")),
                ("by", models.CharField(max_length=80, verbose_name="梳理人")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="opinions.poll"
                    ),
                ),
            ],
            options={
                "verbose_name": "意见条目",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "number"), name="point_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("unit", "本单位"), ("superior", "上级")],
                        max_length=10,
                        verbose_name="哪一方",
                    ),
                ),
                ("account", models.CharField(max_length=80, verbose_name="保管账号")),
                ("name", models.CharField(max_length=80, verbose_name="保管人")),
                ("public", models.CharField(blank=True, max_length=64, verbose_name="公钥")),
                ("taken_on", models.DateField(null=True, verbose_name="领取日")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="opinions.poll"
                    ),
                ),
            ],
            options={
                "verbose_name": "钥匙",
                "ordering": ["-side"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "side"), name="key_one_a_side"),
                    models.UniqueConstraint(fields=("poll", "account"), name="key_one_an_account"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("ballot_class", models.CharField(max_length=30, verbose_name="票类")),
                ("inside", models.BooleanField(default=True, verbose_name="党内")),
                ("names", models.TextField(blank=True, verbose_name="姓名")),
                ("size", models.PositiveIntegerField(verbose_name="应参加人数")),
                ("label", models.CharField(max_length=160, verbose_name="名称")),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="opinions.poll"
                    ),
                ),
            ],
            options={
                "verbose_name": "组",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "number"), name="group_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("subject", models.PositiveSmallIntegerField(verbose_name="对象")),
                ("question", models.CharField(max_length=40, verbose_name="题")),
                ("scope", models.CharField(max_length=160, verbose_name="范围")),
                ("scope_kind", models.CharField(max_length=10, verbose_name="范围类别")),
                ("path", models.CharField(blank=True, max_length=160, verbose_name="范围所在")),
                ("groups", models.JSONField(default=list, verbose_name="范围内的组")),
                ("forms", models.PositiveIntegerField(null=True, verbose_name="份数")),
                ("votes", models.JSONField(null=True, verbose_name="票数")),
                ("withheld", models.CharField(blank=True, max_length=80, verbose_name="不显示的原因")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="opinions.poll",
                    ),
                ),
            ],
            options={
                "verbose_name": "评议数字",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "number"), name="figure_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Box",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("used", models.PositiveIntegerField(default=0, verbose_name="已收")),
                ("typed", models.PositiveIntegerField(default=0, verbose_name="其中录入的纸质表")),
                ("slots", models.PositiveIntegerField(verbose_name="格数")),
                ("width", models.PositiveIntegerField(verbose_name="封套长度（字节）")),
                ("subjects", models.PositiveSmallIntegerField(verbose_name="评议对象数")),
                ("unit_key", models.CharField(max_length=64, verbose_name="本单位公钥")),
                ("superior_key", models.CharField(max_length=64, verbose_name="上级公钥")),
                ("sum", models.CharField(max_length=64, verbose_name="核对和")),
                ("mark", models.CharField(max_length=64, verbose_name="核对码")),
                (
                    "poll",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="box", to="opinions.poll"
                    ),
                ),
            ],
            options={
                "verbose_name": "票箱",
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="批次")),
                ("issued", models.PositiveIntegerField(verbose_name="发出")),
                ("voided", models.PositiveIntegerField(default=0, verbose_name="作废")),
                ("on_paper", models.BooleanField(default=False, verbose_name="纸质表")),
                ("issued_by", models.CharField(max_length=80, verbose_name="制票人")),
                ("issued_on", models.DateField(verbose_name="制票日")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="opinions.group"
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to="opinions.poll",
                    ),
                ),
            ],
            options={
                "verbose_name": "批次",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "number"), name="batch_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Saying",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="号")),
                ("subject", models.PositiveSmallIntegerField(default=0, verbose_name="对象")),
                ("question", models.CharField(max_length=40, verbose_name="题")),
                ("side", models.CharField(blank=True, max_length=10, verbose_name="党内党外")),
                ("text", models.TextField(verbose_name="原话")),
                (
                    "aside",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nothing", "没有写具体意见"),
                            ("elsewhere", "不属于这次征求的范围"),
                            ("abuse", "只有骂人的话，没有说事情"),
                        ],
                        max_length=10,
                        verbose_name="不列为意见的原因",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sayings",
                        to="opinions.point",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sayings",
                        to="opinions.poll",
                    ),
                ),
            ],
            options={
                "verbose_name": "原话",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                (
                    "digest",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="票码摘要"
                    ),
                ),
                ("group", models.PositiveSmallIntegerField(verbose_name="组")),
                ("batch", models.PositiveSmallIntegerField(verbose_name="批次")),
                (
                    "state",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "未用"), (1, "已用"), (2, "废票"), (3, "作废")],
                        default=0,
                        verbose_name="状态",
                    ),
                ),
                ("stub", models.CharField(max_length=64, verbose_name="回执摘要")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="opinions.poll"
                    ),
                ),
            ],
            options={
                "verbose_name": "票",
                "constraints": [models.UniqueConstraint(fields=("poll", "stub"), name="slip_stub_once")],
            },
        ),
        migrations.CreateModel(
            name="PaperEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("typed_by", models.CharField(max_length=80, verbose_name="第一次录入账号")),
                ("digests", models.JSONField(verbose_name="各题摘要")),
                ("misses", models.PositiveSmallIntegerField(default=0, verbose_name="不符次数")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="opinions.poll"
                    ),
                ),
                (
                    "slip",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="opinions.slip"
                    ),
                ),
            ],
            options={
                "verbose_name": "纸质表录入",
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="格号")),
                ("full", models.BooleanField(default=False, verbose_name="已用")),
                ("envelope", models.BinaryField(verbose_name="封套")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="opinions.poll"
                    ),
                ),
            ],
            options={
                "verbose_name": "格",
            },
        ),
        migrations.CreateModel(
            name="Stub",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, verbose_name="回执号")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="opinions.poll"
                    ),
                ),
            ],
            options={
                "verbose_name": "回执",
                "ordering": ["number"],
                "indexes": [models.Index(fields=["number"], name="stub_number")],
                "constraints": [models.UniqueConstraint(fields=("poll", "number"), name="stub_once")],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
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
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subjects",
                        to="opinions.poll",
                    ),
                ),
            ],
            options={
                "verbose_name": "评议对象",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "number"), name="subject_numbered_once")
                ],
            },
        ),
    ]
