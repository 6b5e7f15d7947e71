from django.urls import include, path

from mdd.views import mail, styleguide

urlpatterns = [
    path("", include("workshops.urls")),
    path("", include("metrics.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("staff/mail/", mail.mails, name="mails"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
