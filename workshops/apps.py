from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from metrics import triggers
        from workshops import parked

        triggers.register(parked.TRIGGER)
