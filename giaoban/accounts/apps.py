from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "giaoban.accounts"
    label = "accounts"
