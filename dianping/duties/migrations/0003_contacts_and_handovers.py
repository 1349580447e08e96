"""Whose contact point a review is of, and from when until when something is handed over (decision 0063).

Touches: the tables of duties and of handovers; every new column stands empty in old rows, which changes no digest (0048). A handover
written down before has no last day and stays as it is until somebody takes it back. Twice: nothing. Back: the columns go.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0002_who_owes"),
        ("orgs", "0002_kinds_from_one_table"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="duty",
            name="duty_once_per_organisation",
        ),
        migrations.AddField(
            model_name="duty",
            name="leader",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.post",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="ended_by",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="收回人"),
        ),
        migrations.AddField(
            model_name="handover",
            name="ended_on",
            field=models.DateField(null=True, verbose_name="收回日"),
        ),
        migrations.AddField(
            model_name="handover",
            name="items",
            field=models.JSONField(default=list, verbose_name="选定的项"),
        ),
        migrations.AddField(
            model_name="handover",
            name="until",
            field=models.DateField(null=True, verbose_name="最后一天"),
        ),
        migrations.AddField(
            model_name="handover",
            name="whole",
            field=models.BooleanField(default=False, verbose_name="期间列出的一并交"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("target__in", ["member", "contact", "report"]), _negated=True),
                    ("owed_by_person", None),
                ),
                fields=("window", "organisation"),
                name="duty_once_per_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("target", "contact")),
                fields=("window", "organisation", "leader"),
                name="duty_once_per_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("leader__isnull", False), ("target", "contact")),
                    models.Q(models.Q(("target", "contact"), _negated=True), ("leader", None)),
                    _connector="OR",
                ),
                name="duty_of_a_leader",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("on")), _connector="OR"),
                name="handover_ends_after_it_begins",
            ),
        ),
    ]
