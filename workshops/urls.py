from django.urls import path

from workshops.views import joining, leading, leaving, people, settings, squads, statements, workshops

app_name = "workshops"
urlpatterns = [
    path("", squads.front, name="front"),
    path("squads/", squads.squads, name="squads"),
    path("squads/new/", squads.new, name="new-squad"),
    path("squads/<slug:slug>/", squads.squad, name="squad"),
    path("squads/<slug:slug>/statements/", statements.statements, name="statements"),
    path("squads/<slug:slug>/statements/<str:kind>/", statements.agree, name="agree"),
    path("squads/<slug:slug>/settings/", settings.settings, name="settings"),
    path("squads/<slug:slug>/people/", people.people, name="people"),
    path("squads/<slug:slug>/people/invite/<str:way>/", people.invite, name="invite"),
    path("squads/<slug:slug>/people/mail/", people.ask_by_mail, name="ask-by-mail"),
    path("squads/<slug:slug>/people/admin/", leaving.hand_over, name="hand-over"),
    path("squads/<slug:slug>/people/<int:pk>/role/", people.change_role, name="change-role"),
    path("squads/<slug:slug>/people/<int:pk>/leave/", leaving.leave, name="leave"),
    path("squads/<slug:slug>/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("join/<str:token>/", joining.join, name="join"),
    path("squads/<slug:slug>/workshops/", workshops.workshops, name="workshops"),
    path("squads/<slug:slug>/workshops/start/", workshops.start, name="start"),
    path("workshops/<int:pk>/", workshops.workshop, name="workshop"),
    path("workshops/<int:pk>/move/", leading.move, name="move"),
    path("workshops/<int:pk>/state/", leading.change_state, name="change-state"),
    path("workshops/<int:pk>/facilitate/", leading.facilitate, name="facilitate"),
    path("workshops/<int:pk>/done/", leading.done, name="done"),
]
