"""Keeping and parking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm
from workshops.models import Keep, Reason

KEEP = Keep.Value.KEEP


class VerdictForm(OperationForm):
    """One button: keep, or a reason to park it."""

    verdict = forms.ChoiceField(choices=[(KEEP, KEEP.label), *Reason.choices])

    @property
    def reason(self) -> str:
        return "" if self.cleaned_data["verdict"] == KEEP else self.cleaned_data["verdict"]


class DecideForm(VerdictForm):
    """What the facilitator says after the talk; without a day the proposed one is taken."""

    until = forms.DateField(label=_("Ask again on"), required=False)

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}


class SettleForm(OperationForm):
    """One bucket; without one the loose cards."""

    bucket = forms.IntegerField(required=False, min_value=1, max_value=2**62)
