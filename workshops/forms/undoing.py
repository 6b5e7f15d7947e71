"""Taking something back."""

from __future__ import annotations

from django import forms

from mdd.forms import OperationForm


class UndoForm(OperationForm):
    """The operation that is undone, or done again."""

    of = forms.UUIDField()
