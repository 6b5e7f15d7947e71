"""Saying that something is done."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible


class SettleForm(OperationForm):
    """Done, with what it changed; or not done after all."""

    effect_seen = forms.CharField(
        label=_("What did it change?"),
        max_length=200,
        required=False,
        validators=[is_legible],
        help_text=_("What you saw, also if it was nothing."),
    )
    is_done = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SnoozeForm(OperationForm):
    """How often the prompt had been put off when its page was drawn."""

    seen = forms.IntegerField(min_value=0, max_value=9)
