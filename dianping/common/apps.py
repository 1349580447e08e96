from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "dianping.common"
    label = "common"
    verbose_name = "公共"

    def ready(self) -> None:
        """Triggers follow the tables: a migration may have rebuilt one."""
        from dianping.common.records.triggers import lay_triggers

        post_migrate.connect(lay_triggers, sender=self)
