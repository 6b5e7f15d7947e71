from django.apps import AppConfig


class MddConfig(AppConfig):
    name = "mdd"
    default_auto_field = "django.db.models.BigAutoField"
