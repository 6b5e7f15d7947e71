"""Who sends which mail, and what became of it. A lease is the right to send and to say how it went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from metrics.delivery.kinds import NUMBERS, Kind
from metrics.models.outgoing import Outgoing

State = Outgoing.State

LEASE = timedelta(minutes=2)  # a mail server has ten seconds to answer
ATTEMPTS = 5
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
SILENT = "Whoever was sending it fell silent."


@transaction.atomic
def claim(pk: int, now: datetime, kind: Kind = NUMBERS) -> Any:
    """Take a mail that is due and that nobody else holds; one that is not needed any more is dropped. None: neither."""
    due = kind.rows().due(now).filter(pk=pk).select_for_update(skip_locked=True, of=("self",))
    mail = due.select_related(*kind.reads).first()
    if mail is None:
        return None
    if not kind.is_needed(mail):
        mail.delete()
        return None
    mail.state, mail.lease_until, mail.attempts = State.SENDING, now + LEASE, mail.attempts + 1
    mail.save(update_fields=["state", "lease_until", "attempts"])
    return mail


def sent(mail: Outgoing, now: datetime) -> bool:
    """Write down that the mail server took it; says whether it was still ours to say."""
    return let_go(mail, state=State.SENT, sent_at=now, error="")


def failed(mail: Outgoing, error: str, now: datetime) -> bool:
    """Try again later, at last not any more."""
    if mail.attempts >= ATTEMPTS:
        return let_go(mail, state=State.FAILED, error=error[:200])
    again = now + BACK_OFF[mail.attempts - 1]
    return let_go(mail, state=State.WAITING, due_at=again, error=error[:200])


def let_go(mail: Outgoing, **outcome: object) -> bool:
    """Nothing when the lease ran out meanwhile: then somebody else decides."""
    held = mail._meta.base_manager.filter(pk=mail.pk, state=State.SENDING, lease_until=mail.lease_until)
    return held.update(lease_until=None, **outcome) == 1


def take_back(now: datetime, kind: Kind = NUMBERS) -> int:
    """Mails whose sender fell silent are sent once more; those that this happens to again are perhaps sent."""
    silent = kind.rows().silent(now)
    again = (silent.filter(error=SILENT) | silent.filter(attempts__gte=ATTEMPTS)).update(
        state=State.UNKNOWN, lease_until=None, error=SILENT
    )
    return again + silent.update(state=State.WAITING, lease_until=None, due_at=F("lease_until"), error=SILENT)
