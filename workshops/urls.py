from django.urls import path

from workshops.views import answers, leading, opinions, prompts, squads, statements, workshops

app_name = "workshops"
urlpatterns = [
    path("", squads.front, name="front"),
    path("squads/", squads.squads, name="squads"),
    path("squads/new/", squads.new, name="new-squad"),
    path("squads/<slug:slug>/", squads.squad, name="squad"),
    path("squads/<slug:slug>/statements/", statements.statements, name="statements"),
    path("squads/<slug:slug>/statements/<str:kind>/", statements.agree, name="agree"),
    path("squads/<slug:slug>/statements/<str:kind>/<int:pk>/", statements.reword, name="reword"),
    path("squads/<slug:slug>/workshops/", workshops.workshops, name="workshops"),
    path("squads/<slug:slug>/workshops/start/", workshops.start, name="start"),
    path("workshops/<int:pk>/", workshops.workshop, name="workshop"),
    path("workshops/<int:pk>/move/", leading.move, name="move"),
    path("workshops/<int:pk>/state/", leading.change_state, name="change-state"),
    path("workshops/<int:pk>/facilitate/", leading.facilitate, name="facilitate"),
    path("workshops/<int:pk>/done/", leading.done, name="done"),
    path("workshops/<int:pk>/pulse/", workshops.pulse, name="pulse"),
    path("workshops/<int:pk>/write/", answers.write, name="write"),
    path("workshops/<int:pk>/answers/<int:answer>/reword/", answers.reword, name="reword-answer"),
    path("workshops/<int:pk>/answers/<int:answer>/take-back/", answers.take_back, name="take-back"),
    path("workshops/<int:pk>/answers/<int:answer>/aside/", answers.set_aside, name="set-aside"),
    path("workshops/<int:pk>/reveal/", answers.reveal, name="reveal"),
    path("workshops/<int:pk>/settle/<str:kind>/", answers.settle, name="settle"),
    path("workshops/<int:pk>/opinions/reveal/", opinions.reveal, name="reveal-opinions"),
    path("workshops/<int:pk>/opinions/<int:expectation>/", opinions.say, name="opine"),
    path("workshops/<int:pk>/findings/<int:expectation>/", opinions.find, name="find"),
    path("squads/<slug:slug>/prompts/", prompts.prompts, name="prompts"),
    path("squads/<slug:slug>/prompts/<str:path>/", prompts.change, name="change-prompts"),
    path("squads/<slug:slug>/prompts/<str:path>/shipped/", prompts.back_to_shipped, name="shipped-prompts"),
]
