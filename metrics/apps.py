from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "metrics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mdd.actions import rewording
        from mdd.live import feeds
        from metrics import feed, ours
        from metrics.actions import metrics

        ours.register()
        rewording.FOLLOWERS.append(metrics.follow)
        feeds.register(feed.KIND, feed.DashboardFeed())
