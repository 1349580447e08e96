from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "dianping.opinions"
    label = "opinions"
    verbose_name = "意见"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.opinions.selectors.waiting import KINDS

        register_waiting(*KINDS)
