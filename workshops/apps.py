from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mdd.actions import rewording
        from workshops.actions import opinions

        rewording.FOLLOWERS.append(opinions.follow)
