"""Until when verdicts count: all have judged what lies in a bucket, or the time is up."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from workshops import timer
from workshops.actions.refusals import TooLate
from workshops.actions.workshops import held, minutes_of
from workshops.models import Card, Keep, Participant, Pruning, Stage, Workshop

SEVERAL = 2  # who judges alone settles by hand


def time_was_up_at(workshop: Workshop) -> datetime | None:
    """When the time to judge ended; None while there is some left, and at other stages."""
    if workshop.stage != Stage.PRUNE or not workshop.is_open:
        return None
    ends_at = timer.of(workshop, minutes_of(workshop)).ends_at
    return ends_at if ends_at and ends_at <= timezone.now() else None


def refuse_late(card: Card) -> None:
    """Raises TooLate for a verdict on a card when the time is up, unless that very card is talked about."""
    workshop = held(card.workshop)
    is_past = Stage(workshop.stage).place > Stage(Stage.PRUNE).place
    is_talk = Pruning.objects.filter(workshop=workshop, talk=card, talk_ends_at__gt=timezone.now()).exists()
    if is_past or (time_was_up_at(workshop) and not is_talk):
        raise TooLate(
            _("The time was up before your verdict on “%(card)s” came, so it does not count.") % {"card": card}
        )


def have_all_judged(workshop: Workshop, bucket: int | None) -> bool:
    """Whether each of several who judge has judged each card that is in play there."""
    judges = set(Participant.objects.judging().filter(workshop=workshop).values_list("pk", flat=True))
    cards = Card.objects.in_play().filter(workshop=workshop, bucket=bucket, is_revealed=True)
    given = Keep.objects.filter(card__in=cards, participant__in=judges).count()
    return len(judges) >= SEVERAL and given == len(judges) * cards.count()
