"""What a draft says of its event: an occasion is made on filing only, or half a place typed would be an event of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="occasion_kind",
            field=models.CharField(blank=True, max_length=10, verbose_name="拟结合的活动"),
        ),
        migrations.AddField(
            model_name="review",
            name="place",
            field=models.CharField(blank=True, max_length=80, verbose_name="拟写的地点"),
        ),
    ]
