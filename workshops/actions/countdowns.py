"""Going to another stage together: announced, then five seconds in which somebody who facilitates may stop it.

The row says where to and when; nobody has to be awake then. Whoever looks first after that moment makes the move.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import live
from workshops import presence, settling
from workshops.actions import writing
from workshops.actions.refusals import Refused
from workshops.actions.workshops import go, held, minutes_of, moved_already
from workshops.models import Participant, Stage, Workshop
from workshops.readings import Reading

WAIT = timedelta(seconds=5)
MOVES = UUID("0b0f2c58-7d0c-4c8e-a7a5-1f64a2a3b9d2")


class LeavesHidden(Refused):
    """Something still lies face down where everybody is."""


@transaction.atomic
def announce(
    workshop: Workshop,
    *,
    seen: str,
    to: str,
    by: Participant,
    operation: UUID,
    unsettled: int = 0,
    anyway: bool = False,
) -> None:
    """Begin to lead everybody from the stage that was `seen` to another one; at once where nobody else is here.

    Raises Refused where somebody has moved on, or leads them elsewhere just now, and where more cards than the
    `unsettled` that the page told of would be left behind at Prune. Raises LeavesHidden where what still lies face
    down would be left, unless one goes on `anyway`.
    """
    if not writing.is_new(workshop, operation):
        return
    workshop = held(workshop)
    refuse_what_crosses(workshop, seen=seen, to=to)
    if to in {workshop.moving_to, workshop.stage}:
        return
    refuse_unsettled(workshop, to, unsettled)
    if not anyway and is_leaving_hidden(workshop, to):
        raise LeavesHidden
    if workshop.template.is_solo or not presence.is_anybody_else_here(workshop, by):
        go(workshop, to=to, by=by.actor, operation=operation)
        return
    workshop.moving_to, workshop.moves_at = to, timezone.now() + WAIT
    workshop.save(update_fields=["moving_to", "moves_at"])
    live.record(workshop.topic, "move-announced", operation=operation, by=by.actor, payload={"from": seen, "to": to})


def refuse_what_crosses(workshop: Workshop, *, seen: str, to: str) -> None:
    if workshop.stage != seen or is_due(workshop):
        raise Refused(moved_already(workshop.moving_to or workshop.stage))
    if workshop.moving_to not in {"", to}:
        said = _("Everybody is on the way to “%(stage)s”. Stop that first.")
        raise Refused(said % {"stage": Stage(workshop.moving_to).label})
    if not minutes_of(workshop, to):
        raise Refused(_("This workshop has no such stage."))


def refuse_unsettled(workshop: Workshop, to: str, told: int) -> None:
    is_leaving = workshop.stage == Stage.PRUNE and Stage(to).place > Stage.PRUNE.place
    if is_leaving and (left := settling.unsettled(workshop)) > told:
        raise Refused(_("%(cards)s. Keep or park what is left, or go on anyway.") % {"cards": settling.told_of(left)})


def is_leaving_hidden(workshop: Workshop, to: str) -> bool:
    is_forward = Stage(to).place > Stage(workshop.stage).place
    return is_forward and not workshop.template.is_solo and Reading(workshop).face_down_here > 0


@transaction.atomic
def stop(workshop: Workshop, *, to: str, by: Participant, operation: UUID) -> None:
    """Stay where everybody is. Stopped twice is stopped; raises Refused where they are there by now."""
    if not live.is_new(workshop.topic, operation):
        return
    workshop = held(workshop)
    if workshop.stage == to or (workshop.moving_to == to and is_due(workshop)):
        raise Refused(_("Too late: you are at “%(stage)s” now.") % {"stage": Stage(to).label})
    if workshop.moving_to != to:
        return
    workshop.moving_to, workshop.moves_at = "", None
    workshop.save(update_fields=["moving_to", "moves_at"])
    live.record(workshop.topic, "move-stopped", operation=operation, by=by.actor, payload={"to": to})


def arrive(workshop: Workshop) -> bool:
    """Make the move that `workshop`, as it was read, is due for. Says whether the row must be read again."""
    if not is_due(workshop):
        return False
    with transaction.atomic():
        key = uuid5(MOVES, f"{workshop.pk} {workshop.moving_to} {workshop.moves_at}")
        is_first = live.is_new(workshop.topic, key)
        now = held(workshop)
        if is_first and (now.moving_to, now.moves_at) == (workshop.moving_to, workshop.moves_at):
            go(now, to=now.moving_to, by=None, operation=key)
    return True


def is_due(workshop: Workshop) -> bool:
    return workshop.moves_at is not None and workshop.moves_at <= timezone.now()
