from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "dianping.duties"
    label = "duties"
    verbose_name = "应办"
