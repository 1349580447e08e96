from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "dianping.accounts"
    label = "accounts"
    verbose_name = "账号"
