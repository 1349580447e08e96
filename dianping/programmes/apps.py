from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "dianping.programmes"
    label = "programmes"
    verbose_name = "方案"
