from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "dianping.reviews"
    label = "reviews"
    verbose_name = "点评"

    def ready(self) -> None:
        """What waits here is told to the desks."""
        from dianping.accounts.waiting import register_waiting
        from dianping.reviews.selectors.waiting import KINDS

        register_waiting(*KINDS)
