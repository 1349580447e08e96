"""Who kept a key before its custodian was replaced."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0004_missed_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="key",
            name="instead_of",
            field=models.JSONField(blank=True, default=list, verbose_name="以前的保管人"),
        ),
    ]
