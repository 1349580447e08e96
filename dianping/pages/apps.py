from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "dianping.pages"
    label = "pages"
    verbose_name = "页面"
