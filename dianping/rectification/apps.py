from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "dianping.rectification"
    label = "rectification"
    verbose_name = "整改"
