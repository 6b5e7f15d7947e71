"""Keeping and parking cards: private verdicts, what they settle, and what the facilitator decides after a talk."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import live
from mdd.actors import Actor
from mdd.models import Squad
from workshops import places, settling
from workshops.actions import deeds, judging, writing
from workshops.actions.refusals import Refused
from workshops.models import IN_PLAY, Adoption, Card, Keep, Participant, Workshop
from workshops.trails import Trail

COUNTS = UUID("e4b5a9c6-0d2f-4b0e-8b57-2a3f0f5f0a77")
SETTLES = UUID("1c9d3c52-64b8-4f0a-9a58-5f4c0e9b7a10")


@transaction.atomic
def judge(
    card: Card, *, value: str, reason: str, by: Participant, operation: UUID, voice: Participant | None = None
) -> None:
    """Say privately whether one would keep it. Saying it again replaces what one said. Raises TooLate, Refused.

    The others are told that one more has judged, by an event that names nobody. A `voice` is spoken for.
    """
    workshop = card.workshop
    if not writing.is_new(workshop, operation):
        return
    row, judge = in_play(card), voice or by
    judging.refuse_late(card)
    trail = Trail(*Keep.objects.filter(card=card, participant=judge))
    verdict = {"value": value, "reason": reason}
    keep, is_one_more = Keep.objects.update_or_create(card=card, participant=judge, defaults=verdict)
    deeds.record(
        workshop,
        "card-judged",
        rows=trail.since(keep),
        by=by,
        operation=operation,
        payload={"card": card.pk},
        is_private=True,
    )
    if is_one_more:
        count(workshop, operation)
    if judging.have_all_judged(workshop, row.bucket_id):
        let_settle(workshop, bucket=row.bucket_id, by=None, operation=uuid5(SETTLES, str(operation)))


def count(workshop: Workshop, operation: UUID) -> None:
    """Tell everybody that there are more or fewer verdicts now, and not whose."""
    live.record(workshop.topic, "verdict-counted", operation=uuid5(COUNTS, str(operation)), by=None)


@transaction.atomic
def settle(workshop: Workshop, *, bucket: int | None, by: Participant, operation: UUID) -> str:
    """Let the cards of one bucket settle on which all who judged agree; the others are to be talked about."""
    if not writing.is_new(workshop, operation):
        return ""
    return said(*let_settle(workshop, bucket=bucket, by=by.actor, operation=operation))


def let_settle(workshop: Workshop, *, bucket: int | None, by: Actor | None, operation: UUID) -> tuple[int, int]:
    """How many of a bucket's cards settled, and how many are split. The caller holds the topic."""
    cards = Card.objects.in_play().filter(workshop=workshop, bucket=bucket, is_revealed=True)
    rows = {card.pk: card for card in cards.select_for_update()}
    found = settling.tallies(rows)
    places.stay(workshop)
    agreed = {pk: tally for pk, tally in found.items() if tally.is_unanimous}
    trail = Trail(*(rows[pk] for pk in agreed))
    for pk, tally in agreed.items():
        put_away(rows[pk], reason=tally.reason, until=None, squad=workshop.squad)
    split = [pk for pk, tally in found.items() if tally.is_split]
    payload = {"bucket": bucket, "settled": list(agreed), "split": split, "rows": trail.since()}
    live.record(workshop.topic, "bucket-settled", operation=operation, by=by, payload=payload)
    return len(agreed), len(split)


@transaction.atomic
def decide(card: Card, *, reason: str, until: date | None, by: Participant, operation: UUID) -> None:
    """Keep a card, or park it for a reason, whatever the verdicts were."""
    topic = card.workshop.topic
    if not writing.is_new(card.workshop, operation):
        return
    trail = Trail(row := in_play(card))
    places.stay(card.workshop)
    put_away(row, reason=reason, until=until, squad=card.workshop.squad)
    payload = {"card": card.pk, "reason": reason, "rows": trail.since()}
    live.record(topic, "card-decided", operation=operation, by=by.actor, payload=payload)


@transaction.atomic
def restore(card: Card, *, by: Participant, operation: UUID) -> None:
    """Bring a parked or kept card back into play, where it lay, to be judged anew. What is a metric stays kept."""
    topic = card.workshop.topic
    if not writing.is_new(card.workshop, operation):
        return
    row = Card.objects.select_for_update(of=("self",)).select_related("bucket").get(pk=card.pk)
    if Adoption.objects.filter(card=row).exists():
        raise Refused(_("It is a metric already, so it stays kept."))
    if row.state in IN_PLAY:
        return
    trail = Trail(row)
    row.state = Card.State.GROUPED if row.bucket else Card.State.THROWN
    row.reason, row.parked_until = "", None
    row.save(update_fields=["state", "reason", "parked_until"])
    Keep.objects.filter(card=row).delete()
    payload = {"card": row.pk, "rows": trail.since()}
    live.record(topic, "card-restored", operation=operation, by=by.actor, payload=payload)


def in_play(card: Card) -> Card:
    """The card as it is now, held until the commit.

    Raises Refused where it lies face down, or somebody has decided on it already.
    """
    row = Card.objects.select_for_update().get(pk=card.pk)
    if not row.is_revealed:
        raise Refused(_("“%(card)s” still lies face down. Reveal it first.") % {"card": row.text})
    if row.state == Card.State.PARKED:
        raise Refused(_("Somebody has parked “%(card)s” already.") % {"card": row.text})
    if row.state == Card.State.SURVIVED:
        raise Refused(_("Somebody has kept “%(card)s” already.") % {"card": row.text})
    return row


def put_away(card: Card, *, reason: str, until: date | None, squad: Squad) -> None:
    """Off the board: kept where there is no reason to park it."""
    card.state = Card.State.PARKED if reason else Card.State.SURVIVED
    card.reason = reason
    card.parked_until = (until or settling.proposed(reason, timezone.localdate(timezone=squad.tz))) if reason else None
    card.save(update_fields=["state", "reason", "parked_until"])


def said(agreed: int, split: int) -> str:
    """Nothing where cards settled: that is said where it can be taken back."""
    if agreed:
        return ""
    if not split:
        return _("Nobody has judged a card here yet.")
    return _("Settled: %(agreed)s. To talk about: %(split)s.") % {"agreed": agreed, "split": split}
