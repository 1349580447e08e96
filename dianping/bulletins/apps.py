from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "dianping.bulletins"
    label = "bulletins"
    verbose_name = "通报"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.bulletins.selectors.waiting import KINDS

        register_waiting(*KINDS)
