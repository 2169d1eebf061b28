from django.apps import AppConfig


class RollupsConfig(AppConfig):
    name = "giaoban.rollups"
    label = "rollups"

    def ready(self) -> None:
        from giaoban.rollups import listeners  # noqa: F401  (connects its receivers)
