"""Puts a query to its source for a stretch of slots, the newest first, and brings home what it says."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics import shape
from metrics.context import context_for
from metrics.models import Backfill, Metric, Query, Refresh
from metrics.models import Source as SourceRow
from metrics.queue import chunks, leases, outcomes
from metrics.queue.leases import Lease
from metrics.queue.outcomes import Answer
from metrics.shape import Fitting, Slots, Wanted
from metrics.slots import Cadence
from metrics.sources import registry
from metrics.sources.contract import Config, Context, Result, Source, Window
from metrics.sources.errors import Code, SourceError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Question:
    """A query with all that is needed to put it to its source."""

    source: Source
    config: Config
    text: str
    wanted: tuple[Wanted, ...]
    step: timedelta
    zone: ZoneInfo

    def put(self, slots: Sequence[datetime], end: datetime, context: Context) -> tuple[Result, Fitting]:
        """Ask once for all of the slots. Raises SourceError."""
        window = Window(slots[0], end, self.step, self.zone)
        result = self.source.run(self.config, self.text, window, context)
        return result, shape.fitting(result, self.wanted, Slots(slots, end, self.step, self.zone))


def settle(lease: Lease, refresh: Refresh) -> None:
    """Ask, and write down the outcome if still held. Trouble with our own database is left to the lease."""
    try:
        answer = ask_for(lease, refresh)
        outcomes.finish(lease, refresh, answer, timezone.now())
    except SourceError as error:
        outcomes.fail(lease, refresh, error, timezone.now())
    except SoftTimeLimitExceeded:
        outcomes.fail(lease, refresh, SourceError(Code.TIMEOUT, _("It took too long and was stopped.")), timezone.now())
        raise
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("Refresh %s stumbled", lease.refresh_id)
        sentence = _("MDD itself stumbled over this answer. The operator finds the reason in the log.")
        outcomes.fail(lease, refresh, SourceError(Code.OURS, sentence, detail=repr(error)), timezone.now())


def ask_for(lease: Lease, refresh: Refresh) -> Answer:
    """Raises SourceError."""
    source = refresh.query.source
    context = context_for(source, seconds=source.seconds, is_wanted=lambda: is_wanted(lease))
    slots = chunks.slots_of(refresh.query, refresh.slot, refresh.until)
    return ask(question_of(refresh.query, refresh.backfill), slots, context)


def question_of(query: Query, backfill: Backfill | None = None) -> Question:
    """What the query's metrics read, or the one that a back-fill is for.

    Raises SourceError when the squad may not ask this source (any more).
    """
    source = query.source
    if not source.is_for_all and not SourceRow.objects.granted_to(query.squad).filter(pk=source.pk).exists():
        raise SourceError(Code.DENIED, _("This squad may not ask “%(source)s” any more.") % {"source": source.name})
    metrics = query.metrics.exclude(state=Metric.State.RETIRED).order_by("pk")
    if backfill and backfill.metric_id:
        metrics = metrics.filter(pk=backfill.metric_id)
    return Question(
        source=registry.of(source.kind),
        config=source.config,
        text=query.text,
        wanted=tuple(Wanted(row.pk, row.column, row.instrument == Metric.Instrument.TIMER) for row in metrics),
        step=Cadence(query.cadence).length,
        zone=ZoneInfo(query.squad.zone),
    )


def ask(question: Question, slots: Sequence[datetime], context: Context) -> Answer:
    """The newest slot first; the others at once if rows tell their own time, else one by one while there is time.

    `slots` are the starts of all slots and the end of the last one.
    """
    result, told = question.put(slots[-2:-1], slots[-1], context)
    rows, older = len(result.rows), slots[:-1]
    if len(older) > 1 and result.is_series:
        rest, more = question.put(older[:-1], older[-1], context)
        return answer_of(rest, more + told, rows + len(rest.rows))
    while len(older) > 1 and has_time(context):
        result, more = question.put(older[-2:-1], older[-1], context)
        told, rows, older = more + told, rows + len(result.rows), older[:-1]
    return answer_of(result, told, rows, left=older[-1] if len(older) > 1 else None)


def answer_of(result: Result, told: Fitting, rows: int, left: datetime | None = None) -> Answer:
    """No rows are an answer too, which the run log names: NO DATA, never 0. It also names what did not fit."""
    note = None
    if told.misfits:
        note = shape.misfit(shape.first(told.misfits), told.misfits)
    elif rows == 0:
        note = SourceError(Code.NO_DATA, _("The source answered without any row."))
    return Answer(told.readings, rows, left, result.columns, note)


def has_time(context: Context) -> bool:
    return context.deadline.left() > context.deadline.seconds / 2


def is_wanted(lease: Lease) -> bool:
    """Whether somebody waits for the answer; asking so is a sign of life. Called from the thread that watches."""
    try:
        leases.renew(lease.fence, timezone.now())
        return leases.is_held(lease)
    except (OperationalError, InterfaceError):
        return True
    finally:
        connection.close()
