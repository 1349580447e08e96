from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "dianping.door"
    label = "door"
    verbose_name = "群众的表"
