"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [("ledgers", "0001_initial")]

    dependencies = [
        ("orgs", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=20, verbose_name="表")),
                ("opens", models.DateField(verbose_name="期间起")),
                ("due", models.DateField(verbose_name="期间止")),
                ("drawn_on", models.DateField(verbose_name="填报日期")),
                ("facts", models.JSONField(verbose_name="所据事实")),
                ("digest", models.CharField(max_length=64, verbose_name="事实摘要")),
                ("files", models.JSONField(default=dict, verbose_name="文件及摘要")),
                ("issued_at", models.DateTimeField(verbose_name="印发时刻")),
                ("by", models.CharField(max_length=80, verbose_name="印发人")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "台账印发",
                "ordering": ["-pk"],
            },
        ),
    ]
