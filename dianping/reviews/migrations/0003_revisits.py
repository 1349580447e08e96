import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0002_sittings"),
    ]

    operations = [
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
    ]
