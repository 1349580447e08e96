"""Counted tries in the place of a library's lockout, places known to an account, and what a password must tell of itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="TryCount",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="计数对象摘要"
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0, verbose_name="次数")),
                ("ends", models.DateTimeField(db_index=True, verbose_name="到期")),
            ],
            options={
                "verbose_name": "密码试次",
            },
        ),
        migrations.AddField(
            model_name="user",
            name="must_change",
            field=models.BooleanField(default=False, verbose_name="须改密码"),
        ),
        migrations.AddField(
            model_name="user",
            name="password_since",
            field=models.DateField(blank=True, null=True, verbose_name="密码起用日"),
        ),
        migrations.AddField(
            model_name="user",
            name="sessions",
            field=models.PositiveIntegerField(default=0, verbose_name="会话批次"),
        ),
        migrations.CreateModel(
            name="FailureTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=20, verbose_name="行为")),
                ("account", models.CharField(blank=True, max_length=60, verbose_name="登录名")),
                ("place", models.CharField(blank=True, max_length=16, verbose_name="地点摘要")),
                ("quarter", models.DateTimeField(verbose_name="一刻钟的开头")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="次数")),
            ],
            options={
                "verbose_name": "密码不对的次数",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("act", "account", "place", "quarter"), name="failure_tally_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PastPassword",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="密码摘要")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_passwords",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "用过的密码",
            },
        ),
        migrations.CreateModel(
            name="KnownPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=64, verbose_name="地点摘要")),
                ("last", models.DateTimeField(verbose_name="最近登录")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "登录过的地点",
                "constraints": [models.UniqueConstraint(fields=("user", "place"), name="known_place_once")],
            },
        ),
    ]
