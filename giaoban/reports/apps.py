from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "giaoban.reports"
    label = "reports"

    def ready(self) -> None:
        from giaoban.reports import calendars, listeners  # noqa: F401  (connect and register themselves)
