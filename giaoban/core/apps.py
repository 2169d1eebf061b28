from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "giaoban.core"
    label = "core"

    def ready(self) -> None:
        from giaoban.core.folding import add_fold

        connection_created.connect(add_fold, dispatch_uid="giaoban_fold")
        autodiscover_modules("panels")  # upper apps fill the slots of lower ones
