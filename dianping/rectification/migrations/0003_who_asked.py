"""Under which account more time was asked for: whoever asked does not grant it, and two people may share a name.

Touches: one empty column. Twice: no. Back: drops the column, and with it who may not answer.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0002_sittings"),
    ]

    operations = [
        migrations.AddField(
            model_name="extension",
            name="asked_as",
            field=models.CharField(blank=True, max_length=60, verbose_name="申请账号"),
        ),
    ]
