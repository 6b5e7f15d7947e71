"""How sure each is that something will come of the workshop."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from workshops.actions import writing
from workshops.actions.refusals import Refused
from workshops.models import Confidence, Participant, Workshop

SAID = "confidence-said"


@transaction.atomic
def say(
    workshop: Workshop, *, value: int | None, by: Participant, operation: UUID, voice: Participant | None = None
) -> None:
    """Keep what one tapped, or take it back (None). A `voice` is spoken for. The log names nobody.

    Raises Refused where the workshop has forgotten who has said theirs.
    """
    if not writing.is_new(workshop, operation):
        return
    said = Confidence.objects.filter(workshop=workshop)
    if said.filter(participant=None).exists():
        raise Refused(_("Who has said how sure they are is forgotten by now, so nobody says it twice."))
    if value is None:
        said.filter(participant=voice or by).delete()
    else:
        said.update_or_create(workshop=workshop, participant=voice or by, defaults={"value": value})
    live.record(workshop.topic, SAID, operation=operation, by=None)
