"""A dashboard: one bucket under one question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible, offer
from mdd.models import Squad
from metrics.models import Metric

BUCKETS = (_("Usage"), _("System Health"), _("Business Performance"))


class DashboardForm(OperationForm):
    """What a new dashboard asks, and which bucket it is."""

    question = forms.CharField(
        label=_("The question it answers"),
        max_length=140,
        validators=[is_legible],
        widget=forms.TextInput(attrs={"placeholder": _("Do we get people there?")}),
    )
    bucket = forms.CharField(
        label=_("Bucket"),
        max_length=60,
        validators=[is_legible],
        widget=forms.TextInput(attrs={"list": "buckets", "autocomplete": "off"}),
    )


class TileForm(OperationForm):
    """A metric of the squad to put on a dashboard."""

    metric = forms.ModelChoiceField(queryset=Metric.objects.none())

    def __init__(self, *args: Any, squad: Squad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "metric", Metric.objects.filter(squad=squad))
