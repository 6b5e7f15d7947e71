from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from metrics import origins as known
        from workshops import origins

        known.register(origins.of_metrics)
