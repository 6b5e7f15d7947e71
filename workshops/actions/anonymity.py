"""What a workshop turns face up, and how an anonymous one forgets who wrote it."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import SystemRandom
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.translation import ngettext

from mdd.actors import Actor
from mdd.models import Event
from workshops.actions.refusals import Refused
from workshops.models import (
    Answer,
    Assent,
    Card,
    CardWording,
    Confidence,
    Consent,
    Deed,
    Guess,
    Keep,
    Opinion,
    Participant,
    Vote,
    Workshop,
)

ENOUGH = 4  # of fewer writers the others can guess who wrote what


def author(workshop: Workshop, by: Participant) -> Actor | None:
    """Who the log names for something that tells whose words these are."""
    return None if workshop.is_anonymous else by.actor


def writer(workshop: Workshop, by: Participant) -> Participant | None:
    """Who stands on what everybody can read at once."""
    return None if workshop.is_anonymous else by


def told(workshop: Workshop, payload: dict[str, object]) -> dict[str, object]:
    """What the log says of something private: nothing that leads from the one who did it to what they did."""
    return {} if workshop.is_anonymous else payload


def moment(workshop: Workshop) -> datetime:
    """When it was, as far as the workshop may tell."""
    now = timezone.now()
    return now.replace(minute=0, second=0, microsecond=0) if workshop.is_anonymous else now


def few(workshop: Workshop, rows: QuerySet[Any]) -> int:
    """How many wrote these rows, where that is so few that the others can guess who; else 0."""
    if not workshop.is_anonymous:
        return 0
    writers = rows.filter(participant__isnull=False).order_by().values("participant").distinct().count()
    return writers if writers < ENOUGH else 0


def warning(writers: int) -> str:
    said = ngettext(
        "Only %(n)s person has written, so the others know who it was.",
        "Only %(n)s people have written, so the others can guess who wrote what.",
        writers,
    )
    return said % {"n": writers} if writers else ""


def reveal(workshop: Workshop, rows: QuerySet[Any], *, is_sure: bool) -> None:
    """Turn rows face up. Raises Refused where few have written in an anonymous workshop, and nobody is sure yet."""
    check(workshop, rows, is_sure=is_sure)
    if workshop.is_anonymous:
        cut_loose(workshop, rows, is_revealed=True)
    else:
        rows.update(is_revealed=True)


def check(workshop: Workshop, rows: QuerySet[Any], *, is_sure: bool) -> None:
    if not is_sure and (said := warning(few(workshop, rows))):
        raise Refused(said)


def cut_loose(workshop: Workshop, rows: QuerySet[Any], *, is_revealed: bool) -> None:
    """Let other rows take the place of these: without an author, and in an order that tells nothing."""
    Deed.objects.filter(by__workshop=workshop).delete()
    written = list(rows.select_for_update(of=("self",)))
    remove(rows.filter(pk__in=[row.pk for row in written]))
    SystemRandom().shuffle(written)
    for row in written:
        row.pk, row.participant, row.is_revealed, row.at = None, None, is_revealed, moment(workshop)
    rows.bulk_create(written)


def remove(rows: QuerySet[Any]) -> None:
    """Delete what lies face down, and first the verdicts that authors could give on their own once."""
    if rows.model is Card:
        Keep.objects.filter(card__in=rows).delete()
    rows.delete()


def face_down(workshop: Workshop) -> list[QuerySet[Any]]:
    """What somebody wrote and nobody has revealed."""
    hidden = Q(is_revealed=False)
    mine: list[QuerySet[Any]] = [model.objects.filter(hidden, workshop=workshop) for model in (Answer, Opinion, Card)]
    said: list[QuerySet[Any]] = [model.objects.filter(hidden, bucket__workshop=workshop) for model in (Consent, Guess)]
    return [*mine, *said]


def left_behind(workshop: Workshop) -> int:
    """How much would be dropped if an anonymous workshop closed now."""
    return sum(rows.count() for rows in face_down(workshop)) if workshop.is_anonymous else 0


def losing(left: int) -> str:
    said = ngettext(
        "%(n)s thing still lies face down. Nobody may know whose it is, so closing drops it.",
        "%(n)s things still lie face down. Nobody may know whose they are, so closing drops them.",
        left,
    )
    return said % {"n": left} if left else ""


def forget(workshop: Workshop) -> None:
    """At the close of an anonymous workshop nothing that is left leads from a person to their words.

    What was never revealed or settled is dropped: it is its author's alone, and nobody may know whose it is.
    """
    Deed.objects.filter(by__workshop=workshop).delete()
    for rows in face_down(workshop):
        remove(rows)
    Vote.objects.filter(bucket__workshop=workshop, is_revealed=False).delete()
    keeps = Keep.objects.filter(card__workshop=workshop)
    keeps.filter(card__in=Card.objects.in_play()).delete()
    loosen(keeps, "participant")
    loosen(CardWording.objects.filter(card__workshop=workshop), "by")
    loosen(Confidence.objects.filter(workshop=workshop), "participant")
    loosen(Assent.objects.filter(agreement__workshop=workshop), "participant")
    Event.objects.filter(topic=workshop.topic_id).update(by="", at=TruncHour("at", tzinfo=UTC))


def loosen(rows: QuerySet[Any], who: str) -> None:
    rows.update(**{who: None}, at=TruncHour("at", tzinfo=UTC))
