"""Five things about a survivor; the rest is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from mdd.forms import is_legible, offer
from metrics.actions import goals
from metrics.actions import metrics as definitions
from metrics.forms.goals import DATE, begun, is_there, number
from metrics.forms.metrics import READINGS as ALL_READINGS
from metrics.forms.metrics import DefinitionForm
from metrics.models import Goal, Metric, Query, Source
from metrics.slots import Cadence
from workshops.actions.adopting import Plan, Question
from workshops.models import Card

FEEDS = [
    ("day", _("By hand, every day")),
    ("week", _("By hand, every week")),
    ("sql", _("Ask a source, with a SELECT")),
    ("column", _("From an answer that is asked for already")),
]
HAND = ("day", "week")
FOLDED = ("name", "unit", "reading", "definition", "why", "expectation", "aim", "start", "baseline")
CODE = {"spellcheck": "false", "class": "mono"}


def feed_field(choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Where does the number come from?"), choices=choices, widget=forms.RadioSelect)


class AdoptForm(DefinitionForm):
    """Owner, where from, good direction, target and date, and what happens if it goes wrong."""

    feed = feed_field(FEEDS)
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=Source.objects.none(), required=False, empty_label=_("choose one")
    )
    text = forms.CharField(
        label=_("SELECT"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 7, **CODE})
    )
    cadence = forms.ChoiceField(label=_("Asked how often"), choices=Cadence, initial=Cadence.HOUR, required=False)
    query = forms.ModelChoiceField(
        label=_("Answer"), queryset=Query.objects.none(), required=False, empty_label=_("choose one")
    )
    column = forms.CharField(
        label=_("Column that holds the value"),
        max_length=63,
        initial="value",
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )
    reading = forms.ChoiceField(label=_("What are its values?"), choices=ALL_READINGS)
    target = number(_("Target"))
    upper = number(_("Upper end"), required=False, help_text=_("The target is the lower end."))
    due = forms.DateField(label=_("By"), widget=DATE)
    if_wrong = forms.CharField(
        label=_("If this goes wrong we will …"),
        max_length=300,
        validators=[is_legible],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    aim = forms.ChoiceField(
        label=_("We want to"), choices=[("reach", _("get there by then")), ("stay", _("stay there until then"))]
    )
    start = forms.DateField(
        label=_("Counts from"), widget=DATE, help_text=_("Up to 90 days back, so that measured days count at once.")
    )
    baseline = number(
        _("Where does it stand now?"), required=False, help_text=_("Left empty: measured first, then the goal starts.")
    )

    def __init__(self, *args: Any, card: Card, **kwargs: Any) -> None:
        super().__init__(*args, squad=card.workshop.squad, **kwargs)
        self.card = card
        if unit := self["unit"].value():
            self.fields["target"].help_text = _("In %(unit)s.") % {"unit": escape(unit)}
        del self.fields["question"]
        self.fields["direction"].widget = forms.RadioSelect(choices=Metric.Direction.choices)
        sources = Source.objects.granted_to(self.squad).order_by("name")
        asked = Query.objects.filter(squad=self.squad, is_running=True).order_by("pk")
        offer(self, "source", sources)
        offer(self, "query", asked)
        is_there = {"sql": sources.exists(), "column": asked.exists()}
        self.fields["feed"] = feed_field([feed for feed in FEEDS if is_there.get(feed[0], True)])

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in FOLDED]

    @property
    def is_unfolded(self) -> bool:
        """Whether something that is folded has to be asked again."""
        return any(name in self.errors for name in FOLDED) if self.is_bound else False

    def clean_start(self) -> Any:
        return begun(self.cleaned_data["start"], timezone.now().astimezone(self.squad.tz).date())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["name"] = cleaned["name"] or Truncator(self.card.text).chars(80)
        cleaned["instrument"], _colon, cleaned["statistic"] = cleaned.get("reading", "").partition(":")
        self.check_feed(cleaned)
        self.check_goal(cleaned)
        return cleaned

    def check_feed(self, cleaned: dict[str, Any]) -> None:
        needed = {
            "sql": {
                "source": _("Choose whom to ask."),
                "text": _("Write the SELECT."),
                "cadence": _("Say how often."),
                "column": _("Name the column."),
            },
            "column": {"query": _("Choose an answer."), "column": _("Name the column.")},
        }
        for field, sentence in needed.get(cleaned.get("feed", ""), {}).items():
            self.ask_again_when(field, not cleaned.get(field), sentence)
        is_timed = cleaned.get("feed") in HAND and cleaned["instrument"] == Metric.Instrument.TIMER
        self.ask_again_when("reading", is_timed, _("By hand it is a level or a count."))

    def check_goal(self, cleaned: dict[str, Any]) -> None:
        start, due = cleaned.get("start"), cleaned.get("due")
        today = timezone.now().astimezone(self.squad.tz).date()
        self.ask_again_when("due", bool(due and (due <= today or (start and due <= start))), _("A day to come."))
        upper, target = cleaned.get("upper"), cleaned.get("target")
        is_range = cleaned.get("direction") == Metric.Direction.RANGE
        is_low = upper is None or (target is not None and upper <= target)
        self.ask_again_when("upper", is_range and is_low, _("The upper end lies above the target."))
        sentence = _("It is at the target already. Turn the direction, or choose “stay there”.")
        self.ask_again_when("baseline", self.is_there(cleaned), sentence)

    def is_there(self, cleaned: dict[str, Any]) -> bool:
        """Whether a goal to reach has been reached by what was typed."""
        where = (cleaned.get("direction", ""), cleaned.get("baseline"), cleaned.get("target"))
        return cleaned.get("aim") == Goal.Form.REACH and is_there(*where)

    def ask_again_when(self, field: str, is_wrong: bool, sentence: Any) -> None:
        if is_wrong and field not in self.errors:
            self.add_error(field, sentence)

    @property
    def tried(self) -> dict[str, Any]:
        """The question as it is tried: of a query that is asked already, or a new one."""
        is_new = self.cleaned_data["feed"] == "sql"
        return self.cleaned_data | ({"query": None} if is_new else {})

    @property
    def plan(self) -> Plan:
        wanted = self.cleaned_data
        is_new = wanted["feed"] == "sql"
        question = Question(wanted["source"], wanted["text"], Cadence(wanted["cadence"])) if is_new else None
        return Plan(self.metric_plan, self.goal_plan, question)

    @property
    def metric_plan(self) -> definitions.Plan:
        """What stands; a new query joins it when it is made."""
        wanted, feed = self.cleaned_data, self.cleaned_data["feed"]
        fed = {
            "hand_cadence": feed if feed in HAND else "",
            "query": wanted["query"] if feed == "column" else None,
            "column": "" if feed in HAND else wanted["column"],
        }
        named = {field.name for field in fields(definitions.Plan)} & wanted.keys()
        said = {name: wanted[name] for name in named}
        return definitions.Plan(**(said | fed | {"question": self.card.text}))

    @property
    def goal_plan(self) -> goals.Plan:
        wanted = self.cleaned_data
        is_range = wanted["direction"] == Metric.Direction.RANGE
        return goals.Plan(
            form=form_of(wanted["direction"], wanted["aim"]),
            target=wanted["target"],
            start=wanted["start"],
            due=wanted["due"],
            if_wrong=wanted["if_wrong"],
            baseline=wanted["baseline"],
            upper=wanted["upper"] if is_range else None,
        )


def form_of(direction: str, aim: str) -> str:
    if direction == Metric.Direction.RANGE:
        return Goal.Form.STAY_WITHIN
    if aim == "reach":
        return Goal.Form.REACH
    return Goal.Form.STAY_ABOVE if direction == Metric.Direction.UP else Goal.Form.STAY_BELOW
