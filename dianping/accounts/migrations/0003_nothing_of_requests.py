"""What an earlier version kept of requests is wiped: lockout rows held whole forms (keys of a box among them), session rows
the very numbers by which a browser is known.

The lockout library's tables are dropped, every session is ended. On SQLite the file is then written anew and its journal cut
off, so that no freed page still holds a word; PostgreSQL gives the dropped tables' files back by itself, and the session
table is rewritten. May be run again after a full disk.
"""

from django.db import migrations

TABLES = ("axes_accessattemptexpiration", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog")


def wipe(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in TABLES:
            if table in there:
                cursor.execute(f'DROP TABLE "{table}"')
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")
        sessions = "django_session" in there
        if sessions:
            cursor.execute("DELETE FROM django_session")
        if not apps.get_model("accounts", "User").objects.exists():
            return  # a new site: nobody has sent anything yet
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif connection.vendor == "postgresql" and sessions:
            cursor.execute("VACUUM FULL django_session")


class Migration(migrations.Migration):
    atomic = False  # VACUUM stands in no transaction

    dependencies = [("accounts", "0002_counted_tries")]

    operations = [migrations.RunPython(wipe, migrations.RunPython.noop)]
