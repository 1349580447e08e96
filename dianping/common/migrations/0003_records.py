"""The digests of the records each act changed, and the notes of the triggers they are made from.

Digests are only ever added, like entries. On PostgreSQL the notes are not logged: no transaction leaves any.
"""

from django.db import migrations, models

SQLITE = [
    """CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON common_auditrecord
       BEGIN SELECT RAISE(ABORT, '审计记录只能追加，不能修改'); END""",
    """CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON common_auditrecord
       BEGIN SELECT RAISE(ABORT, '审计记录只能追加，不能删除'); END""",
]
POSTGRESQL = [
    """CREATE TRIGGER audit_record_append_only BEFORE UPDATE OR DELETE ON common_auditrecord
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    "ALTER TABLE common_touched SET UNLOGGED",
]


def add(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_record_no_update")
        schema_editor.execute("DROP TRIGGER audit_record_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER audit_record_append_only ON common_auditrecord")


class Migration(migrations.Migration):
    dependencies = [("common", "0002_keymark")]

    operations = [
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(db_index=True, verbose_name="组号")),
                ("table", models.CharField(max_length=40, verbose_name="表")),
                ("key", models.BigIntegerField(verbose_name="编号")),
                ("before", models.CharField(blank=True, max_length=64, verbose_name="改动前的摘要")),
                ("after", models.CharField(blank=True, max_length=64, verbose_name="改动后的摘要")),
            ],
            options={
                "verbose_name": "记录摘要",
                "indexes": [models.Index(fields=["table", "key"], name="audit_record_of")],
            },
        ),
        migrations.CreateModel(
            name="Touched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=40, verbose_name="表")),
                ("key", models.BigIntegerField(verbose_name="编号")),
                ("was", models.TextField(blank=True, verbose_name="原样")),
            ],
            options={"verbose_name": "触动的行"},
        ),
        migrations.AddField(
            model_name="auditentry",
            name="vouches",
            field=models.BigIntegerField(db_index=True, null=True, verbose_name="所附记录摘要的组号"),
        ),
        migrations.RunPython(add, remove),
    ]
