"""Guessing blind what a number is today, and opening what was guessed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from workshops.actions import anonymity, writing
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Adoption, Bucket, Guess, Participant


@transaction.atomic
def guess(bucket: Bucket, *, value: float, by: Participant, operation: UUID) -> None:
    """Say privately what one thinks it is today. The last word counts. Raises TooLate, Refused.

    Everybody is told that one more has guessed, by an event that names nobody.
    """
    topic = bucket.workshop.topic
    if not writing.is_new(bucket.workshop, operation):
        return
    if not Bucket.objects.filter(pk=bucket.pk).exclude(question="").exists():
        raise Refused(_("Phrase “%(title)s” as one question first.") % {"title": bucket.title})
    refuse_late(bucket)
    Guess.objects.update_or_create(bucket=bucket, participant=by, defaults={"value": value})
    live.record(topic, "guess-given", operation=operation, by=None, payload={"bucket": bucket.pk})


def refuse_late(bucket: Bucket) -> None:
    """A guess is worth something as long as nobody knows. Raises TooLate."""
    if Guess.objects.filter(bucket=bucket, is_revealed=True).exists():
        raise TooLate(_("The guesses are open, so another one would not be blind. Yours does not count."))
    if Adoption.objects.filter(card__bucket=bucket).exists():
        raise TooLate(_("It is measured by now, so a guess would not be blind. Yours does not count."))


@transaction.atomic
def reveal(bucket: Bucket, *, by: Participant, operation: UUID) -> None:
    """Show everybody what was guessed, without names and for good. Raises Refused where nobody has."""
    topic = bucket.workshop.topic
    if not writing.is_new(bucket.workshop, operation):
        return
    if not Guess.objects.filter(bucket=bucket).exists():
        raise Refused(_("Nobody has guessed yet."))
    open_up(bucket)
    live.record(topic, "guesses-revealed", operation=operation, by=by.actor, payload={"bucket": bucket.pk})


def open_up(bucket: Bucket) -> None:
    """For whoever makes guessing blind impossible. A number says little about who wrote it."""
    anonymity.reveal(bucket.workshop, Guess.objects.filter(bucket=bucket, is_revealed=False), is_sure=True)


class UnitStays(Refused):
    """Somebody has guessed in the unit that was to be changed."""


def must_keep_its_unit(bucket: Bucket, unit: str) -> None:
    """Raises UnitStays."""
    if unit != bucket.unit and Guess.objects.filter(bucket=bucket).exists():
        said = bucket.unit or _("no unit")
        raise UnitStays(_("Somebody has guessed in %(unit)s already, so that stays.") % {"unit": said})
