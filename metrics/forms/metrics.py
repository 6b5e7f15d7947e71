"""A metric: what it asks, how it is fed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible, offer
from mdd.models import Expectation, Squad, User
from metrics.models import Metric, Query, Source
from metrics.slots import Cadence

READINGS = [
    (
        _("A level or a share"),
        [
            ("gauge:last", _("the last value of the day")),
            ("gauge:mean", _("the mean of the day, weighted where the answer has a weight")),
            ("gauge:min", _("the lowest of the day")),
            ("gauge:max", _("the highest of the day")),
        ],
    ),
    (_("A count"), [("counter:sum", _("added up over the day"))]),
    (
        _("How long things take (rows of ts, bound, count)"),
        [
            ("timer:p50", _("the median of the day")),
            ("timer:p75", _("three in four are quicker: p75")),
            ("timer:p90", _("nine in ten are quicker: p90")),
            ("timer:p95", _("p95")),
            ("timer:p99", _("p99")),
            ("timer:mean", _("the mean of the day")),
        ],
    ),
]


ASKED = ("question", "unit", "direction", "definition")
MEASURED = ("source", "text", "query", "column", "reading", "cadence")
MORE = ("owner", "expectation", "why", "name")


@dataclass(frozen=True)
class Section:
    """Fields that belong together under a title."""

    title: Any
    fields: list[forms.BoundField]


class DefinitionForm(OperationForm):
    """What a metric asks, for whom, and whose it is."""

    question = forms.CharField(
        label=_("The question it answers"),
        max_length=140,
        validators=[is_legible],
        error_messages={"required": _("Write the question.")},
        widget=forms.TextInput(attrs={"placeholder": _("How long do callers wait?")}),
    )
    name = forms.CharField(
        label=_("Short name"),
        max_length=80,
        required=False,
        validators=[is_legible],
        help_text=_("Left empty: the question."),
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=30,
        required=False,
        validators=[is_legible],
        help_text=_("For example %, min, departures a day."),
    )
    direction = forms.ChoiceField(label=_("What is good?"), choices=Metric.Direction)
    definition = forms.CharField(
        label=_("Definition"),
        max_length=1000,
        validators=[is_legible],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What exactly is counted, and what is not."),
    )
    why = forms.CharField(
        label=_("Why it matters"),
        max_length=1000,
        required=False,
        validators=[is_legible],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        empty_label=_("choose somebody"),
        error_messages={"required": _("Choose somebody.")},
    )
    expectation = forms.ModelChoiceField(
        label=_("The expectation it serves"),
        queryset=Expectation.objects.none(),
        required=False,
        empty_label=_("none yet"),
    )

    field_order = (*ASKED, *MEASURED, *MORE)

    def __init__(self, *args: Any, squad: Squad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.squad = squad
        offer(self, "owner", User.objects.filter(memberships__squad=squad).order_by("name"))
        offer(self, "expectation", Expectation.objects.filter(squad=squad).in_force().order_by("text"))

    @property
    def sections(self) -> list[Section]:
        """The fields in the order of thought; what can wait is folded."""
        asked = Section("", [self[name] for name in ASKED if name in self.fields])
        measured = Section(_("How it is measured"), [self[name] for name in MEASURED if name in self.fields])
        more = Section(_("Whose it is, and why"), [self[name] for name in MORE])
        return [section for section in (asked, measured, more) if section.fields]

    def only_about_the_question(self) -> bool:
        """Ask again only for what is wrong with the question itself; whether it can be tried."""
        for name in set(self.errors) - {"feed", *MEASURED}:
            del self.errors[name]
        return not self.errors

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name"):
            cleaned["name"] = Truncator(cleaned.get("question", "")).chars(80)
        return cleaned


def reading_field(choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("What are its values?"), choices=choices, initial="gauge:last")


class MetricForm(DefinitionForm):
    """A new metric, with what its values are."""

    reading = reading_field(READINGS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if reading := cleaned.get("reading"):
            cleaned["instrument"], cleaned["statistic"] = reading.split(":")
        return cleaned


class HandMetricForm(MetricForm):
    """A metric whose values a person writes down or pastes."""

    reading = reading_field(READINGS[:2])
    cadence = forms.ChoiceField(
        label=_("How often"), choices=[(c.value, c.label) for c in (Cadence.DAY, Cadence.WEEK)], initial=Cadence.DAY
    )


class SqlMetricForm(MetricForm):
    """A metric that a source answers: a query of its own, or a column of one that is asked already."""

    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.none(),
        empty_label=_("choose one"),
        error_messages={"required": _("Choose whom to ask.")},
    )
    text = forms.CharField(
        label=_("SELECT"),
        max_length=20_000,
        strip=True,
        error_messages={"required": _("Write the SELECT.")},
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false", "class": "mono"}),
    )
    cadence = forms.ChoiceField(label=_("How often"), choices=Cadence, initial=Cadence.HOUR)
    query = forms.ModelChoiceField(
        label=_("Or a column of an answer that is asked already"),
        queryset=Query.objects.none(),
        required=False,
        empty_label=_("a query of its own"),
    )
    column = forms.CharField(
        label=_("Column that holds the value"),
        max_length=63,
        initial="value",
        widget=forms.TextInput(attrs={"spellcheck": "false", "class": "mono"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        granted = Source.objects.granted_to(self.squad).order_by("name")
        offer(self, "source", granted)
        if len(granted) == 1:
            self.fields["source"].initial = granted[0].pk
        asked = Query.objects.filter(squad=self.squad, is_running=True).order_by("pk")
        offer(self, "query", asked)
        if not asked.exists():
            del self.fields["query"]
        elif self.data.get("query"):
            self.fields["source"].required = self.fields["text"].required = False
