"""Made-up content for the style guide: every component in every state that it can be in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import sin
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

Specimen = dict[str, Any]

FIRST = datetime(2026, 10, 12, tzinfo=UTC)
ICONS = (
    "house",
    "chart-spline",
    "database",
    "users",
    "package",
    "layout-dashboard",
    "list-checks",
    "table-2",
    "x",
    "plus",
)
DRAWINGS = ("sprout", "tangle", "forest", "rings", "birdhouse", "stump")
COLOURS = (
    *("paper", "sheet", "sunk", "ink", "ink-soft", "line", "line-strong", "forest", "moss"),
    *("good", "watch", "bad", "calm", "egg", "tomato", "basil", "sage"),
)

# status, question, value, unit, sentence, from, to, goal
TILES = (
    ("off-pace", "Do passengers arrive on time?", "76.4", "% within 15 min",
     "5.6 short of 82 by 15 Jan. Running +0.3 a week, needs +0.7.", 68.0, 76.0, 82),
    ("missed", "How late is the unlucky tenth?", "48", "min, p90",
     "Goal was 40 by 1 Nov. This process will not get there by waiting.", 54.0, 48.0, 40),
    ("met", "Do we fly what we promise?", "98.7", "% flown",
     "Above 98.5 for 9 weeks. Met routinely: raise the goal?", 96.8, 98.7, 98.5),
    ("on-pace", "Are the gates keeping up?", "31.2", "departures an hour",
     "On the line to 33 by 1 Mar. Nothing unusual this week.", 27.0, 31.2, 33),
    ("watch", "Do partners trust our times?", "7.3", "of 10",
     "0.2 short of the line to 8 by 1 Feb: closer than it looks.", 6.2, 7.3, 8),
    ("stale", "Who still calls the desk?", "311", "calls a day",
     "Last value from 19 Nov, 09:00. The source is due each hour and has been silent for 3 days.", 352.0, 311.0, 280),
    ("error", "How many bags miss their plane?", "2.4", "per 1,000",
     "The source refused the password at 10:42. This is the value of 09:00; Ada was told.", 3.3, 2.4, 2),
    ("no-data", "Do crews start rested?", "", "% with 11 hours of rest",
     "No data yet. The source is asked each hour; last tried at 10:00.", None, None, None),
    ("firing", "Are kiosks failing people?", "14.1", "% errors",
     "Above 10 for 3 hours. Then we will send someone to the hall.", 4.0, 14.1, 10),
    ("silenced", "Does rebooking fail?", "6.2", "% errors",
     "Silenced until Tue 09:00: the partner is moving house.", 3.6, 6.2, 3),
    ("quiet", "Is the queue growing?", "112", "people waiting", "Calm: below 180 all week.", 131.0, 112.0, None),
)  # fmt: skip
OWNERS = ("Mia Berg", "Jon Frost", "Ada Lind", "Sam Ek")


class SpecimenForm(forms.Form):
    """One field of each kind."""

    question = forms.CharField(label="Question", max_length=140, help_text="What would you like to see the answer to?")
    unit = forms.CharField(label="Unit", max_length=20, required=False)
    direction = forms.ChoiceField(
        label="Which way is good?",
        choices=[("up", "Up is better"), ("down", "Down is better")],
        widget=forms.RadioSelect,
    )
    target = forms.DecimalField(label="Target")
    due = forms.DateField(label="By", widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.ChoiceField(label="Source", choices=[("1", "Flights (PostgreSQL)"), ("2", "By hand")])
    select = forms.CharField(
        label="SELECT",
        help_text="One SELECT with a time and a number.",
        widget=forms.Textarea(attrs={"class": "mono", "spellcheck": "false"}),
    )
    drive = forms.CharField(label="If this goes wrong we will …", widget=forms.Textarea(attrs={"rows": 2}))
    told = forms.BooleanField(label="Tell the squad when it is off pace", help_text="One line in the daily mail.")


def everything(now: datetime) -> Specimen:
    """The context of the style guide."""
    return {
        "colours": COLOURS,
        "icons": ICONS,
        "drawings": [f"drawings/{name}.svg" for name in DRAWINGS],
        "statuses": [row[0] for row in TILES],
        "tiles": [tile(number, row, now) for number, row in enumerate(TILES)],
        "chart": chart(68, 76, 82, days=90, size="full", with_goals=True, gaps=range(31, 35)),
        "form": SpecimenForm(auto_id="empty_%s", initial={"direction": "up"}),
        "refused": refused_form(),
        "page": page(),
        **lists(now),
    }


def tile(number: int, row: tuple[Any, ...], now: datetime) -> Specimen:
    status, question, value, unit, sentence, first, last, goal = row
    facts = {"off-pace": ["2 actions"], "firing": ["since 08:00"]}.get(status, [])
    moves = {"missed": {"label": "Reassess", "url": "#tiles"}, "no-data": {"label": "Set it up", "url": "#tiles"}}
    return {
        "id": f"tile-{number}",
        "url": "#tiles",
        "question": question,
        "value": value,
        "value_of": "on 19 Nov" if status == "stale" else "",
        "unit": unit,
        "status": status,
        "sentence": sentence,
        "owner": OWNERS[number % len(OWNERS)],
        "facts": facts,
        "next": moves.get(status),
        "data_at": None if first is None else now - timedelta(days=3 if status == "stale" else 0, minutes=2 + number),
        "chart": None if first is None else chart(first, last, goal, status=status, unit=unit),
    }


def chart(first: float, last: float, goal: float | None, *, days: int = 42, **more: Any) -> Specimen:
    """A line from first to last with some weather in it."""
    gaps = more.pop("gaps", ())
    rows = [(day, first + (last - first) * day / days + sway(day) * abs(last - first)) for day in range(days)]
    facts = {
        "rows": "".join(cells(day, "" if day in gaps else f"{value:.1f}", days, goal, more) for day, value in rows),
        "caption": "Share of arrivals within 15 minutes, by day",
        "period_label": "Day",
        "unit": "% within 15 min",
        "summary": f"Line over {days} days, from {first:g} to {last:g}.",
        "status": "off-pace",
        "goal": goal,
        "baseline": None if goal is None else first,
        "start_in": 1 - days // 2 if more.get("with_goals") else 1 - days,
        "due_in": None if goal is None else {"met": 4, "missed": -12}.get(more.get("status", ""), 50),
        "due": "15 Jan",
        "pace": goal is not None,
    }
    return facts | more


def sway(day: int) -> float:
    return 0.16 * sin(day * 1.9) + 0.1 * sin(day * 0.7 + 1) + 0.06 * sin(day * 5.3)


def cells(day: int, value: str, days: int, goal: float | None, more: Specimen) -> str:
    label = (FIRST + timedelta(days=day)).strftime("%-d %b")
    then = f"<td>{goal if day > days // 2 or goal is None else goal - 4}" if more.get("with_goals") else ""
    return f"<tr{' data-open' if day == days - 1 else ''}><th>{label}<td>{value}{then}"


def refused_form() -> SpecimenForm:
    """What people typed stays, with one sentence at the right place."""
    form = SpecimenForm(
        {"question": "Do passengers arrive on time?", "select": "drop table flights", "direction": "up", "source": "1"},
        auto_id="refused_%s",
    )
    form.is_valid()
    form.add_error("select", "This is not a SELECT: it begins with DROP.")
    form.add_error(None, "The metric was not made. Four things need you.")
    return form


def page() -> Page[int]:
    return Paginator(range(90), 20).page(2)


def lists(now: datetime) -> Specimen:
    """What is shown as rows: a trace, a log, a loop."""
    stages = ("Deliver", "Customers", "Expect", "Meet?", "Board", "Metrics", "Dashboards", "Reassess")
    states = (*["done"] * 6, "now", "")
    spent = ("8 min", "6 min", "2 h", "1 day", "3 days", "12 days", "18 days", "")
    return {
        "trace": [
            {"icon": "chart-spline", "kind": "Metric", "text": "Do passengers arrive on time?", "note": "asked by Mia"},
            {"icon": "target", "kind": "Expectation", "text": "We land when the board says so", "note": "not met"},
            {"icon": "users", "kind": "Customer", "text": "", "missing": "Nobody named yet", "url": "#lists"},
            {"icon": "package", "kind": "Deliverable", "text": "Departures out of New York", "note": "critical"},
        ],
        "log": [
            {"at": now - timedelta(minutes=2), "text": "336 rows in 0.4 s", "badge": "done", "tone": "good"},
            {"at": now - timedelta(hours=1), "text": "The source refused the password.",
             "note": "third try; next at 11:20", "badge": "failed", "tone": "bad"},
            {"at": now - timedelta(days=2), "text": "Goal raised from 78 to 82", "note": "Mia: met routinely"},
        ],
        "loop": {
            "days": 41,
            "stages": [
                {"label": name, "state": state, "note": note, "url": "#loop"}
                for name, state, note in zip(stages, states, spent, strict=True)
            ],
            "next": {
                "title": "Two goals want a decision",
                "text": "“How late is the unlucky tenth?” missed its goal on 1 November. Nothing was decided since.",
                "url": "#loop",
                "action": "Decide the first",
            },
        },
    }  # fmt: skip
