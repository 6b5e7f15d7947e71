from django.urls import path

from workshops.views import adopting, decisions, focus, leading, squads, statements, workshops

app_name = "workshops"
urlpatterns = [
    path("", squads.front, name="front"),
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
    path("workshops/<int:pk>/buckets/<int:bucket>/phrase/", focus.phrase, name="phrase"),
    path("workshops/<int:pk>/buckets/<int:bucket>/dot/", focus.dot, name="dot"),
    path("workshops/<int:pk>/buckets/<int:bucket>/ask/", focus.ask_about, name="ask-about"),
    path("workshops/<int:pk>/buckets/<int:bucket>/consent/", focus.consent, name="consent"),
    path("workshops/<int:pk>/buckets/<int:bucket>/answers/", focus.reveal_consents, name="reveal-consents"),
    path("workshops/<int:pk>/dots/", focus.reveal_dots, name="reveal-dots"),
    path("workshops/<int:pk>/decide/", focus.decide, name="decide"),
    path("workshops/<int:pk>/decision/", decisions.decision, name="decision"),
    path("workshops/<int:pk>/decision/<int:number>/", decisions.decision, name="earlier-decision"),
    path("workshops/<int:pk>/decision/<int:number>/<str:kind>/", decisions.export, name="export-decision"),
    path("workshops/<int:pk>/cards/<int:card>/adopt/", adopting.adopt, name="adopt"),
]
