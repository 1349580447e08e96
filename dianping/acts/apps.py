from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "dianping.acts"
    label = "acts"
    verbose_name = "跨间办事"
