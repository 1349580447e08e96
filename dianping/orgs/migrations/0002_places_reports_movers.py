from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="places_given",
            field=models.PositiveIntegerField(default=0, verbose_name="已给出的下级位置"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("until__isnull", False)), fields=["person"], name="membership_ended"
            ),
        ),
    ]
