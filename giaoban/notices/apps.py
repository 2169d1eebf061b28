from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "giaoban.notices"
    label = "notices"

    def ready(self) -> None:
        from giaoban.notices import listeners, wording  # noqa: F401  (connects its receivers, registers its words)
