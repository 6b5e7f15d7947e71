"""The SELECT of a query that is asked already."""

from __future__ import annotations

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm
from metrics.models import Query


class QueryForm(OperationForm):
    """Writes the text of a query anew."""

    text = forms.CharField(
        label=_("SELECT"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false", "class": "mono"}),
    )

    @classmethod
    def of(cls, query: Query) -> Self:
        return cls(initial={"text": query.text})
