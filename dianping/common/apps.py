from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "dianping.common"
    label = "common"
    verbose_name = "公共"
