"""Fetching a metric, and everything that its page shows."""

from __future__ import annotations

from typing import Any

from django.forms import Form

from mdd import access
from mdd.http import Request
from metrics.models import Metric


def fetch(request: Request, pk: int) -> Metric:
    """The metric, if the actor may see it; the page then stands in its squad."""
    rows = Metric.objects.select_related("squad", "owner", "query__source", "expectation")
    return access.fetch(request, rows, squad=lambda metric: metric.squad, pk=pk)


def fetch_for_writing(request: Request, pk: int) -> Metric:
    metric = fetch(request, pk)
    access.require_writer(request, metric.squad)
    return metric


def without_operation(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "operation"}
