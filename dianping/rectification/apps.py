from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "dianping.rectification"
    label = "rectification"
    verbose_name = "整改"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.rectification.selectors.waiting import KINDS

        register_waiting(*KINDS)
