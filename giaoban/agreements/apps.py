from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "giaoban.agreements"
    label = "agreements"

    def ready(self) -> None:
        from giaoban.agreements import wording  # noqa: F401  (registers its words)
