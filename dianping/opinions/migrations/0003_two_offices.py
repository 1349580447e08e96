"""Who planned a poll, by account, and what the unit's custodian says of the roster."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0002_three_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="planned_account",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="拟定账号"),
        ),
        migrations.AddField(
            model_name="group",
            name="confirmed_here",
            field=models.PositiveIntegerField(null=True, verbose_name="本单位核对到的人数"),
        ),
        migrations.AddField(
            model_name="group",
            name="against_here",
            field=models.CharField(
                blank=True, default="", max_length=120, verbose_name="本单位照哪份名单核对"
            ),
        ),
    ]
