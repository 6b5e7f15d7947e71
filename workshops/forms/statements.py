"""Answers to the four questions, agreed and written down by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible, offer
from mdd.models import Customer, Deliverable, Expectation, Finding, Squad
from workshops.models import Stage


class StatementForm(OperationForm):
    """An answer of one squad, which chooses among that squad's other answers only."""

    def __init__(self, *args: Any, squad: Squad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.squad = squad
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
    customer = forms.ModelChoiceField(label=_("Who"), queryset=Customer.objects.none(), empty_label=_("choose one"))
    deliverable = forms.ModelChoiceField(
        label=_("Of what"), queryset=Deliverable.objects.none(), empty_label=_("choose one")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Expectation.Kind)
    is_measurable = forms.BooleanField(label=_("Can be measured"), required=False, initial=True)

    def choices(self, squad: Squad) -> dict[str, QuerySet[Any]]:
        return {
            "customer": Customer.objects.filter(squad=squad).in_force(),
            "deliverable": Deliverable.objects.filter(squad=squad).in_force(),
        }


class FindingForm(StatementForm):
    """Do we meet them?"""

    expectation = forms.ModelChoiceField(
        label=_("Expectation"), queryset=Expectation.objects.none(), empty_label=_("choose one")
    )
    verdict = forms.ChoiceField(label=_("Do we meet it?"), choices=Finding.Verdict)
    evidence = forms.CharField(label=_("How do we know?"), max_length=400, required=False, validators=[is_legible])

    def choices(self, squad: Squad) -> dict[str, QuerySet[Any]]:
        return {"expectation": Expectation.objects.filter(squad=squad).in_force()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verdict") in {"met", "not-met"} and not cleaned.get("evidence"):
            self.add_error("evidence", _("Say how you know, or choose “We don't know”."))
        return cleaned


class AgreedForm(FindingForm):
    """Do we meet this one? `seen` is the finding that the page showed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    field_order = ["verdict", "evidence"]

    def __init__(self, *args: Any, about: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"finding-{about}-%s", **kwargs)
        self.fields["expectation"].widget = forms.HiddenInput()
        self.fields["verdict"].widget = forms.RadioSelect(choices=Finding.Verdict.choices)


FORMS: Mapping[str, Callable[..., StatementForm]] = {
    Stage.DELIVER: DeliverableForm,
    Stage.CUSTOMERS: CustomerForm,
    Stage.EXPECTATIONS: ExpectationForm,
    Stage.MEETING: FindingForm,
}
