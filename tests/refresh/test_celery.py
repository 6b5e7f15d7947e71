"""Every setting of the live Celery app, with the reason why it must be so, and what a message looks like."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest
import redis
from django.conf import settings
from kombu import Connection

from mdd import celery, heartbeats
from mdd.celery import app
from mdd.models import Heartbeat
from metrics.delivery import sending
from metrics.queue.batches import BUDGET

REASONS: dict[str, tuple[Any, str]] = {
    "task_acks_late": (True, "a message is given back when its worker dies; the fence makes a second run harmless"),
    "task_reject_on_worker_lost": (True, "the same when only a child dies; attempts are counted in the database"),
    "task_acks_on_failure": (True, "a failure is written down with its next try; the broker must not loop it"),
    "task_acks_on_timeout": (True, "so is a timeout"),
    "worker_prefetch_multiplier": (1, "nobody hoards messages behind a slow source"),
    "worker_disable_prefetch": (True, "not even one"),
    "visibility_timeout": (600, "Celery reads it in three places: more than any hard limit"),
    "task_soft_time_limit": (60, "above the longest source, so that the connector's own deadline comes first"),
    "task_time_limit": (75, "kills what hangs in spite of that, well before the visibility timeout"),
    "worker_max_tasks_per_child": (500, "drivers leak"),
    "worker_max_memory_per_child": (300_000, "drivers leak, in kB"),
    "worker_soft_shutdown_timeout": (20, "running refreshes may finish"),
    "worker_enable_soft_shutdown_on_idle": (True, "also those that only just arrived"),
    "worker_cancel_long_running_tasks_on_connection_loss": (True, "no second copy runs blind"),
    "broker_connection_retry": (True, "the broker may come back"),
    "broker_connection_retry_on_startup": (True, "or come later than the worker"),
    "broker_connection_max_retries": (None, "however long it takes"),
    "task_serializer": ("json", "a message brings no code"),
    "result_serializer": ("json", "nor does a result"),
    "accept_content": (["json"], "and none is read"),
    "result_accept_content": (["json"], "and none is read"),
    "result_backend": (None, "results live in our tables"),
    "task_ignore_result": (True, "results live in our tables"),
    "worker_enable_remote_control": (False, "less to attack, less to reconnect"),
    "worker_send_task_events": (False, "less to reconnect"),
    "task_send_sent_event": (False, "less to reconnect"),
    "worker_consumer": ("mdd.celery:QuietConsumer", "no gossip, no mingle, no heartbeats over the broker"),
    "task_create_missing_queues": (False, "a mistyped queue is an error, not a place that nobody reads"),
    "task_default_queue": ("refresh", "what names no queue must not delay people"),
    "beat_scheduler": ("celery.beat:Scheduler", "the schedule needs no file that could be lost or stale"),
    "timezone": ("UTC", "beat knows no clock change"),
}


@pytest.mark.parametrize("name", REASONS)
def test_settings_are_as_decided(name: str) -> None:
    value, reason = REASONS[name]

    assert app.conf[name] == value, reason


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("visibility_timeout", 600, "one of the three places"),
        ("unacked_restore_interval", 5, "what a dead worker held comes back soon after the timeout"),
        ("unacked_restore_throttle", 1, "else only each tenth sweep looks"),
        ("socket_timeout", 5, "a broker that vanished without a word must not hold a worker"),
        ("socket_connect_timeout", 5, "the same when connecting"),
        ("socket_keepalive", True, "half-open lines are noticed"),
        ("health_check_interval", 15, "half-open lines are noticed"),
    ],
)
def test_the_broker_is_held_at_arms_length(name: str, value: object, reason: str) -> None:
    assert app.conf.broker_transport_options[name] == value, reason


def test_results_have_the_same_visibility_timeout() -> None:
    assert app.conf.result_backend_transport_options == {"visibility_timeout": 600}


def test_the_limits_leave_room_for_each_other() -> None:
    """A batch may begin its last refresh when its budget is spent, and that may take the longest that a source may."""
    longest = 45

    assert BUDGET + longest + 5 <= app.conf.task_soft_time_limit
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < celery.VISIBILITY


def test_there_are_five_queues_each_with_a_route_of_its_own() -> None:
    queues = {queue.name: (queue.exchange.name, queue.routing_key) for queue in app.conf.task_queues}

    assert queues == {name: (name, name) for name in ("interactive", "refresh", "heavy", "deliver", "tick")}


def test_beat_ticks_evaluates_tidies_sweeps_and_has_mail_sent() -> None:
    entries = {name: (entry["task"], entry["schedule"]) for name, entry in app.conf.beat_schedule.items()}

    assert entries == {
        "tick": ("metrics.tick", 5),
        "evaluate": ("metrics.evaluate", 60),
        "tidy": ("metrics.tidy", 900),
        "deliver": ("metrics.deliver", 60),
        "sweep": ("workshops.sweep", 30),
    }


def test_mail_is_sent_beside_the_sources() -> None:
    """A hung source must not delay a message to people, and a minute that was missed is not made up for."""
    options = app.conf.beat_schedule["deliver"]["options"]

    assert (options["queue"], options["expires"]) == ("deliver", 60)
    assert app.conf.task_soft_time_limit > sending.BUDGET + settings.EMAIL_TIMEOUT


def test_what_beat_sends_expires() -> None:
    """A queue that stood still must not replay history."""
    assert app.conf.beat_schedule["tick"]["options"]["expires"] == 10
    assert app.conf.beat_schedule["evaluate"]["options"]["expires"] == 60


def test_looking_for_what_asks_to_be_reassessed_delays_no_page() -> None:
    assert app.conf.beat_schedule["evaluate"]["options"]["queue"] == "refresh"


def test_a_consumer_is_quiet_however_it_was_started() -> None:
    worker: Any = app.WorkController(pool="solo", without_gossip=False, without_mingle=False, without_heartbeat=False)

    steps = {type(step).__name__ for step in worker.consumer.steps}

    assert {"Tasks", "Ticker"} <= steps, "and each worker ticks now and then, should no beat run"
    assert not steps & {"Mingle", "Gossip", "Heart", "Control"}


def test_tasks_are_ours_by_name() -> None:
    app.loader.import_default_modules()

    ours = {"refresh", "tick", "evaluate", "tidy", "deliver"}
    assert {"mdd.pulse", *(f"metrics.{name}" for name in ours)} <= set(app.tasks)


def test_a_message_carries_ids_and_says_nothing_else() -> None:
    broker: Any = redis.Redis.from_url(settings.REDIS_URL)
    broker.delete("heavy")

    assert celery.send("metrics.refresh", [[41, 42]], queue="heavy")

    message = json.loads(broker.lpop("heavy"))
    assert message["headers"]["argsrepr"] == ""
    assert message["headers"]["kwargsrepr"] == ""
    assert message["headers"]["expires"]


@pytest.fixture
def broker_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sends go to another port."""

    def moved(port: int) -> None:
        options = celery.hasty.transport_options
        monkeypatch.setattr(celery, "hasty", Connection(f"redis://127.0.0.1:{port}/0", transport_options=options))

    return moved


def test_a_broker_that_is_away_costs_no_time_and_no_error(broker_at: Any) -> None:
    broker_at(1)
    begun = time.monotonic()

    assert not celery.send("metrics.refresh", [[1]], queue="refresh")
    assert time.monotonic() - begun < 1


def test_a_broker_that_does_not_answer_costs_a_second_at_most(broker_at: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        broker_at(mute.getsockname()[1])
        begun = time.monotonic()

        assert not celery.send("metrics.refresh", [[1]], queue="refresh")
        assert time.monotonic() - begun < 1


def test_a_sign_of_life_replaces_the_one_before(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeats, "last", {})

    heartbeats.beat("beat")
    first = Heartbeat.objects.get().at
    heartbeats.last.clear()
    heartbeats.beat("beat")

    assert Heartbeat.objects.get(name="beat").at > first


def test_signs_of_life_are_not_written_more_than_once_a_second(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeats, "last", {})

    heartbeats.beat("beat")
    Heartbeat.objects.all().delete()
    heartbeats.beat("beat")

    assert not Heartbeat.objects.exists()
