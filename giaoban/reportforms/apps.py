from django.apps import AppConfig


class ReportformsConfig(AppConfig):
    name = "giaoban.reportforms"
    label = "reportforms"

    def ready(self) -> None:
        from giaoban.reportforms import wording  # noqa: F401  (registers its words)
