"""The negative twin of our queue: the same work as a plain Celery project would do it. It must lose some of it.

Messages are acknowledged early and are the only memory of what is to be done: no lease, no fence, no reconciler.
"""

from __future__ import annotations

import django

from mdd.celery import TICK, UNSAID, app

django.setup()

from django.utils import timezone  # noqa: E402

from metrics.actions import samples  # noqa: E402
from metrics.context import context_for  # noqa: E402
from metrics.models import Refresh  # noqa: E402
from metrics.models.samples import Origin  # noqa: E402
from metrics.queue import asking, chunks, due  # noqa: E402
from metrics.queue.asking import Question  # noqa: E402

app.conf.update(
    task_acks_late=False,
    task_reject_on_worker_lost=False,
    worker_disable_prefetch=False,
    worker_prefetch_multiplier=4,
    beat_schedule={"tick": {"task": "naive.tick", "schedule": TICK, "options": {"queue": "tick"}}},
)


@app.task(name="naive.tick")
def tick() -> None:
    """Send each due slot once."""
    due.insert(timezone.now())
    new = Refresh.objects.filter(published_at=None)
    for pk in list(new.values_list("pk", flat=True)):
        app.send_task("naive.refresh", [pk], queue="refresh", **UNSAID)
        Refresh.objects.filter(pk=pk).update(published_at=timezone.now())


@app.task(name="naive.refresh")
def refresh(pk: int) -> None:
    """Ask and keep."""
    row = Refresh.objects.select_related("query__source", "query__squad").get(pk=pk)
    question: Question = asking.question_of(row.query)
    slots = chunks.slots_of(row.query, row.slot, row.until)
    given = context_for(row.query.source, seconds=10)
    answer = asking.ask(question, slots, given)
    samples.keep(answer.readings, origin=Origin.PULL, taken_at=timezone.now())
    Refresh.objects.filter(pk=pk).update(state=Refresh.State.DONE, finished_at=timezone.now())
