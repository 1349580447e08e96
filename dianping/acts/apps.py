from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "dianping.acts"
    label = "acts"
    verbose_name = "跨间办事"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.acts.waiting_kinds import KINDS

        register_waiting(*KINDS)
