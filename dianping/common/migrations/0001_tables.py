"""Every table of this room, and the triggers that refuse to change or delete an audit entry.

They stop mistakes, not a database administrator; against him stand the hash chain and heads kept elsewhere.
"""

from django.db import migrations, models

SQLITE = [
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON common_auditentry
       BEGIN SELECT RAISE(ABORT, '审计记录只能追加，不能修改'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON common_auditentry
       BEGIN SELECT RAISE(ABORT, '审计记录只能追加，不能删除'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_refuse() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION '审计记录只能追加，不能修改或删除'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON common_auditentry
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
]


def add(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_no_update")
        schema_editor.execute("DROP TRIGGER audit_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER audit_append_only ON common_auditentry")
        schema_editor.execute("DROP FUNCTION audit_refuse()")


class Migration(migrations.Migration):
    initial = True
    replaces = [("common", "0001_initial"), ("common", "0002_audit_append_only")]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("at", models.DateTimeField(verbose_name="时刻")),
                ("actor", models.CharField(max_length=80, verbose_name="行为人")),
                ("acting_as", models.CharField(blank=True, max_length=80, verbose_name="身份")),
                ("act", models.CharField(max_length=60, verbose_name="行为")),
                ("about", models.CharField(max_length=120, verbose_name="对象")),
                (
                    "path",
                    models.CharField(blank=True, db_index=True, max_length=160, verbose_name="所在组织"),
                ),
                ("detail", models.JSONField(default=dict, verbose_name="内容")),
                ("prev", models.CharField(max_length=64, verbose_name="前一条")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="本条")),
            ],
            options={
                "verbose_name": "审计记录",
                "ordering": ["seq"],
            },
        ),
        migrations.CreateModel(
            name="FormKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, verbose_name="表单号")),
                ("actor", models.CharField(max_length=80, verbose_name="行为人")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("location", models.CharField(blank=True, max_length=400, verbose_name="去处")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时刻")),
            ],
            options={
                "verbose_name": "表单号",
                "constraints": [models.UniqueConstraint(fields=("actor", "key"), name="form_key_once")],
            },
        ),
        migrations.RunPython(add, remove),
    ]
