"""Three questions and one decision, with what the decision wants to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible, offer
from mdd.models import User
from metrics import baselines, pace
from metrics.forms.goals import DATE, GoalForm, fitted
from metrics.models import Goal, Ruling
from metrics.triggers import Case, Choice

FURTHEST = timedelta(days=366)


class Part(forms.Form):
    """What one decision wants to know. Only the part that was chosen is judged; the others keep what was typed."""

    drawn_by = "reassess/fields.html"

    def __init__(self, *args: Any, case: Case, is_chosen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.is_chosen = case, is_chosen

    def full_clean(self) -> None:
        if self.is_chosen:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}


class Nothing(Part):
    """A decision that needs no more words."""


class KeepPart(Part):
    """Keeping means that somebody does something until a day, and that the squad looks again."""

    text = forms.CharField(label=_("What we will do"), max_length=200, validators=[is_legible])
    owner = forms.ModelChoiceField(
        label=_("Who does it"), queryset=User.objects.none(), empty_label=_("choose somebody")
    )
    due = forms.DateField(label=_("Until"), widget=DATE)
    expected_effect = forms.CharField(
        label=_("What it should change"), max_length=200, required=False, validators=[is_legible]
    )
    next_review = forms.DateField(label=_("We look at it again on"), widget=DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", members(self.case))
        self.initial.setdefault("next_review", self.case.today + timedelta(days=28))

    def clean_due(self) -> Any:
        return ahead(self.cleaned_data["due"], self.case, least=0)

    def clean_next_review(self) -> Any:
        return ahead(self.cleaned_data["next_review"], self.case)


def members(case: Case) -> Any:
    return User.objects.filter(memberships__squad=case.prompt.squad).order_by("name")


def ahead(day: Any, case: Case, *, least: int = 1) -> Any:
    """A day of the year to come."""
    if day < case.today + timedelta(days=least):
        raise ValidationError(_("That day is over. Choose a later one."))
    if day > case.today + FURTHEST:
        raise ValidationError(_("That is more than a year away. Choose an earlier day."))
    return day


class UntilPart(Part):
    """Leaving something as it is until a day."""

    next_review = forms.DateField(label=_("Ask again on"), widget=DATE)

    def clean_next_review(self) -> Any:
        return ahead(self.cleaned_data["next_review"], self.case)


class OwnerPart(Part):
    """Handing a number over."""

    owner = forms.ModelChoiceField(
        label=_("Who keeps it from now on"), queryset=User.objects.none(), empty_label=_("choose somebody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", members(self.case))


class AdjustPart(Part, GoalForm):
    """A new goal that takes the place of the old one. Lowering it just before it is judged has to be meant."""

    drawn_by = "reassess/adjust.html"
    is_meant = forms.BooleanField(label=_("Yes, we lower it, knowing that it is about to be judged."), required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, metric=case.metric, initial=proposed(case), **kwargs)
        del self.fields["operation"]
        self.today = case.today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.is_lowered_late(cleaned) and not cleaned["is_meant"]:
            self.add_error("is_meant", _("This asks for less in the last tenth of the old goal’s time. Is it meant?"))
        if not self.errors:
            cleaned["plan"] = self.plan
        return cleaned

    @property
    def is_late(self) -> bool:
        return self.case.goal is not None and pace.is_in_last_tenth(self.case.goal, self.case.today)

    def is_lowered_late(self, cleaned: Mapping[str, Any]) -> bool:
        new = Goal(form=cleaned["form"], target=cleaned["target"], upper=cleaned["upper"])
        return self.is_late and self.case.goal is not None and pace.is_easier(self.case.goal, new)


def proposed(case: Case) -> dict[str, object]:
    """What the old goal asked for, from where the number stands today."""
    old = case.goal
    terms = {name: getattr(old, name) for name in ("form", "target", "upper", "if_wrong")} if old else {}
    measured = baselines.propose(case.metric, case.now) if case.metric else None
    days = {"start": case.today, "due": case.today + baselines.AHEAD}
    proposal = {**days, **(measured.initial if measured else {}), **terms}
    return fitted(proposal, case.metric.direction) if case.metric else proposal


class QuestionsForm(OperationForm):
    """Why, can it be solved, and which of the three; the reason is kept for whoever asks later."""

    why = forms.CharField(
        label=_("Why does the gap exist?"),
        max_length=500,
        validators=[is_legible],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    solvable = forms.ChoiceField(
        label=_("Is it solvable?"), choices=Ruling.Solvable, widget=forms.RadioSelect, required=True
    )
    decision = forms.ChoiceField(label=_("What will we actually do?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why this decision?"),
        max_length=500,
        validators=[is_legible],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences for whoever asks in a year."),
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(each.decision.value, described(each)) for each in choices]  # type: ignore[attr-defined]
        if not asks_why:
            del self.fields["why"], self.fields["solvable"]


def described(choice: Choice) -> str:
    return format_html("<span><b>{}</b><small>{}</small></span>", choice.label, choice.says)


class Sheet:
    """The questions and the part of each decision, as one form on the page."""

    def __init__(
        self, case: Case, choices: Sequence[Choice], data: Any = None, *, asks_why: bool = True, chosen: str = ""
    ) -> None:
        wanted = data.get("decision", "") if data is not None else chosen
        self.case = case
        self.questions = QuestionsForm(data, choices=choices, asks_why=asks_why, initial={"decision": wanted})
        self.parts = {
            choice.decision.value: choice.form(
                data, prefix=choice.decision.value, case=case, is_chosen=choice.decision == wanted
            )
            for choice in choices
        }
        self.choices = {choice.decision.value: choice for choice in choices}
        self.wanted = wanted

    def is_valid(self) -> bool:
        """Both are asked, so that all mistakes are shown at once."""
        is_known = self.questions.is_valid()
        return self.wanted in self.choices and self.part.is_valid() and is_known

    @property
    def chosen(self) -> Choice:
        return self.choices[self.wanted]

    @property
    def part(self) -> Any:
        return self.parts[self.wanted]
