"""A source: what it is called, how hard it may be asked, and how to reach it."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible
from mdd.models import Squad
from metrics.models import Source
from metrics.sources import registry
from metrics.sources.contract import Source as Kind

OURS = ("name", "is_for_all", "concurrency", "seconds")


class SourceForm(OperationForm):
    """What every source has. `config` and `secrets` are what its kind asks for; a secret is written, never shown."""

    kind: Kind
    source: Source | None = None

    name = forms.CharField(label=_("Name"), max_length=80, validators=[is_legible])
    is_for_all = forms.BooleanField(label=_("All squads may ask it"), required=False)
    concurrency = forms.IntegerField(label=_("Queries at once"), min_value=1, max_value=20, initial=1)
    seconds = forms.IntegerField(label=_("Longest query, in seconds"), min_value=1, max_value=60, initial=15)

    @classmethod
    def of(cls, key: str, source: Source | None, *args: Any) -> Self:
        """The form for a source of this kind, with the fields of the kind added."""
        kind = registry.of(key)
        combined = type("KindForm", (cls, kind.Config), {"kind": kind, "source": source})
        return combined(*args, initial=initial_of(source) if source else {})  # type: ignore[no-any-return]

    @property
    def ours(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OURS}

    @property
    def config(self) -> dict[str, Any]:
        named = set(self.kind.Config.base_fields) - set(self.kind.secrets)
        return {name: self.cleaned_data[name] for name in sorted(named)}

    @property
    def secrets(self) -> dict[str, str]:
        """Those that were typed; an empty one stays what it was."""
        return {name: self.cleaned_data[name] for name in self.kind.secrets if self.cleaned_data.get(name)}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        twins = Source.objects.filter(name=name).exclude(pk=self.source.pk if self.source else None)
        if twins.exists():
            raise forms.ValidationError(_("There is a source of this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.source and self.moves(self.source, cleaned):
            for name in self.kind.secrets:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Type it again: the address or the user has changed."))
        return cleaned

    def moves(self, source: Source, cleaned: dict[str, Any]) -> bool:
        """Whether a stored secret would be sent elsewhere than it was meant for."""
        return any(cleaned.get(name) != source.config.get(name) for name in self.kind.pinned)


def initial_of(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in OURS} | source.config


class GrantForm(forms.Form):
    """The squads that may ask a source."""

    squads = forms.ModelMultipleChoiceField(
        label=_("Squads"), queryset=Squad.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["squads"].queryset = Squad.objects.order_by("name")  # type: ignore[attr-defined]
