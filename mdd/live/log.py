"""Recording what happens in a topic. The state and its event are written in one transaction, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import assert_never
from uuid import UUID

from django.db import transaction

from mdd.actors import Actor, Display, Guest, Token
from mdd.models import Event, Topic, User

from . import wakeups


def is_new(topic: Topic, operation: UUID) -> bool:
    """Whether this operation has not been recorded yet. First thing in an action, inside its transaction.

    The topic's row stays locked until the commit: an operation that is sent twice at once waits here and is then old.
    """
    return not Topic.objects.hold(topic, operation)


def record(
    topic: Topic,
    kind: str,
    *,
    operation: UUID,
    by: Actor | None,
    payload: Mapping[str, object] | None = None,
    audience: Actor | None = None,
) -> Event:
    """Append one event with the next serial, and wake the listeners once it is committed.

    The caller's transaction holds the change itself. `by` is None where nobody may ever read who it was.
    """
    serial = Topic.objects.next_serial(topic)
    transaction.on_commit(partial(wakeups.publish, topic.pk, serial), robust=True)
    return Event.objects.create(
        topic=topic,
        serial=serial,
        operation=operation,
        kind=kind,
        payload=dict(payload or {}),
        audience=key_of(audience) if audience else "",
        by=key_of(by) if by else "",
    )


def key_of(actor: Actor) -> str:
    """An actor as the log names it, opaque to those who read it."""
    match actor:
        case User():
            return f"user:{actor.pk}"
        case Guest():
            return f"guest:{actor.participant}"
        case Display():
            return f"display:{actor.pk}"
        case Token():
            return f"token:{actor.pk}"
        case _:
            assert_never(actor)
