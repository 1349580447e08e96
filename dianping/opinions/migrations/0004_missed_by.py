"""Which account's typing of a paper form differed from the first, so that somebody else may begin anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opinions", "0003_two_offices")]

    operations = [
        migrations.AddField(
            model_name="paperentry",
            name="missed_by",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="不符的账号"),
        ),
    ]
