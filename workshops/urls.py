from django.urls import path

from workshops.views import squads, statements

app_name = "workshops"
urlpatterns = [
    path("", squads.front, name="front"),
    path("squads/", squads.squads, name="squads"),
    path("squads/new/", squads.new, name="new-squad"),
    path("squads/<slug:slug>/", squads.squad, name="squad"),
    path("squads/<slug:slug>/statements/", statements.statements, name="statements"),
    path("squads/<slug:slug>/statements/<str:kind>/", statements.agree, name="agree"),
]
