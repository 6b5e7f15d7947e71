"""A goal: where a metric should be, by when, and what if not."""

from __future__ import annotations

import math
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible
from metrics.actions.goals import Plan
from metrics.models import Goal, Metric
from metrics.readings import LARGEST

FURTHEST_BACK = timedelta(days=90)
FURTHEST_AHEAD = timedelta(days=3653)
STAY: dict[str, str] = {
    Metric.Direction.UP: Goal.Form.STAY_ABOVE,
    Metric.Direction.DOWN: Goal.Form.STAY_BELOW,
}
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def is_finite(number: float) -> None:
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise ValidationError(_("Write a number."))


def number(label: Any, **options: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label, validators=[is_finite], widget=forms.NumberInput(attrs={"step": "any"}), **options
    )


def begun(start: date, today: date) -> date:
    """A day on which a goal may start. Whoever is elsewhere may have another today."""
    if not today - FURTHEST_BACK <= start <= today:
        days = {"first": spoken(today - FURTHEST_BACK), "today": spoken(today)}
        raise ValidationError(_("Between %(first)s and %(today)s, which is today for the squad.") % days)
    return start


def spoken(day: date) -> str:
    return formats.date_format(day, str(_("j M Y")))


def is_there(direction: str, baseline: float | None, target: float | None) -> bool:
    """Whether a number stands at its target or beyond it; never said where neither more nor less is better."""
    if baseline is None or target is None or direction not in STAY:
        return False
    return baseline >= target if direction == Metric.Direction.UP else baseline <= target


def fitted(proposal: dict[str, Any], direction: str) -> dict[str, Any]:
    """What a form is filled with. A goal to reach that is reached already is offered as one to stay."""
    is_reached = is_there(direction, proposal.get("baseline"), proposal.get("target"))
    stays = {"form": STAY[direction]} if is_reached and proposal.get("form") == Goal.Form.REACH else {}
    return {name: plain(value) for name, value in (proposal | stays).items()}


def plain(value: object) -> object:
    """A whole number without its point, as people write it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class GoalForm(OperationForm):
    """A goal for one metric. What depends on its form is asked again in words."""

    form = forms.ChoiceField(label=_("We want to"), choices=Goal.Form)
    baseline = number(
        _("Baseline"),
        required=False,
        help_text=_("Where it stands before the goal starts, on an average day. Only a goal to reach needs it."),
    )
    target = number(_("Target"))
    upper = number(_("Upper end"), required=False, help_text=_("Only for “stay within”: the target is the lower end."))
    start = forms.DateField(label=_("From"), widget=DATE)
    due = forms.DateField(label=_("By"), widget=DATE)
    if_wrong = forms.CharField(label=_("If this goes wrong we will …"), max_length=300, validators=[is_legible])
    why_this_number = forms.CharField(
        label=_("Why this number?"), max_length=300, required=False, validators=[is_legible]
    )

    def __init__(self, *args: Any, metric: Metric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.now().astimezone(metric.zone).date()
        self.direction = metric.direction

    @property
    def plan(self) -> Plan:
        return Plan(**{field.name: self.cleaned_data[field.name] for field in fields(Plan)})

    def clean_start(self) -> Any:
        return begun(self.cleaned_data["start"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_due(cleaned.get("start"), cleaned.get("due"))
        if cleaned.get("form") == Goal.Form.REACH:
            self.check_way(cleaned.get("baseline"), cleaned.get("target"))
        self.check_upper(cleaned)
        return cleaned

    def check_due(self, start: date | None, due: date | None) -> None:
        if due is None:
            return
        is_far = due > self.today + FURTHEST_AHEAD
        self.ask_again_when("due", start is not None and due <= start, _("The last day comes after the first."))
        self.ask_again_when("due", due < self.today, _("That day is over. Choose a later one."))
        self.ask_again_when("due", is_far, _("That is more than ten years away. Choose an earlier day."))

    def check_way(self, baseline: float | None, target: float | None) -> None:
        self.ask_again_when("baseline", baseline is None, _("Say where it stands now."))
        same = baseline == target and target is not None
        self.ask_again_when("target", same, _("The target is where it stands already."))
        sentence = _("It is at the target already. Set another target, or choose to stay there.")
        self.ask_again_when("target", is_there(self.direction, baseline, target), sentence)

    def check_upper(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("form") != Goal.Form.STAY_WITHIN:
            cleaned["upper"] = None
            return
        upper, target = cleaned.get("upper"), cleaned.get("target")
        is_low = upper is None or (target is not None and upper <= target)
        self.ask_again_when("upper", is_low, _("The upper end lies above the target."))

    def ask_again_when(self, field: str, is_wrong: bool, sentence: Any) -> None:
        if is_wrong and field not in self.errors:
            self.add_error(field, sentence)
