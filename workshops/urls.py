from django.urls import path

from workshops.views import buckets, cards, keeps, leading, squads, statements, workshops

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
    path("workshops/<int:pk>/cards/throw/", cards.throw, name="throw"),
    path("workshops/<int:pk>/cards/reveal/", cards.reveal, name="reveal-cards"),
    path("workshops/<int:pk>/cards/move/", buckets.move, name="move-cards"),
    path("workshops/<int:pk>/cards/undo/", buckets.undo, name="undo-move"),
    path("workshops/<int:pk>/cards/settle/", keeps.settle, name="settle"),
    path("workshops/<int:pk>/cards/<int:card>/reword/", cards.reword, name="reword"),
    path("workshops/<int:pk>/cards/<int:card>/take-back/", cards.take_back, name="take-back"),
    path("workshops/<int:pk>/cards/<int:card>/judge/", keeps.judge, name="judge"),
    path("workshops/<int:pk>/cards/<int:card>/decide/", keeps.decide, name="decide"),
    path("workshops/<int:pk>/cards/<int:card>/restore/", keeps.restore, name="restore"),
    path("workshops/<int:pk>/buckets/open/", buckets.open_new, name="open-bucket"),
    path("workshops/<int:pk>/buckets/<int:bucket>/rename/", buckets.rename, name="rename-bucket"),
    path("workshops/<int:pk>/buckets/<int:bucket>/merge/", buckets.merge, name="merge-bucket"),
    path("workshops/<int:pk>/buckets/<int:bucket>/remove/", buckets.remove, name="remove-bucket"),
]
