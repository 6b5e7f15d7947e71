"""A source: what it is called, how hard it may be asked, and how to reach it."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible, offer
from mdd.models import Squad
from metrics.models import Source
from metrics.sources import registry

OURS = ("name", "is_for_all", "concurrency", "seconds")


class SourceForm(OperationForm):
    """What every source has, and, added by `of`, what its kind asks for. A secret is written, never shown."""

    name = forms.CharField(
        label=_("Name"), max_length=80, validators=[is_legible], error_messages={"required": _("Write a name.")}
    )
    is_for_all = forms.BooleanField(label=_("All squads may ask it"), required=False)
    concurrency = forms.IntegerField(label=_("Queries at once"), min_value=1, max_value=20, initial=1)
    seconds = forms.IntegerField(label=_("Longest query, in seconds"), min_value=1, max_value=45, initial=15)

    @classmethod
    def of(cls, kind: str, source: Source | None, *args: Any) -> Self:
        known = registry.of(kind)
        combined = type("KindForm", (known.Form, cls), {})
        form: Self = combined(*args, initial=initial_of(source) if source else {})
        for secret in known.secrets if source else ():
            form.fields[secret].help_text = _("Left empty, it stays as it is.")
        return form

    @property
    def ours(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OURS}

    @property
    def config(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in (*OURS, "operation")}


def initial_of(source: Source) -> dict[str, Any]:
    ours = {name: getattr(source, name) for name in OURS}
    return {**ours, **source.config}


class GrantForm(forms.Form):
    """The squads that may ask a source."""

    squads = forms.ModelMultipleChoiceField(
        label=_("Squads"), queryset=Squad.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "squads", Squad.objects.order_by("name"))
