from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from mdd.actions import rewording
        from mdd.live import feeds
        from metrics import origins as known
        from metrics import remarks, triggers
        from metrics.delivery import kinds
        from workshops import guesses, origins, parked, reminders
        from workshops.actions import opinions
        from workshops.feed import WorkshopFeed

        known.register(origins.of_metrics)
        remarks.register(_("Blind guess"), guesses.remark)
        triggers.register(parked.TRIGGER)
        rewording.FOLLOWERS.append(opinions.follow)
        kinds.KINDS.append(reminders.KIND)
        feeds.register("workshop", WorkshopFeed())
