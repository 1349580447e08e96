from django.db import migrations, models


class Migration(migrations.Migration):
    """When, and by whom, a written report was read."""

    dependencies = [("rectification", "0002_sources")]

    operations = [
        migrations.AddField(
            "writtenreport", "read_on", models.DateField(null=True, verbose_name="点评人阅日")
        ),
        migrations.AddField(
            "writtenreport",
            "read_by",
            models.CharField(blank=True, max_length=80, verbose_name="阅报人", default=""),
        ),
    ]
