from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "dianping.ledgers"
    label = "ledgers"
    verbose_name = "台账"
