"""The door of a workshop: open or locked, with a password, with somebody who lets people in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from workshops import codes
from workshops.actions import writing
from workshops.actions.refusals import Refused
from workshops.actions.workshops import held
from workshops.models import Participant, Workshop


@transaction.atomic
def lock(workshop: Workshop, *, is_locked: bool, by: Participant, operation: UUID) -> None:
    """Let nobody new in by code or link, or let them in again. Members of the squad always come in."""
    if writing.is_new(workshop, operation):
        change(workshop, "door-locked" if is_locked else "door-unlocked", by, operation, is_locked=is_locked)


@transaction.atomic
def ask_approval(workshop: Workshop, *, needs_approval: bool, by: Participant, operation: UUID) -> None:
    """Let a facilitator decide on each who comes from now on. Who waits already goes on waiting."""
    if writing.is_new(workshop, operation):
        change(workshop, "approval-changed", by, operation, needs_approval=needs_approval)


@transaction.atomic
def set_password(workshop: Workshop, *, password: str, by: Participant, operation: UUID) -> None:
    """Ask who comes for a password, or for none where it is empty."""
    if writing.is_new(workshop, operation):
        hashed = make_password(password) if password else ""
        change(workshop, "password-changed", by, operation, password=hashed)


@transaction.atomic
def renew_code(workshop: Workshop, *, by: Participant, operation: UUID) -> None:
    """Let the old code lead nowhere, and make another. Raises Refused where there is none: the workshop rests."""
    if not writing.is_new(workshop, operation):
        return
    workshop = held(workshop)
    workshop.join_code = None
    if (code := codes.code_for(workshop)) is None:
        raise Refused(_("There is a code only while the workshop is open."))
    change(workshop, "code-renewed", by, operation, join_code=code)


def change(workshop: Workshop, kind: str, by: Participant, operation: UUID, **fields: object) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(**fields)
    live.record(workshop.topic, kind, operation=operation, by=by.actor)
