"""Who owes is one of three: a seat, a person, somebody outside the system (decision 0052).

Touches: the duties nobody inside owes, two a window of each programme and the few that wait for a reviewer to be named. Each is
given the name its page showed: the programme's outside reviewer; "待上级指定" where there was none; "系统外" without a window.
Records: those rows stand in the chain without the name, so each is marked, and the next start takes it in anew, as an act
(`common/records/filling.py`). Twice: a row that has a name is left as it is. Back: the columns go, and nothing else changes.
The names are written out here, not imported.
"""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import dianping.duties.kinds
import dianping.duties.models.duty

NOBODY_NAMED, OUTSIDE = "待上级指定", "系统外"
ADDED = "filled:duties_duty"
WAS = '{"owed_by_outsider": ""}'


def name_outsiders(apps, schema_editor):
    duties = apps.get_model("duties", "Duty").objects
    windows = apps.get_model("duties", "Window").objects
    nobodys = duties.filter(owed_by=None, owed_by_outsider="")
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM common_touched")
        newest = cursor.fetchone()[0] or 0
        cursor.execute(
            'INSERT INTO common_touched ("table", key, was)'
            " SELECT %s, id, %s FROM duties_duty WHERE owed_by_id IS NULL AND owed_by_outsider = '' ORDER BY id",
            [ADDED, WAS],
        )
        for window in list(windows.filter(pk__in=nobodys.exclude(window=None).values("window").distinct())):
            nobodys.filter(window=window).update(owed_by_outsider=window.outside or NOBODY_NAMED)
        nobodys.update(owed_by_outsider=OUTSIDE)
        # What a trigger noted of this itself: nothing takes it off, for no act did it.
        cursor.execute("""DELETE FROM common_touched WHERE id > %s AND "table" = 'duties_duty'""", [newest])


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0003_records"),
        ("orgs", "0001_tables"),
        ("duties", "0001_tables"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="duty", name="duty_once_per_organisation"),
        migrations.RemoveConstraint(model_name="duty", name="duty_one_report_a_window"),
        migrations.AddField(
            model_name="duty",
            name="owed_by_person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.person",
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="owed_by_outsider",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="系统外由谁办"),
        ),
        migrations.AlterField(
            model_name="duty",
            name="kind",
            field=models.CharField(
                choices=dianping.duties.kinds.kind_choices, max_length=8, verbose_name="事项"
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="target",
            field=models.CharField(
                choices=dianping.duties.models.duty.target_choices, max_length=20, verbose_name="对象类别"
            ),
        ),
        migrations.RunPython(name_outsiders, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("owed_by_person__isnull", False)),
                fields=["owed_by_person", "window", "done_on"],
                name="duty_owed_by_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("target__in", ["member", "report"]), _negated=True), ("owed_by_person", None)
                ),
                fields=("window", "organisation"),
                name="duty_once_per_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                models.F("window"),
                models.F("organisation"),
                models.F("owed_by_person"),
                django.db.models.functions.comparison.Coalesce("person", models.Value(0)),
                condition=models.Q(("owed_by_person__isnull", False)),
                name="duty_once_per_person_owing",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                django.db.models.functions.comparison.Coalesce("owed_by", models.Value(0)),
                django.db.models.functions.comparison.Coalesce("owed_by_person", models.Value(0)),
                models.F("owed_by_outsider"),
                models.F("due"),
                django.db.models.functions.comparison.Coalesce("person", models.Value(0)),
                condition=models.Q(("done_on", None), ("target", "report")),
                name="duty_one_report_a_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owed_by__isnull", False), ("owed_by_outsider", ""), ("owed_by_person", None)),
                    models.Q(("owed_by", None), ("owed_by_outsider", ""), ("owed_by_person__isnull", False)),
                    models.Q(
                        ("owed_by", None),
                        ("owed_by_person", None),
                        models.Q(("owed_by_outsider", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="duty_owed_by_one",
            ),
        ),
    ]
