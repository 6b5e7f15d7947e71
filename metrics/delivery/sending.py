"""Sending what is due, outside of any transaction."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from smtplib import SMTPException

from django.utils import timezone

from metrics.delivery import outbox
from metrics.delivery.kinds import KINDS, NUMBERS, Kind
from metrics.models.outgoing import Outgoing

log = logging.getLogger(__name__)

BUDGET = 30  # seconds of one run; the next one is a minute away
MOST = 100


def deliver() -> None:
    """Plan, take back what was dropped, send what is due: of each kind."""
    now = timezone.now()
    for kind in KINDS:
        kind.plan(now)
        outbox.take_back(now, kind)
        send(kind.rows().due(now).order_by("due_at", "pk").values_list("pk", flat=True)[:MOST], kind)


def send(ids: Iterable[int], kind: Kind = NUMBERS) -> None:
    """Send those of the mails that are still ours to send."""
    end = time.monotonic() + BUDGET / len(KINDS)
    for pk in ids:
        if time.monotonic() > end:
            return
        if mail := outbox.claim(pk, timezone.now(), kind):
            post(mail, kind)


def post(mail: Outgoing, kind: Kind) -> None:
    """Hand one mail to the mail server, and write down how that went."""
    try:
        kind.letter(mail).send()
    except (SMTPException, OSError) as error:
        log.warning("The mail server did not take %s %d: %s", mail._meta.model_name, mail.pk, type(error).__name__)
        outbox.failed(mail, type(error).__name__, timezone.now())
    else:
        outbox.sent(mail, timezone.now())
