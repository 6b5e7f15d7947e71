"""How many voices were entered for people without a device. Counted when they are revealed, and never whose they were.

The count stands in the log: an anonymous workshop keeps nothing on what it has revealed that could tell.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Q, QuerySet

from mdd.models import Event
from workshops.models import Bucket, Opinion, Workshop

COUNT = "entered"
OPINIONS = "opinions-revealed"


def people(rows: QuerySet[Any]) -> int:
    """Of how many people without a device there are rows."""
    return by_proxy(rows).order_by().values("participant").distinct().count()


def opinions(rows: QuerySet[Opinion]) -> dict[str, int]:
    """The same, for each expectation."""
    counts = by_proxy(rows).order_by().values_list("expectation").annotate(Count("pk"))
    return {str(expectation): count for expectation, count in counts}


def by_proxy(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(participant__has_device=False)


def in_dots(workshop: Workshop) -> int:
    """In the dots that are open."""
    return latest(workshop, kind="dots-revealed")


def in_consents(workshop: Workshop, bucket: Bucket) -> int:
    """In the open answers to the words of a bucket. Older events do not say to which words."""
    to_these_words = Q(payload__about=bucket.stamp) | ~Q(payload__has_key="about")
    return latest(workshop, to_these_words, kind="consents-revealed", payload__bucket=bucket.pk)


def latest(workshop: Workshop, *which: Q, **about: object) -> int:
    event = Event.objects.filter(*which, topic=workshop.topic_id, **about).order_by("-serial").first()
    return event.payload.get(COUNT, 0) if event else 0


def in_opinions(workshop: Workshop) -> Counter[int]:
    """In the opinions that are open, by expectation."""
    counts: Counter[int] = Counter()
    for payload in Event.objects.filter(topic=workshop.topic_id, kind=OPINIONS).values_list("payload", flat=True):
        counts.update({int(expectation): count for expectation, count in payload.get(COUNT, {}).items()})
    return counts
