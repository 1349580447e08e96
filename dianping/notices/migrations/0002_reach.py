from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="reach",
            field=models.CharField(blank=True, max_length=40, verbose_name="发至层级"),
        ),
    ]
