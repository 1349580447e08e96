"""An item carries its own words and where it comes from (decision 0053), so that a hearing or a spot check may name problems too.

Touches: one row an item, and one new row a review that named any. The columns stand empty here: `carry_sources` fills them by an
act, as soon as a command or a start has brought the tables up to date, so that the chain vouches for them before and after (0048).
Twice: what has a source is passed over. Back: the columns go; the review still says all they held.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_tables"),
        ("opinions", "0005_custodians_replaced"),
        ("orgs", "0001_tables"),
        ("rectification", "0001_tables"),
        ("reviews", "0002_draft_occasion"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="about",
            field=models.CharField(
                blank=True,
                choices=[("organisation", "党组织"), ("secretary", "书记"), ("member", "党员")],
                max_length=12,
                verbose_name="对象类别",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="number",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="第几项"),
        ),
        migrations.AddField(
            model_name="item",
            name="point",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="opinions.point"
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="text",
            field=models.TextField(blank=True, verbose_name="问题"),
        ),
        migrations.AlterField(
            model_name="item",
            name="problem",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.problem"
            ),
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="种类")),
                ("row", models.PositiveBigIntegerField(null=True, verbose_name="来源编号")),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="提出方")),
                ("happened_on", models.DateField(verbose_name="提出日")),
                ("entered_at", models.DateTimeField(verbose_name="登记时刻")),
                (
                    "named_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.review",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题来源",
            },
        ),
        migrations.AddField(
            model_name="item",
            name="source",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="rectification.source",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("source", "number"), name="item_once_a_source"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(fields=("kind", "row"), name="source_row_once"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("review__isnull", False), ("row__isnull", True)),
                    models.Q(("review__isnull", True), ("row__isnull", False)),
                    _connector="OR",
                ),
                name="source_is_a_review_or_a_row",
            ),
        ),
    ]
