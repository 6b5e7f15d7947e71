"""Who is in the room, and the way in for others."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mdd.http import Request
from workshops import codes, listeners, qr
from workshops.forms.groups import SplitForm
from workshops.forms.guests import PasswordForm, PersonForm
from workshops.forms.workshops import MeetingForm
from workshops.models import APART, Card, Participant, Stage
from workshops.rooms import Room


def show(request: Request, room: Room, *, asked: Mapping[str, Form] | None = None, status: int = 200) -> HttpResponse:
    """The page of the people. A form in `asked` takes the place of an empty one, with what was typed in it."""
    given = asked or {}
    context = {
        "room": room,
        "workshop": room.workshop,
        "way_in": way_in(request, room),
        "chosen": chosen(request, room),
        "password_form": given.get("password") or PasswordForm(auto_id="password-%s"),
        "split_form": given.get("split") or split_form(room),
        "meeting_form": given.get("meeting") or meeting_form(room),
        "person_form": given.get("person") or PersonForm(auto_id="person-%s"),
        "seen_by": listeners.sentence(room),
        "have_thrown": have_thrown(room),
    }
    return render(request, "workshops/people/lobby.html", context, status=status)


def meeting_form(room: Room) -> Form | None:
    """Plans the meeting, while it can still be waited for."""
    workshop = room.workshop
    if not may_arrange(room) or workshop.stage != room.boxes[0].stage:
        return None
    return MeetingForm(initial={"meets_at": workshop.meets_at if workshop.is_ahead else None}, auto_id="meeting-%s")


def split_form(room: Room) -> Form | None:
    """Splits into groups where cards are thrown and grouped, unless they are apart."""
    are_apart = any(group.is_apart for group in room.reading.groups)
    may_split = may_arrange(room) and room.workshop.stage in APART and not are_apart
    return SplitForm(auto_id="split-%s") if may_split else None


def may_arrange(room: Room) -> bool:
    workshop = room.workshop
    return room.is_facilitator and workshop.is_open and not room.is_solo and not workshop.is_group


def way_in(request: Request, room: Room) -> Mapping[str, object] | None:
    """Code, address and drawing; None while nobody can come in by them."""
    code = room.workshop.join_code
    if code is None or room.workshop.is_locked:
        return None
    address = request.build_absolute_uri(reverse("workshops:come-in", args=[code]))
    front = request.build_absolute_uri(reverse("workshops:go"))
    return {"code": codes.spaced(code), "address": address, "front": bare(front), "qr": qr.of(address)}


def have_thrown(room: Room) -> set[int | None]:
    """Who has thrown, while people throw: neither what nor how much; nobody where it must not be known."""
    if room.workshop.stage != Stage.THROW or room.workshop.is_anonymous:
        return set()
    return set(Card.objects.filter(workshop=room.workshop).values_list("participant", flat=True))


def bare(address: str) -> str:
    """An address as people type it: without its scheme and last stroke."""
    return address.partition("://")[2].rstrip("/")


def chosen(request: Request, room: Room) -> Participant | None:
    """The person whose place a facilitator wants to change (?person=7)."""
    if not room.is_facilitator:
        return None
    return next((person for person in room.inside if str(person.pk) == request.GET.get("person")), None)
