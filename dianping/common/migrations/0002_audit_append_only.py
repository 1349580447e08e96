"""Triggers that refuse to change or delete an audit entry.

They stop mistakes, not a database administrator; against him stand the hash chain and heads kept elsewhere.
Touches no row. Back: the triggers are dropped.
"""

from django.db import migrations

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
    dependencies = [("common", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
