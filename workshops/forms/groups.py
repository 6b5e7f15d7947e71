"""Splitting into groups."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm

MOST = 12


class SplitForm(OperationForm):
    """How many groups."""

    groups = forms.IntegerField(label=_("How many groups?"), min_value=2, max_value=MOST, initial=2)
