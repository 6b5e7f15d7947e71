"""Our routes, and two whose views forgot to ask who looks."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from mdd.models import Squad
from metrics.models import Metric


def open_squad(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(Squad.objects.get(slug=slug).name)


def open_metric(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(Metric.objects.get(pk=pk).question)


urlpatterns = [
    path("", include("mdd.urls")),
    path("open/<slug:slug>/", open_squad, name="open-squad"),
    path("open/metrics/<int:pk>/", open_metric, name="open-metric"),
]
