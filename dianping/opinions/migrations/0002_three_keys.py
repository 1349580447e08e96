"""The machine's key, the confirmed lists, slips counted out, and the papers' end."""

from django.db import migrations, models


def counted(apps, editor):
    """Slips printed before anybody was asked to count them out are with people: they go on opening the form."""
    batches = apps.get_model("opinions", "Batch").objects.filter(counted_on=None)
    batches.update(counted_on=models.F("issued_on"), counted_by="升级以前制的票")


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="counted_account",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="点交账号"),
        ),
        migrations.AddField(
            model_name="batch",
            name="counted_by",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="点交人"),
        ),
        migrations.AddField(
            model_name="batch",
            name="counted_on",
            field=models.DateField(null=True, verbose_name="点交日"),
        ),
        migrations.AddField(
            model_name="batch",
            name="issued_account",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="制票账号"),
        ),
        migrations.AddField(
            model_name="box",
            name="machine_key",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="机内公钥"),
        ),
        migrations.AddField(
            model_name="group",
            name="against",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="照哪份名单核对"),
        ),
        migrations.AddField(
            model_name="group",
            name="confirmed",
            field=models.PositiveIntegerField(null=True, verbose_name="上级核对到的人数"),
        ),
        migrations.AddField(
            model_name="poll",
            name="confirmed_on",
            field=models.DateField(null=True, verbose_name="名单核对日"),
        ),
        migrations.AddField(
            model_name="poll",
            name="machine_key",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="机内公钥"),
        ),
        migrations.AddField(
            model_name="poll",
            name="opened_again",
            field=models.TextField(blank=True, default="", verbose_name="再次开箱的原因"),
        ),
        migrations.AddField(
            model_name="poll",
            name="papers_gone_by",
            field=models.CharField(blank=True, default="", max_length=170, verbose_name="钥匙纸销毁人"),
        ),
        migrations.AddField(
            model_name="poll",
            name="papers_gone_on",
            field=models.DateField(null=True, verbose_name="钥匙纸销毁日"),
        ),
        migrations.RunPython(counted, migrations.RunPython.noop),
    ]
