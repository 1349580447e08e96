from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "dianping.opinions"
    label = "opinions"
    verbose_name = "意见"
