"""Who sends which mail, and what became of it. A lease is the right to send and to say how it went."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from metrics.delivery import planning
from metrics.models import Delivery, Sample

State = Delivery.State

LEASE = timedelta(minutes=2)  # a mail server has ten seconds to answer
ATTEMPTS = 5
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
SILENT = "Whoever was sending it fell silent."


@transaction.atomic
def claim(pk: int, now: datetime) -> Delivery | None:
    """Take a mail that is due and that nobody else holds; one that is not needed any more is dropped."""
    due = Delivery.objects.due(now).filter(pk=pk).select_for_update(skip_locked=True, of=("self",))
    delivery = due.select_related("user", "metric__squad").first()
    if delivery is None:
        return None
    if not is_needed(delivery):
        delivery.delete()
        return None
    delivery.state, delivery.lease_until, delivery.attempts = State.SENDING, now + LEASE, delivery.attempts + 1
    delivery.save(update_fields=["state", "lease_until", "attempts"])
    return delivery


def is_needed(delivery: Delivery) -> bool:
    """Whether the value is still missing, and its owner is still who is asked."""
    if Sample.objects.filter(metric=delivery.metric_id, segment="", at=delivery.slot).exists():
        return False
    return planning.askable().filter(pk=delivery.metric_id, owner=delivery.user_id).exists()


def sent(delivery: Delivery, now: datetime) -> bool:
    """Write down that the mail server took it; says whether it was still ours to say."""
    return let_go(delivery, state=State.SENT, sent_at=now, error="")


def failed(delivery: Delivery, error: str, now: datetime) -> bool:
    """Try again later, at last not any more."""
    if delivery.attempts >= ATTEMPTS:
        return let_go(delivery, state=State.FAILED, error=error[:200])
    again = now + BACK_OFF[delivery.attempts - 1]
    return let_go(delivery, state=State.WAITING, due_at=again, error=error[:200])


def let_go(delivery: Delivery, **outcome: object) -> bool:
    """Nothing when the lease ran out meanwhile: then somebody else decides."""
    held = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, lease_until=delivery.lease_until)
    return held.update(lease_until=None, **outcome) == 1


def take_back(now: datetime) -> int:
    """Mails whose sender fell silent are sent once more; those that this happens to again are perhaps sent."""
    silent = Delivery.objects.silent(now)
    again = (silent.filter(error=SILENT) | silent.filter(attempts__gte=ATTEMPTS)).update(
        state=State.UNKNOWN, lease_until=None, error=SILENT
    )
    return again + silent.update(state=State.WAITING, lease_until=None, due_at=F("lease_until"), error=SILENT)
