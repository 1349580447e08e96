import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_initial"),
        ("orgs", "0002_places_reports_movers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="duty",
            name="duty_one_report_a_window",
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("lapsed_on__isnull", False)), fields=["window"], name="duty_lapsed"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                models.F("owed_by"),
                models.F("due"),
                django.db.models.functions.comparison.Coalesce("person", models.Value(0)),
                condition=models.Q(("done_on", None), ("target", "report")),
                name="duty_one_report_a_window",
            ),
        ),
    ]
