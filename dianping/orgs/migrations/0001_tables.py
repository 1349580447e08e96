"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
from django.db import migrations, models

import dianping.common.fields


class Migration(migrations.Migration):
    initial = True
    replaces = [("orgs", "0001_initial"), ("orgs", "0002_places_reports_movers")]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=60, verbose_name="姓名")),
                ("sex", models.CharField(blank=True, max_length=1, verbose_name="性别")),
                ("born", models.DateField(blank=True, null=True, verbose_name="出生日期")),
                ("employee_no", models.CharField(blank=True, max_length=40, verbose_name="工号")),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True, max_length=64, null=True, unique=True, verbose_name="身份指纹"
                    ),
                ),
            ],
            options={
                "verbose_name": "人员",
            },
        ),
        migrations.CreateModel(
            name="RosterTaken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_on", models.DateField(verbose_name="写入日期")),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="文件摘要")),
                ("by", models.CharField(max_length=80, verbose_name="写入人")),
                ("changes", models.JSONField(default=dict, verbose_name="变动")),
            ],
            options={
                "verbose_name": "名册",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="组织代码")),
                ("name", models.CharField(max_length=120, verbose_name="组织名称")),
                ("short_name", models.CharField(max_length=120, verbose_name="简称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("地方党委", "地方党委"),
                            ("工委", "工委"),
                            ("党组", "党组"),
                            ("基层党委", "基层党委"),
                            ("二级党委", "二级党委"),
                            ("党总支", "党总支"),
                            ("直属党支部", "直属党支部"),
                            ("党支部", "党支部"),
                            ("联合党支部", "联合党支部"),
                            ("临时党支部", "临时党支部"),
                        ],
                        max_length=10,
                        verbose_name="组织类别",
                    ),
                ),
                (
                    "unit_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("机关", "机关"),
                            ("企业", "企业"),
                            ("事业", "事业"),
                            ("高校", "高校"),
                            ("乡村", "乡村"),
                            ("社区", "社区"),
                            ("民族地区", "民族地区"),
                            ("非公", "非公"),
                            ("社会组织", "社会组织"),
                        ],
                        max_length=10,
                        verbose_name="单位类型",
                    ),
                ),
                (
                    "path",
                    dianping.common.fields.PathField(max_length=160, unique=True, verbose_name="所在位置"),
                ),
                ("places_given", models.PositiveIntegerField(default=0, verbose_name="已给出的下级位置")),
                ("founded", models.DateField(verbose_name="成立日期")),
                ("dissolved", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("moved_on", models.DateField(blank=True, null=True, verbose_name="移位日期")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "succeeded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "党组织",
                "ordering": ["path"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("pk")), _negated=True),
                        name="organisation_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dissolved", None), ("dissolved__gte", models.F("founded")), _connector="OR"
                        ),
                        name="organisation_founded_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止（不含）")),
                (
                    "standing",
                    models.CharField(
                        choices=[("正式党员", "正式党员"), ("预备党员", "预备党员")],
                        default="正式党员",
                        max_length=4,
                        verbose_name="人员类别",
                    ),
                ),
                ("mobile_to", models.CharField(blank=True, max_length=120, verbose_name="流动去向")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="orgs.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "党籍",
                "indexes": [
                    models.Index(
                        condition=models.Q(("until__isnull", False)),
                        fields=["person"],
                        name="membership_ended",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("person",),
                        name="membership_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="membership_begins_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("secretary", "书记"),
                            ("acting", "主持工作的副书记"),
                            ("leader", "班子成员"),
                        ],
                        max_length=10,
                        verbose_name="角色",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="职务名称")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "职务",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("role", "leader"), _negated=True),
                        fields=("organisation", "role"),
                        name="post_one_secretary_each",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Charge",
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
                        choices=[("in_charge", "分管"), ("contact", "联系点")],
                        max_length=10,
                        verbose_name="关系",
                    ),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止（不含）")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="charges", to="orgs.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "分管与联系",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "in_charge"), ("until", None)),
                        fields=("organisation",),
                        name="charge_one_leader",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("post", "organisation", "kind"),
                        name="charge_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tenure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止（不含）")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tenures", to="orgs.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tenures", to="orgs.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("post",), name="tenure_one_holder"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="tenure_begins_first",
                    ),
                ],
            },
        ),
    ]
