"""The log of what people do together: each change is an event with the next serial of its topic."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now

HOLD = "SELECT FROM mdd_topic WHERE id = %s FOR NO KEY UPDATE"
IS_KNOWN = "SELECT EXISTS (SELECT FROM mdd_event WHERE topic_id = %s AND operation = %s)"
COUNT_ON = """
INSERT INTO mdd_topic (key, epoch, serial) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET serial = mdd_topic.serial + 1
"""
NEXT_SERIAL = "UPDATE mdd_topic SET serial = serial + 1 WHERE id = %s RETURNING serial"


class TopicQuerySet(models.QuerySet["Topic"]):
    def hold(self, topic: Topic, operation: UUID) -> bool:
        """Lock the topic's row until the commit, and then look whether this operation is in its log.

        Two statements: the second sees what was committed while the first one waited.
        """
        with connection.cursor() as cursor:
            cursor.execute(HOLD, [topic.pk])
            cursor.execute(IS_KNOWN, [topic.pk, operation])
            (is_known,) = cursor.fetchone()
        return bool(is_known)

    def next_serial(self, topic: Topic) -> int:
        """Count the topic on and return its new serial; its row stays locked, so serials are committed in order."""
        with connection.cursor() as cursor:
            cursor.execute(NEXT_SERIAL, [topic.pk])
            (serial,) = cursor.fetchone()
        return int(serial)

    def count_on(self, key: str) -> None:
        """Count on a topic that has no events, from its first time on."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT_ON, [key, uuid4()])


class Topic(models.Model):
    """Something that people follow. `epoch` changes when its serials begin anew."""

    key = models.CharField(max_length=80, unique=True)
    epoch = models.UUIDField(default=uuid4)
    serial = models.PositiveBigIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="topic_has_a_key")]


class Event(models.Model):
    """One change. Append-only (a trigger holds it); `payload` names rows, and says what
    they held only where everybody has read it.

    `by` and `audience` are actor keys ("user:7"); an empty audience is everybody who may see the topic.
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="events")
    serial = models.PositiveBigIntegerField()
    operation = models.UUIDField()
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    audience = models.CharField(max_length=40, blank=True)
    by = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "serial"], name="event_once_per_serial"),
            models.UniqueConstraint(fields=["topic", "operation"], name="event_once_per_operation"),
            models.CheckConstraint(condition=~Q(kind=""), name="event_has_a_kind"),
        ]
