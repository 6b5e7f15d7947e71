"""Writes about queries, and the look at an answer before there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.actions import audit
from mdd.models import Squad, User
from metrics import context
from metrics.actions import refreshes
from metrics.models import Query, Source
from metrics.queue import asking
from metrics.queue.asking import Question
from metrics.readings import Reading
from metrics.shape import Wanted
from metrics.slots import Cadence, slot_at
from metrics.sources import registry
from metrics.sources.errors import Code, SourceError

PREVIEW_SECONDS = 8.0
PREVIEW_SLOTS = 7


@dataclass(frozen=True)
class Preview:
    """What a query answers for the last few slots: its columns, and the readings of the column that was asked about."""

    columns: tuple[str, ...]
    readings: tuple[Reading, ...]


@transaction.atomic
def create(
    squad: Squad, *, source: Source, text: str, cadence: Cadence, by: User | None, grace: timedelta = timedelta(0)
) -> Query:
    """Add a query; its first refresh is that of the slot that is running now. Raises SourceError."""
    verify(squad, source, text)
    query = Query.objects.create(
        squad=squad, source=source, text=text, cadence=cadence, grace=grace, next_slot=current_slot(squad, cadence)
    )
    audit.record("query-created", query, by=by, squad=squad, after=told(query))
    return query


@transaction.atomic
def edit(query: Query, *, text: str, cadence: Cadence, grace: timedelta, by: User | None) -> Query:
    """Change what is asked, or how often. What could not be had before is asked again. Raises SourceError."""
    verify(query.squad, query.source, text)
    query = refreshes.locked(query)
    before = told(query)
    if cadence != query.cadence:
        query.next_slot = current_slot(query.squad, cadence)
    query.text, query.cadence, query.grace = text, cadence, grace
    query.save(update_fields=["text", "cadence", "grace", "next_slot"])
    audit.record("query-edited", query, by=by, squad=query.squad, before=before, after=told(query))
    refreshes.ask_missed(query)
    return query


def preview(
    squad: Squad, *, source: Source, text: str, cadence: Cadence, column: str, is_timer: bool = False
) -> Preview:
    """Ask for the last few slots at once and keep nothing; takes 8 seconds at most. Raises SourceError."""
    verify(squad, source, text)
    given = context.context_for(source, seconds=min(PREVIEW_SECONDS, source.seconds))
    wanted = (Wanted(0, column, is_timer),)
    question = Question(
        registry.of(source.kind), source.config, text, wanted, step=cadence.length, zone=ZoneInfo(squad.zone)
    )
    answer = asking.ask(question, latest_slots(squad, cadence), given)
    return Preview(answer.columns, tuple(answer.readings))


def verify(squad: Squad, source: Source, text: str) -> None:
    """Raise SourceError unless this squad may ask this source such a query."""
    if not Source.objects.granted_to(squad).filter(pk=source.pk).exists():
        raise SourceError(Code.DENIED, _("This squad may not ask “%(source)s”.") % {"source": source.name})
    registry.of(source.kind).verify(text)


def current_slot(squad: Squad, cadence: Cadence) -> datetime:
    return slot_at(timezone.now(), cadence, ZoneInfo(squad.zone), squad.week_start)


def latest_slots(squad: Squad, cadence: Cadence) -> list[datetime]:
    """The starts of the last slots that have ended, and the end of the last."""
    slots = [current_slot(squad, cadence)]
    while len(slots) <= PREVIEW_SLOTS:
        before = slots[0] - timedelta(minutes=1)
        slots.insert(0, slot_at(before, cadence, ZoneInfo(squad.zone), squad.week_start))
    return slots


def told(query: Query) -> dict[str, object]:
    return {"text": query.text, "cadence": query.cadence, "grace": query.grace.total_seconds()}
