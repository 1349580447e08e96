from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "dianping.ledgers"
    label = "ledgers"
    verbose_name = "台账"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.ledgers.selectors.waiting import KINDS

        register_waiting(*KINDS)
