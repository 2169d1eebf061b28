from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "giaoban.plans"
    label = "plans"

    def ready(self) -> None:
        from giaoban.plans import wording  # noqa: F401  (registers its words)
