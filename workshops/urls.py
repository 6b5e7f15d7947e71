from django.urls import path

from workshops.views import leading, loops, squads, statements, workshops

app_name = "workshops"
urlpatterns = [
    path("", squads.front, name="front"),
    path("loops/", loops.loops, name="loops"),
    path("squads/", squads.squads, name="squads"),
    path("squads/new/", squads.new, name="new-squad"),
    path("squads/<slug:slug>/", squads.squad, name="squad"),
    path("squads/<slug:slug>/statements/", statements.statements, name="statements"),
    path("squads/<slug:slug>/statements/<str:kind>/", statements.agree, name="agree"),
    path("squads/<slug:slug>/workshops/", workshops.workshops, name="workshops"),
    path("squads/<slug:slug>/workshops/start/", workshops.start, name="start"),
    path("workshops/<int:pk>/", workshops.workshop, name="workshop"),
    path("workshops/<int:pk>/move/", leading.move, name="move"),
    path("workshops/<int:pk>/state/", leading.change_state, name="change-state"),
    path("workshops/<int:pk>/facilitate/", leading.facilitate, name="facilitate"),
    path("workshops/<int:pk>/done/", leading.done, name="done"),
]
