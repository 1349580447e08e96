"""What each import did, so that it can be undone (decision 0061).

Touches: one new table, one new column that stays blank. Imports from before have nothing kept and cannot be undone.
Back: the table and the column go, and with them the means of undoing.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_kinds_from_one_table"),
    ]

    operations = [
        migrations.AddField(
            model_name="rostertaken",
            name="undone_on",
            field=models.DateField(blank=True, null=True, verbose_name="撤回日期"),
        ),
        migrations.CreateModel(
            name="RosterStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=40, verbose_name="表")),
                ("made", models.JSONField(default=list, verbose_name="新增的编号")),
                ("before", models.JSONField(default=dict, verbose_name="改动前")),
                ("after", models.JSONField(default=dict, verbose_name="改动后")),
                (
                    "taken",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="orgs.rostertaken",
                    ),
                ),
            ],
            options={
                "verbose_name": "名册的改动",
                "constraints": [models.UniqueConstraint(fields=("taken", "table"), name="roster_step_once")],
            },
        ),
    ]
