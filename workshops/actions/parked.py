"""What becomes of a parked card when its day has come."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import transaction

from mdd import live
from mdd.models import User
from workshops.models import Card, Keep
from workshops.trails import Trail


@transaction.atomic
def leave(card: Card, *, until: date | None, by: User) -> None:
    """Leave it parked, until another day or for good. One that is back in play stays there."""
    topic, parked = card.workshop.topic, Card.objects.parked().filter(pk=card.pk)
    is_new, trail = live.is_new(topic, operation := uuid4()), Trail(*parked)
    if is_new and parked.update(parked_until=until):
        payload = {"card": card.pk, "reason": card.reason, "rows": trail.since()}
        live.record(topic, "card-decided", operation=operation, by=by, payload=payload)


@transaction.atomic
def bring_back(card: Card, *, by: User) -> None:
    """Bring a parked card back into play, where it lay, to be judged anew."""
    topic = card.workshop.topic
    state = Card.State.GROUPED if card.bucket_id else Card.State.THROWN
    parked = Card.objects.parked().filter(pk=card.pk)
    is_new, trail = live.is_new(topic, operation := uuid4()), Trail(*parked)
    if is_new and parked.update(state=state, reason="", parked_until=None):
        Keep.objects.filter(card=card).delete()
        payload = {"card": card.pk, "rows": trail.since()}
        live.record(topic, "card-restored", operation=operation, by=by, payload=payload)
