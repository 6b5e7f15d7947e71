"""Keeping and parking cards: private verdicts, what they settle, and what the facilitator decides after a talk."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import live
from mdd.models import Squad
from workshops import settling
from workshops.actions import deeds
from workshops.actions.refusals import Refused
from workshops.models import Adoption, Card, Keep, Participant, Workshop
from workshops.trails import Trail


@transaction.atomic
def judge(card: Card, *, value: str, reason: str, by: Participant, operation: UUID) -> None:
    """Say privately whether one would keep it. Saying it again replaces what one said."""
    topic = card.workshop.topic
    if not live.is_new(topic, operation):
        return
    in_play(card)
    trail = Trail(*Keep.objects.filter(card=card, participant=by))
    keep, _new = Keep.objects.update_or_create(card=card, participant=by, defaults={"value": value, "reason": reason})
    deeds.record(
        card.workshop,
        "card-judged",
        rows=trail.since(keep),
        by=by,
        operation=operation,
        payload={"card": card.pk},
        is_private=True,
    )


@transaction.atomic
def settle(workshop: Workshop, *, bucket: int | None, by: Participant, operation: UUID) -> str:
    """Let the cards of one bucket settle on which all who judged agree; the others are to be talked about."""
    if not live.is_new(workshop.topic, operation):
        return ""
    cards = Card.objects.in_play().filter(workshop=workshop, bucket=bucket, is_revealed=True)
    rows = {card.pk: card for card in cards.select_for_update()}
    found = settling.tallies(rows)
    agreed = {pk: tally for pk, tally in found.items() if tally.is_unanimous}
    trail = Trail(*(rows[pk] for pk in agreed))
    for pk, tally in agreed.items():
        put_away(rows[pk], reason=tally.reason, until=None, squad=workshop.squad)
    split = [pk for pk, tally in found.items() if tally.is_split]
    payload = {"bucket": bucket, "settled": list(agreed), "split": split, "rows": trail.since()}
    live.record(workshop.topic, "bucket-settled", operation=operation, by=by.actor, payload=payload)
    return said(len(agreed), len(split))


@transaction.atomic
def decide(card: Card, *, reason: str, until: date | None, by: Participant, operation: UUID) -> None:
    """Keep a card, or park it for a reason, whatever the verdicts were."""
    topic = card.workshop.topic
    if not live.is_new(topic, operation):
        return
    trail = Trail(row := in_play(card))
    put_away(row, reason=reason, until=until, squad=card.workshop.squad)
    payload = {"card": card.pk, "reason": reason, "rows": trail.since()}
    live.record(topic, "card-decided", operation=operation, by=by.actor, payload=payload)


@transaction.atomic
def restore(card: Card, *, by: Participant, operation: UUID) -> None:
    """Bring a parked or kept card back into play, where it lay. What is a metric already stays kept."""
    topic = card.workshop.topic
    if not live.is_new(topic, operation):
        return
    row = Card.objects.select_for_update(of=("self",)).select_related("bucket").get(pk=card.pk)
    if Adoption.objects.filter(card=row).exists():
        raise Refused(_("It is a metric already, so it stays kept."))
    trail = Trail(row)
    row.state = Card.State.GROUPED if row.bucket else Card.State.THROWN
    row.reason, row.parked_until = "", None
    row.save(update_fields=["state", "reason", "parked_until"])
    payload = {"card": row.pk, "rows": trail.since()}
    live.record(topic, "card-restored", operation=operation, by=by.actor, payload=payload)


def in_play(card: Card) -> Card:
    """The card as it is now, held until the commit. Raises Refused where somebody has decided on it already."""
    row = Card.objects.select_for_update().get(pk=card.pk)
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
    if not agreed and not split:
        return _("Nobody has judged a card here yet.")
    if not split:
        return _("Settled: %(agreed)s. Nothing is left to talk about.") % {"agreed": agreed}
    return _("Settled: %(agreed)s. To talk about: %(split)s.") % {"agreed": agreed, "split": split}
