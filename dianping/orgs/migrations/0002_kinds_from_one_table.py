"""The kinds of organisation come from one table (rules.kinds), asked by name: another kind needs no migration.

Touches: no row and no column; what may be chosen is checked by forms and rosters, not by the database.
Back: nothing to do.
"""

from django.db import migrations, models

import dianping.orgs.models.organisation


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_tables"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                choices=dianping.orgs.models.organisation.kind_choices,
                max_length=10,
                verbose_name="组织类别",
            ),
        ),
    ]
