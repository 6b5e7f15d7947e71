"""The negative twin of our queue: the same work as a plain Celery project would do it. It must lose some of it.

Messages are acknowledged early and are the only memory of what is to be done: no lease, no fence, no reconciler.
"""

from __future__ import annotations

from mdd.celery import TICK, app

app.conf.update(
    imports=["tests.faults.naive_tasks"],
    task_acks_late=False,
    task_reject_on_worker_lost=False,
    worker_disable_prefetch=False,
    worker_prefetch_multiplier=4,
    beat_schedule={"tick": {"task": "naive.tick", "schedule": TICK, "options": {"queue": "tick"}}},
)
