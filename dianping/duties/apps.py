from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "dianping.duties"
    label = "duties"
    verbose_name = "应办"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.duties.selectors.waiting import KINDS

        register_waiting(*KINDS)
