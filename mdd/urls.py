from django.urls import include, path

from mdd import health
from mdd.views import language, live, mail, styleguide

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", language.choose, name="language"),
    path("live/<int:pk>/", live.follow, name="live"),
    path("", include("workshops.urls")),
    path("", include("metrics.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("staff/mail/", mail.mails, name="mails"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
