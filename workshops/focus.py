"""What stands to be chosen in a workshop: buckets that hold survivors, the dots on them, and the one asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from django.db.models import Count, Q, QuerySet, Sum

from mdd.models import Event
from workshops.models import Bucket, Card, Consent, Decision, Participant, Vote, Workshop

SHOWN = 3
ASKED = "consent-asked"


def candidates(workshop: Workshop) -> QuerySet[Bucket]:
    """The buckets that hold survivors, in their order."""
    return Bucket.objects.filter(workshop=workshop, cards__state=Card.State.SURVIVED).distinct()


def budget(buckets: int) -> int:
    """How many dots each person has: one for every three buckets, rounded up, and at least one."""
    return max(1, ceil(buckets / 3))


def is_choosable(bucket: Bucket) -> bool:
    """Whether the squad would do something when the answer moves. Else it is interesting, not more."""
    return bool(bucket.question and (bucket.if_rises or bucket.if_falls))


def is_open(workshop: Workshop) -> bool:
    """Whether dots have been revealed."""
    return Vote.objects.filter(bucket__workshop=workshop, is_revealed=True).exists()


@dataclass(frozen=True)
class Place:
    """A bucket and the dots that it got from everybody."""

    bucket: Bucket
    dots: int


def ranking(buckets: Sequence[Bucket]) -> list[Place]:
    """The buckets by the dots that were revealed, the most first. One query."""
    return placed(buckets, opened(Vote.objects.filter(bucket__in=buckets)))


def opened(votes: QuerySet[Vote]) -> Mapping[int, int]:
    """The dots among them that were revealed, by bucket. One query."""
    rows = votes.filter(is_revealed=True).values_list("bucket").annotate(total=Sum("dots"))
    return dict(rows.order_by())


def spent(workshop: Workshop) -> Mapping[int, int]:
    """The dots that lie on candidates, by who put them. One query."""
    votes = Vote.objects.filter(bucket__in=candidates(workshop), participant__isnull=False)
    return dict(votes.values_list("participant").annotate(total=Sum("dots")).order_by())


def placed(buckets: Sequence[Bucket], dots: Mapping[int, int]) -> list[Place]:
    """The buckets by their dots, the most first."""
    places = [Place(bucket, dots.get(bucket.pk, 0)) for bucket in buckets]
    return sorted(places, key=lambda place: -place.dots)


def asked_about(workshop: Workshop, places: Sequence[Place]) -> Bucket | None:
    """The bucket that everybody is asked about: the one that a facilitator chose, else the leading one."""
    choosable = {place.bucket.pk: place.bucket for place in places if is_choosable(place.bucket)}
    chosen = Event.objects.filter(topic=workshop.topic_id, kind=ASKED).order_by("-serial").first()
    leading = next(iter(choosable.values()), None)
    return choosable.get(chosen.payload["bucket"], leading) if chosen else leading


@dataclass(frozen=True)
class Said:
    """What people answered about a bucket. `worries` are (value, text), without names and in an order of their own."""

    counts: Counter[str]
    worries: Sequence[tuple[str, str]]


def said_about(bucket: Bucket) -> tuple[Said | None, Said | None]:
    """What is revealed: to the words of now, and to those that the bucket had before. One query."""
    rows = Consent.objects.filter(bucket=bucket, is_revealed=True).values_list("about", "value", "text")
    answers = sorted(((value, text), about) for about, value, text in rows)
    now = [answer for answer, about in answers if about == bucket.stamp]
    return summed_up(now), summed_up([answer for answer, about in answers if about != bucket.stamp])


def summed_up(answers: Sequence[tuple[str, str]]) -> Said | None:
    worries = sorted((answer for answer in answers if answer[1]), key=lambda answer: answer[0] != "objection")
    return Said(Counter(value for value, _text in answers), worries) if answers else None


def people_of(workshop: Workshop, bucket: Bucket | None) -> dict[str, int]:
    """How many take part, have put dots on a candidate, and have answered about the bucket: never who. One query."""
    taking_part = Participant.objects.judging().filter(workshop=workshop)
    answered = Q(consents__bucket=bucket, consents__about=bucket.stamp if bucket else "")
    return taking_part.aggregate(
        people=Count("pk", distinct=True),
        voted=Count("pk", filter=Q(votes__bucket__cards__state=Card.State.SURVIVED), distinct=True),
        answered=Count("pk", filter=answered, distinct=True),
    )


def latest(workshop: Workshop) -> Decision | None:
    return Decision.objects.filter(workshop=workshop).select_related("bucket", "by").last()
