from django.apps import AppConfig


class MddConfig(AppConfig):
    name = "mdd"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mdd import celery  # noqa: F401  tasks that are sent need the app
