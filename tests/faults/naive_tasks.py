"""What the negative twin does, see naive.py. Celery imports this when Django is set up."""

from __future__ import annotations

from django.utils import timezone

from mdd.celery import UNSAID, app
from metrics.actions import samples
from metrics.context import context_for
from metrics.models import Refresh
from metrics.models.samples import Origin
from metrics.queue import asking, chunks, due
from metrics.queue.asking import Question


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
