"""Forms about squads and what they agreed on."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible, offer
from mdd.models import Customer, Deliverable, Expectation, Finding, Squad
from mdd.models.people import is_time_zone


class SquadForm(OperationForm):
    """A new squad: its name and whose days it lives in."""

    name = forms.CharField(label=_("Name of the squad"), max_length=80, validators=[is_legible])
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=60,
        initial="UTC",
        validators=[is_time_zone],
        help_text=_("Days and weeks of your numbers begin at midnight there, for example Europe/Stockholm."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )
    week_start = forms.TypedChoiceField(label=_("Weeks begin on"), choices=Squad.Weekday, coerce=int, initial=0)

    @property
    def zones(self) -> list[str]:
        return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))


class StatementForm(OperationForm):
    """An answer of one squad, which chooses among that squad's other answers only."""

    def __init__(self, *args: Any, squad: Squad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in self.choices(squad).items():
            offer(self, name, rows)

    def choices(self, squad: Squad) -> dict[str, QuerySet[Any]]:
        """What can be chosen, by field."""
        return {}


class DeliverableForm(StatementForm):
    """What do we deliver?"""

    text = forms.CharField(label=_("We deliver"), max_length=200, validators=[is_legible])
    is_critical = forms.BooleanField(label=_("The most critical one"), required=False)


class CustomerForm(StatementForm):
    """Who are our customers?"""

    text = forms.CharField(label=_("Customer"), max_length=200, validators=[is_legible])
    deliverables = forms.ModelMultipleChoiceField(
        label=_("They use or define"), queryset=Deliverable.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def choices(self, squad: Squad) -> dict[str, QuerySet[Any]]:
        return {"deliverables": Deliverable.objects.filter(squad=squad).in_force()}


class ExpectationForm(StatementForm):
    """What do they expect?"""

    text = forms.CharField(label=_("They expect"), max_length=200, validators=[is_legible])
    customer = forms.ModelChoiceField(label=_("Who"), queryset=Customer.objects.none())
    deliverable = forms.ModelChoiceField(label=_("Of what"), queryset=Deliverable.objects.none())
    kind = forms.ChoiceField(label=_("Kind"), choices=Expectation.Kind)
    is_measurable = forms.BooleanField(label=_("Can be measured"), required=False, initial=True)

    def choices(self, squad: Squad) -> dict[str, QuerySet[Any]]:
        return {
            "customer": Customer.objects.filter(squad=squad).in_force(),
            "deliverable": Deliverable.objects.filter(squad=squad).in_force(),
        }


class FindingForm(StatementForm):
    """Do we meet them?"""

    expectation = forms.ModelChoiceField(label=_("Expectation"), queryset=Expectation.objects.none())
    verdict = forms.ChoiceField(label=_("Do we meet it?"), choices=Finding.Verdict)
    evidence = forms.CharField(label=_("How do we know?"), max_length=400, required=False)

    def choices(self, squad: Squad) -> dict[str, QuerySet[Any]]:
        return {"expectation": Expectation.objects.filter(squad=squad).in_force()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verdict") in {"met", "not-met"} and not cleaned.get("evidence"):
            self.add_error("evidence", _("Say how you know, or choose “We don't know”."))
        return cleaned
