from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "dianping.bulletins"
    label = "bulletins"
    verbose_name = "通报"
