"""Trying a SELECT before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils import formats
from django.utils.translation import gettext as _

from mdd.models import Squad
from metrics import words
from metrics.actions import queries
from metrics.readings import Reading
from metrics.slots import Cadence
from metrics.sources.errors import Code, SourceError

EXAMPLE = """SELECT date_trunc('hour', departed_at) AS ts, count(*) AS value
FROM departures
WHERE departed_at >= %(start)s AND departed_at < %(end)s
GROUP BY 1"""


@dataclass(frozen=True)
class Tried:
    """What the last few slots would say, or the one sentence why they say nothing."""

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    error: str = ""


def answer(squad: Squad, wanted: Mapping[str, Any]) -> Tried:
    """Ask for the last slots of what a form describes; `query`, if chosen, says what is asked already."""
    try:
        preview = preview_of(squad, wanted)
    except SourceError as error:
        return Tried(error=error.sentence)
    return Tried(
        columns=(_("Slot"), wanted["column"]), rows=[row(reading, squad) for reading in reversed(preview.readings)]
    )


def preview_of(squad: Squad, wanted: Mapping[str, Any]) -> queries.Preview:
    """Raises SourceError."""
    query = wanted.get("query")
    return queries.preview(
        squad,
        source=query.source if query else wanted["source"],
        text=query.text if query else wanted["text"],
        cadence=Cadence(query.cadence if query else wanted["cadence"]),
        column=wanted["column"],
        is_timer=wanted.get("instrument") == "timer",
    )


def holds(squad: Squad, form: Form, wanted: Mapping[str, Any]) -> bool:
    """Whether an answer that is asked already holds what the form wants of it; if not, the form says why.

    A source that cannot say now is no reason to refuse.
    """
    try:
        preview_of(squad, wanted)
    except SourceError as error:
        if error.code == Code.BAD_SHAPE:
            form.add_error("column", error.sentence)
            return False
    return True


def row(reading: Reading, squad: Squad) -> tuple[str, str]:
    """When, and how much, in words."""
    when = formats.date_format(reading.at.astimezone(squad.tz), _("D j M H:i"))
    if reading.distribution is not None:
        things = sum(reading.distribution.values())
        return when, _("%(things)d timed") % {"things": things}
    return when, _("nothing") if reading.value is None else words.number(reading.value)
