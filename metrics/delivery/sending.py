"""Sending what is due, outside of any transaction."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from smtplib import SMTPException

from django.utils import timezone

from metrics.delivery import letters, outbox, planning
from metrics.models import Delivery

log = logging.getLogger(__name__)

BUDGET = 30  # seconds of one run; the next one is a minute away
MOST = 100


def deliver() -> None:
    """Plan, take back what was dropped, send what is due."""
    now = timezone.now()
    planning.plan(now)
    outbox.take_back(now)
    send(Delivery.objects.due(now).order_by("due_at", "pk").values_list("pk", flat=True)[:MOST])


def send(ids: Iterable[int]) -> None:
    """Send those of the mails that are still ours to send."""
    end = time.monotonic() + BUDGET
    for pk in ids:
        if time.monotonic() > end:
            return
        if delivery := outbox.claim(pk, timezone.now()):
            post(delivery)


def post(delivery: Delivery) -> None:
    """Hand one mail to the mail server, and write down how that went."""
    try:
        letters.letter(delivery).send()
    except (SMTPException, OSError) as error:
        log.warning("The mail server did not take delivery %d: %s", delivery.pk, type(error).__name__)
        outbox.failed(delivery, type(error).__name__, timezone.now())
    else:
        outbox.sent(delivery, timezone.now())
