"""Slips by which accounts get their first password."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_no_last_login"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="slip_by",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="发启用票的账号"),
        ),
        migrations.CreateModel(
            name="ActivationSlip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="票码摘要")),
                ("issued_on", models.DateField(verbose_name="制票日期")),
                ("until", models.DateField(verbose_name="有效至")),
                ("issued_by", models.CharField(max_length=80, verbose_name="制票人")),
                ("issued_account", models.CharField(max_length=60, verbose_name="制票的账号")),
                (
                    "state",
                    models.CharField(
                        choices=[("unused", "还没有用"), ("used", "已用"), ("void", "作废")],
                        default="unused",
                        max_length=6,
                        verbose_name="状态",
                    ),
                ),
                ("used_on", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slips",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "启用票",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "unused")),
                        fields=("user",),
                        name="activation_slip_one_unused",
                    )
                ],
            },
        ),
    ]
