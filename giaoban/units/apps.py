from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "giaoban.units"
    label = "units"

    def ready(self) -> None:
        from giaoban.units import wording  # noqa: F401  (registers its words)
