from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "dianping.notices"
    label = "notices"
    verbose_name = "文件"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.notices.waiting import KINDS

        register_waiting(*KINDS)
