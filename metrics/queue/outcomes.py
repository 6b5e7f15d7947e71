"""Writes what came of asking: the readings and "done" together, or the failure and when to ask again.

Rows are locked in one order everywhere: refresh, source, query, metrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom

from django.db import transaction
from django.db.models import Q

from metrics.actions import samples
from metrics.models import Metric, Query, Refresh
from metrics.models.samples import Origin
from metrics.queue import breaker, chunks, errors
from metrics.queue.due import MANY
from metrics.queue.leases import ATTEMPTS, Lease
from metrics.readings import Reading
from metrics.slots import DAY
from metrics.sources.errors import TROUBLE_OF_THE_SOURCE, Code, SourceError

BASE = timedelta(seconds=15)
CAP = timedelta(minutes=15)
LOOK_BACK = timedelta(days=90)
FREE = {"fence": None, "lease_until": None, "published_at": None}
chance = SystemRandom()


@dataclass(frozen=True)
class Answer:
    """What a source said. `left`: slots before that time were not asked yet, for want of time.

    `note` is for the run log: no row came, or some metric of the query read nothing.
    """

    readings: Sequence[Reading]
    rows: int
    left: datetime | None = None
    columns: tuple[str, ...] = ()
    note: SourceError | None = None

    @property
    def misfits(self) -> dict[int, str]:
        return dict(self.note.misfits) if self.note else {}


@transaction.atomic
def finish(lease: Lease, refresh: Refresh, answer: Answer, now: datetime) -> bool:
    """Keep the readings and close the slot together, or neither; says whether the lease was still held."""
    if not Refresh.objects.under(lease.fence).filter(pk=lease.refresh_id).update(**closing(answer, now)):
        return False

    breaker.note_success(refresh.query.source)
    note_answer(refresh.query, answer, now)
    samples.keep(answer.readings, origin=Origin.PULL, taken_at=refresh.started_at or now)
    return True


def closing(answer: Answer, now: datetime) -> dict[str, object]:
    """The columns of a refresh that was answered, or of what is left of it."""
    if answer.left:
        return {"state": Refresh.State.WAITING, "until": answer.left, "due_at": now, "attempts": 0, **FREE}
    told = {"error_code": answer.note.code, "error": answer.note.sentence[:400]} if answer.note else {}
    return {
        "state": Refresh.State.DONE,
        "finished_at": now,
        "rows": answer.rows,
        "error_code": "",
        "error": "",
        "detail": "",
        **FREE,
        **told,
    }


@transaction.atomic
def fail(lease: Lease, refresh: Refresh, error: SourceError, now: datetime) -> bool:
    """Put down why there is no answer, and ask again later unless only a human can help."""
    held = Refresh.objects.under(lease.fence).filter(pk=lease.refresh_id)
    if error.code.is_too_much_at_once and (middle := chunks.middle_of(refresh)):
        return split(lease, refresh, middle, now)

    told = {"error_code": error.code, "error": error.sentence[:400], "detail": error.detail[:4000]}
    if is_hopeless(refresh, error, now):
        later: dict[str, object] = {"state": Refresh.State.DEAD, "finished_at": now}
    else:
        later = {"state": Refresh.State.WAITING, "due_at": error.retry_at or now + pause(refresh.attempts)}
    if not held.update(**FREE, **told, **later):
        return False

    breaker.note_failure(refresh.query.source, error, now)
    if metric := only_concerned(refresh, error):
        errors.show_misfits(refresh.query, {metric: error.sentence[:400]}, now)
    else:
        errors.show(refresh.query, error, now)
    return True


def only_concerned(refresh: Refresh, error: SourceError) -> int | None:
    """The one metric whose column was read and does not fit, where the query has others."""
    asked = refresh.backfill and refresh.backfill.metric_id
    if error.code != Code.BAD_SHAPE or not asked:
        return None
    others = refresh.query.metrics.exclude(state=Metric.State.RETIRED).exclude(pk=asked)
    return asked if others.exists() else None


def is_hopeless(refresh: Refresh, error: SourceError, now: datetime) -> bool:
    return error.code.asks_a_human or refresh.attempts >= ATTEMPTS or refresh.queued_at < now - DAY


def pause(attempts: int) -> timedelta:
    """Full jitter: anything up to a ceiling that doubles with each attempt, so that retries do not march in step."""
    return ceiling(attempts) * chance.random()


def ceiling(attempts: int) -> timedelta:
    return min(CAP, BASE * int(2 ** min(attempts - 1, 10)))


def split(lease: Lease, refresh: Refresh, middle: datetime, now: datetime) -> bool:
    """Ask for each half of a stretch that was too much at once."""
    held = Refresh.objects.under(lease.fence).filter(pk=lease.refresh_id)
    if not held.update(state=Refresh.State.WAITING, until=middle, due_at=now, attempts=0, **FREE):
        return False
    Refresh.objects.create(query=refresh.query, backfill=refresh.backfill, slot=middle, until=refresh.until, due_at=now)
    return True


def note_answer(query: Query, answer: Answer, now: datetime) -> None:
    """The query works: clear its error, and ask for what could not be had meanwhile."""
    told = dict.fromkeys((reading.metric_id for reading in answer.readings), "") | answer.misfits
    errors.show_misfits(query, told, now, answered_at=now, error_code="", error="", error_at=None)
    if query.error_code:
        revive(query, now)


def revive(query: Query, now: datetime, *, is_mended: bool = False) -> None:
    """Ask again for slots that were given up.

    After trouble of the source they start afresh, and when somebody mended the query, with those from which one of its
    metrics read nothing; others go on counting their attempts, so that a slot that never works is not asked for ever.
    """
    asked = Refresh.objects.filter(query=query, until__gt=now - LOOK_BACK)
    dead = asked.filter(state=Refresh.State.DEAD)
    if is_mended:
        dead |= asked.filter(state=Refresh.State.DONE, error_code=Code.BAD_SHAPE)
    anything = Q(pk__isnull=False)  # an empty Q vanishes when it is or-ed
    afresh = anything if is_mended else Q(error_code__in=TROUBLE_OF_THE_SOURCE)
    again = dead.filter(afresh | Q(attempts__lt=ATTEMPTS))
    slots = list(again.filter(backfill=None).order_by("slot").values_list("slot", "until"))
    if len(slots) > MANY:
        chunks.back_fill(query, slots[0][0], slots[-1][1], now=now)
        again.filter(backfill=None).update(state=Refresh.State.CANCELLED)

    back = {"state": Refresh.State.WAITING, "finished_at": None, "due_at": now, "queued_at": now, "published_at": None}
    again.filter(afresh).update(attempts=0, **back)
    again.update(**back)
