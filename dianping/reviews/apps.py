from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "dianping.reviews"
    label = "reviews"
    verbose_name = "点评"
