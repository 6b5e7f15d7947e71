"""Doing something in a workshop: only while it is open, as it is once its topic is held."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from mdd import live
from workshops.actions.refusals import TooLate
from workshops.models import Workshop


def is_new(workshop: Workshop, operation: UUID) -> bool:
    """As `live.is_new`. Raises TooLate where somebody has closed or paused the workshop while this waited."""
    if not live.is_new(workshop.topic, operation):
        return False
    refuse_at_rest(Workshop.objects.get(pk=workshop.pk))
    return True


def refuse_at_rest(workshop: Workshop) -> None:
    """Give back what comes for a workshop that is closed or rests, or for a group that is back. Raises TooLate."""
    if workshop.is_over:
        raise TooLate(_("This workshop is closed. Open it again first."))
    if workshop.is_group and workshop.state == Workshop.State.CLOSED:
        raise TooLate(back_already(workshop))
    if not workshop.is_open:
        raise TooLate(_("This workshop rests. Resume it first."))


def refuse_to_adopt(workshop: Workshop) -> None:
    """As `refuse_at_rest`, but what survived may become a metric after the close too. Raises TooLate."""
    if not workshop.is_over:
        refuse_at_rest(workshop)


def back_already(group: Workshop) -> str:
    return _("The cards of “%(group)s” are with everybody already.") % {"group": group.title}
