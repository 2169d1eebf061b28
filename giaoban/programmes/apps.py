from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProgrammesConfig(AppConfig):
    name = "giaoban.programmes"
    label = "programmes"

    def ready(self) -> None:
        autodiscover_modules("jobs")  # every app registers the work that comes round
