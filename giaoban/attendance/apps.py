from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "giaoban.attendance"
    label = "attendance"

    def ready(self) -> None:
        from giaoban.attendance import listeners, wording  # noqa: F401  (registers its words)
