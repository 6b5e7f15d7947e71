from django.urls import path

from metrics.views import by_link, dashboards, goals, metrics, numbers, runs, sources, tiles, values

app_name = "metrics"
urlpatterns = [
    path("squads/<slug:slug>/metrics/", metrics.metrics, name="metrics"),
    path("squads/<slug:slug>/metrics/new/", metrics.new, name="new"),
    path("squads/<slug:slug>/dashboards/", dashboards.dashboards, name="dashboards"),
    path("squads/<slug:slug>/dashboards/new/", dashboards.new, name="new-dashboard"),
    path("squads/<slug:slug>/runs/", runs.runs, name="runs"),
    path("squads/<slug:slug>/numbers/", numbers.numbers, name="numbers"),
    path("squads/<slug:slug>/numbers/<int:pk>/", numbers.number, name="number"),
    path("n/<str:token>/", by_link.number, name="by-link"),
    path("n/<str:token>/stop/", by_link.stop, name="stop-mail"),
    path("metrics/<int:pk>/", metrics.metric, name="metric"),
    path("metrics/<int:pk>/edit/", metrics.edit, name="edit"),
    path("metrics/<int:pk>/retire/", metrics.retire, name="retire"),
    path("metrics/<int:pk>/goal/", goals.goal, name="goal"),
    path("metrics/<int:pk>/values/", values.values, name="values"),
    path("metrics/<int:pk>/paste/", values.paste, name="paste"),
    path("metrics/<int:pk>/ask-again/", runs.ask_again, name="ask-again"),
    path("metrics/<int:pk>/progress/", runs.progress, name="progress"),
    path("runs/<int:pk>/cancel/", runs.cancel, name="cancel"),
    path("queries/<int:pk>/", runs.query, name="query"),
    path("dashboards/<int:pk>/", dashboards.dashboard, name="dashboard"),
    path("dashboards/<int:pk>/tiles/", tiles.changed, name="changed-tiles"),
    path("dashboards/<int:pk>/add/", tiles.add, name="add-tile"),
    path("tiles/<int:pk>/remove/", tiles.remove, name="remove-tile"),
    path("tiles/<int:pk>/move/", tiles.move, name="move-tile"),
    path("sources/", sources.sources, name="sources"),
    path("sources/new/", sources.new, name="new-source"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("sources/<int:pk>/check/", sources.check, name="check-source"),
    path("sources/<int:pk>/grants/", sources.grants, name="grants"),
]
