"""When somebody last signed in stands in the audit chain, and nowhere else."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_nothing_of_requests")]
    operations = [migrations.RemoveField(model_name="user", name="last_login")]
