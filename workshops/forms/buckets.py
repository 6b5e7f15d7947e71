"""Opening, naming and merging buckets."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible
from workshops.forms.cards import HeldField


class TitleForm(OperationForm):
    """What a bucket is called."""

    title = forms.CharField(label=_("Title"), max_length=60, validators=[is_legible])

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())


class OpenForm(TitleForm):
    """A new bucket, with the cards in hand if there are any."""

    card = HeldField(required=False)


class MergeForm(OperationForm):
    """The bucket that another one is poured into."""

    into = forms.IntegerField(min_value=1, max_value=2**62)


class SuggestionForm(OperationForm):
    """One of the groups that were suggested, or all of them."""

    group = forms.IntegerField(min_value=1, max_value=2**62, required=False)
