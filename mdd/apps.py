from importlib import import_module

from django.apps import AppConfig


class MddConfig(AppConfig):
    name = "mdd"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Tasks that are sent need the app.
        import_module("mdd.celery")
        import_module("mdd.checks")
