from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "dianping.notices"
    label = "notices"
    verbose_name = "文件"
