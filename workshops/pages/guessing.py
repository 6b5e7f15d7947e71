"""Blind guesses at Focus: mine, how many there are, and what came out once they are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.forms import Form

from mdd.http import Request
from metrics.forms.values import plain
from workshops import guesses
from workshops.forms.focus import GuessForm
from workshops.guesses import Spread
from workshops.models import Adoption, Bucket, Guess
from workshops.rooms import Room


@dataclass(frozen=True)
class Guessing:
    """What was guessed of one question. `form` is there as long as a guess counts."""

    mine: Guess | None
    people: int
    spread: Spread | None
    form: Form | None
    is_asked_again: bool


def of(request: Request, room: Room, buckets: Sequence[Bucket], asked: Mapping[str, Form]) -> Mapping[int, Guessing]:
    """By bucket. Four queries, however many buckets there are."""
    keys = [bucket.pk for bucket in buckets]
    mine = {guess.bucket_id: guess for guess in Guess.objects.of(request.actor).filter(bucket__in=keys)}
    people, spreads = guesses.counts(keys), guesses.spreads(keys)
    measured = set(Adoption.objects.filter(card__bucket__in=keys).values_list("card__bucket", flat=True))
    is_acting = room.may_write and room.workshop.is_open

    def guessing(bucket: Bucket) -> Guessing:
        pk, again = bucket.pk, asked.get(f"guess-{bucket.pk}")
        counts = is_acting and bool(bucket.question) and pk not in spreads and pk not in measured
        form = (again or fresh(bucket, mine.get(pk))) if counts else None
        return Guessing(mine.get(pk), people.get(pk, 0), spreads.get(pk), form, again is not None)

    return {bucket.pk: guessing(bucket) for bucket in buckets}


def fresh(bucket: Bucket, mine: Guess | None) -> GuessForm:
    said = {"value": plain(mine.value) if mine else ""}
    return GuessForm(initial=said, unit=bucket.unit, auto_id=f"guess_{bucket.pk}_%s")
