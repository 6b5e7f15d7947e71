"""The kinds of mail that the outbox sends. A layer above registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage

from metrics.delivery import letters, planning
from metrics.models import Delivery
from metrics.models.outgoing import OutgoingQuerySet


@dataclass(frozen=True)
class Kind:
    """`reads` is what its letter reads beside the row; `is_needed` is asked once more before it is sent."""

    rows: Callable[[], OutgoingQuerySet[Any]]
    reads: tuple[str, ...]
    plan: Callable[[datetime], object]
    is_needed: Callable[[Any], bool]
    letter: Callable[[Any], EmailMessage]


NUMBERS = Kind(Delivery.objects.all, ("user", "metric__squad"), planning.plan, planning.is_needed, letters.letter)
KINDS = [NUMBERS]
