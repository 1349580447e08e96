import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0003_amended"),
        ("orgs", "0002_places_reports_movers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="交接日")),
                ("by", models.CharField(max_length=80, verbose_name="登记人")),
                ("why", models.TextField(verbose_name="原因")),
                ("duties", models.PositiveIntegerField(verbose_name="项数")),
                (
                    "from_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.post"
                    ),
                ),
                (
                    "to_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "交接",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="duty",
            name="handed_over",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="duties.handover"
            ),
        ),
    ]
