"""The digest of each key of the site."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0001_tables")]

    operations = [
        migrations.CreateModel(
            name="KeyMark",
            fields=[
                (
                    "name",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="钥匙"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
            ],
            options={"verbose_name": "钥匙的摘要"},
        ),
    ]
