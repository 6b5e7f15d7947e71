"""The Celery app. The database is the queue; what Celery carries may be lost or doubled without harm.

Every setting is here with its reason, and tests/refresh/test_celery.py asserts each on the live app.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from celery import Celery, signals
from celery.bootsteps import StartStopStep
from celery.worker.consumer import Consumer
from kombu import Connection, Exchange, Queue
from kombu.exceptions import KombuError
from kombu.pools import producers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mdd.settings")
# Pages are no concern of a worker: without this every worker loads all of them at its start.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

from django.conf import settings

from mdd import broker, transport

log = logging.getLogger(__name__)

TICK = 5  # seconds
EXPIRES = 2 * TICK  # a queue that stood still must not replay history: the database knows what is still due
EVALUATE = 60  # seconds
SWEEP = 30  # seconds
VISIBILITY = 600  # seconds; more than the hard limit of any task
WORKERS = {"interactive": "fast", "tick": "fast", "deliver": "fast", "refresh": "refresh", "heavy": "refresh"}
UNSAID: dict[str, Any] = {
    "argsrepr": "",
    "kwargsrepr": "",
}  # the headers of a message would repeat its arguments in clear


class QuietConsumer(Consumer):
    """A consumer without gossip, mingle and broker heartbeats, however the worker was started."""

    def __init__(self, on_task_request: Any, **options: Any) -> None:
        quiet = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
        options["worker_options"] = {**(options.get("worker_options") or {}), **quiet}
        super().__init__(on_task_request, **options)


transport.use()
app = Celery("mdd")
app.conf.update(
    broker_url=settings.REDIS_URL,
    # The fast way back when a child dies; safe because of the fence. The database counts attempts, not the broker.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_acks_on_failure=True,
    task_acks_on_timeout=True,
    # Nobody hoards: one slow source does not trap the messages of others.
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    # Celery reads the visibility timeout in three places.
    broker_transport_options={
        "visibility_timeout": VISIBILITY,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 15,
    },
    result_backend_transport_options={"visibility_timeout": VISIBILITY},
    visibility_timeout=VISIBILITY,
    # Above the longest source (45 s), which stops itself: these are for what hangs in spite of it.
    task_soft_time_limit=60,
    task_time_limit=75,
    # Drivers leak.
    worker_max_tasks_per_child=500,
    worker_max_memory_per_child=300_000,
    # What runs may finish; the rest goes back.
    worker_soft_shutdown_timeout=20,
    worker_enable_soft_shutdown_on_idle=True,
    # No second copy runs blind while the broker is away.
    worker_cancel_long_running_tasks_on_connection_loss=True,
    # The broker may be away for as long as it likes.
    broker_connection_retry=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # A message cannot bring code with it, and nobody reads results: they live in our tables.
    task_serializer="json",
    result_serializer="json",
    accept_content=["json"],
    result_accept_content=["json"],
    result_backend=None,
    task_ignore_result=True,
    # Less to attack and less to reconnect.
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    task_send_sent_event=False,
    worker_consumer="mdd.celery:QuietConsumer",
    # A hung source must not delay a message to people.
    task_queues=[Queue(name, Exchange(name), routing_key=name) for name in WORKERS],
    task_default_queue="refresh",
    task_create_missing_queues=False,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    timezone="UTC",
    # Beat only ticks. Its schedule is this one, so it keeps no file.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        "tick": {
            "task": "metrics.tick",
            "schedule": TICK,
            "args": [True],
            "options": {"queue": "tick", "expires": EXPIRES, "ignore_result": True, **UNSAID},
        },
        "evaluate": {
            "task": "metrics.evaluate",
            "schedule": EVALUATE,
            "options": {"queue": "refresh", "expires": EVALUATE, "ignore_result": True, **UNSAID},
        },
        "tidy": {
            "task": "metrics.tidy",
            "schedule": 900,
            "options": {"queue": "deliver", "expires": 900, "ignore_result": True, **UNSAID},
        },
        "sweep": {
            "task": "workshops.sweep",
            "schedule": SWEEP,
            "options": {"queue": "interactive", "expires": SWEEP, "ignore_result": True, **UNSAID},
        },
        "deliver": {
            "task": "metrics.deliver",
            "schedule": 60,
            "options": {"queue": "deliver", "expires": 60, "ignore_result": True, **UNSAID},
        },
    },
)
app.autodiscover_tasks()

# A request must never wait for the broker: half a second to connect and half to answer, no retries, the tick repairs.
hasty = Connection(
    settings.REDIS_URL,
    transport_options={
        "socket_timeout": 0.4,
        "socket_connect_timeout": 0.4,
        "max_retries": 0,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    },
)


def send(task: str, args: list[Any], *, queue: str) -> bool:
    """Put a message on a queue if that can be done within a second; says whether it could. Never raises."""
    try:
        with producers[hasty].acquire(block=True, timeout=0.5) as producer:
            app.send_task(task, args, queue=queue, expires=EXPIRES, producer=producer, retry=False, **UNSAID)
    except (KombuError, OSError) as error:
        log.warning("The broker did not take %s: %s", task, type(error).__name__)
        return False
    return True


class Ticker(StartStopStep):
    """A tick now and then from every worker, so that slots are found due even when no beat runs."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, parent: Any) -> None:
        ours = list(app.amqp.queues.consume_from)
        queue = {"queue": "tick" if "tick" in ours else ours[0]}
        self.timer = parent.timer.call_repeatedly(4 * TICK, send, ("metrics.tick", [False]), queue)

    def stop(self, parent: Any) -> None:
        self.timer.cancel()


app.steps["consumer"].add(Ticker)


@signals.celeryd_init.connect
def look_at_the_broker(**_: object) -> None:
    broker.refuse_forgetful(settings.REDIS_URL)


@signals.setup_logging.connect
def leave_logging_to_django(**_: object) -> None:
    """A receiver is all it takes for Celery to keep its hands off the loggers."""


@signals.task_postrun.connect
def tell_that_the_worker_lives(task: Any, **_: object) -> None:
    """Who has just finished something is alive; a worker that hangs says nothing any more."""
    from mdd import heartbeats

    queue = (task.request.delivery_info or {}).get("routing_key", "")
    if queue in WORKERS:
        heartbeats.beat(f"worker:{WORKERS[queue]}")
