"""Showing a result outside of the squad."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm

LASTS = [(7, _("a week")), (30, _("a month")), (90, _("three months"))]


class ShareForm(OperationForm):
    """How long the link shows something."""

    days = forms.TypedChoiceField(label=_("It works for"), choices=LASTS, coerce=int, initial=30)

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])
