"""Every table of this room, as of version 0.1.0. A data folder of that version has run what it replaces."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [("programmes", "0001_initial"), ("programmes", "0002_amended")]

    dependencies = [
        ("orgs", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="方案代号")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("number", models.CharField(max_length=60, verbose_name="发文字号")),
                ("amended_by", models.CharField(blank=True, max_length=60, verbose_name="修订它的文件")),
                ("extends", models.CharField(blank=True, max_length=60, verbose_name="上级方案")),
                ("text", models.TextField(verbose_name="方案全文")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("in_force", models.DateField(verbose_name="施行日")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止（不含）")),
                ("adopted_on", models.DateField(verbose_name="采用日")),
                ("adopted_by", models.CharField(max_length=80, verbose_name="采用人")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "采用的方案",
                "ordering": ["in_force", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code", "in_force"), name="adoption_once")
                ],
            },
        ),
    ]
