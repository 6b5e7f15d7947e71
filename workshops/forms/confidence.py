"""How sure one is."""

from __future__ import annotations

from django import forms

from mdd.forms import OperationForm
from workshops.models import Confidence


class ConfidenceForm(OperationForm):
    """One tap; a second one on the same takes it back."""

    value = forms.TypedChoiceField(choices=Confidence.Value, coerce=int, empty_value=None, required=False)
