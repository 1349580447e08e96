from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "dianping.programmes"
    label = "programmes"
    verbose_name = "方案"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.programmes.waiting import KINDS

        register_waiting(*KINDS)
