"""Loops side by side: what a coach or a lead sees of each squad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd.audience import ACROSS
from mdd.models import Squad, User
from mdd.templatetags.ring import Stage
from workshops import loops, rings
from workshops.loops import Loop
from workshops.models import Workshop


@dataclass(frozen=True)
class Row:
    """One squad. It has no score and no place: squads stand in the order of their names."""

    squad: Squad
    stages: Sequence[Stage]
    days: int
    at: str
    workshop: str
    workshop_url: str
    overdue: int
    open: int
    number_at: datetime | None


def rows_for(user: User) -> list[Row]:
    """The squads in which somebody is coach or lead."""
    now = timezone.now()
    squads = Squad.objects.filter(memberships__user=user, memberships__role__in=ACROSS)
    return [row(loop, now) for loop in loops.loops_of(squads.order_by(Lower("name"), "pk"), now)]


def row(loop: Loop, now: datetime) -> Row:
    today = now.astimezone(loop.squad.tz).date()
    return Row(
        squad=loop.squad,
        stages=rings.ring_of(loop),
        days=loop.days,
        at=where(loop, now),
        workshop=running(loop.unfinished) if loop.unfinished else "",
        workshop_url=loop.unfinished.get_absolute_url() if loop.unfinished else "",
        overdue=sum(prompt.due < today for prompt in loop.prompts),
        open=len(loop.prompts),
        number_at=loop.number_at,
    )


def where(loop: Loop, now: datetime) -> str:
    """“Board, for 3 days”."""
    if loop.since is None:
        return _("Not begun")
    label, days = loop.now.point.label, (now - loop.since).days
    if days < 1:
        return _("%(point)s, since today") % {"point": label}
    return ngettext("%(point)s, for %(n)d day", "%(point)s, for %(n)d days", days) % {"point": label, "n": days}


def running(workshop: Workshop) -> str:
    said = {"title": workshop.title, "stage": workshop.get_stage_display()}
    return (_("“%(title)s” at %(stage)s") if workshop.is_open else _("“%(title)s” rests at %(stage)s")) % said
