"""Guests: people without an account who joined one workshop. A signed cookie of that workshop says who they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mdd.actors import Guest
from mdd.http import Request
from workshops.models import Participant, Workshop

SALT = "workshops.guest"


def actor_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the workshop `pk`, for the people of its squad and for its guests; others are asked to sign in.

    Who waits at the door is told so at whichever address, and the page asks again by itself.
    """

    @wraps(view)
    def answered(request: Request, pk: int, **more: Any) -> HttpResponse:
        guest = guest_of(request, pk)
        if guest is None:
            return login_required(view)(request, pk, **more)
        if guest.removed_at:
            return render(request, "workshops/guests/out.html", {"guest": guest}, status=404)
        if guest.approved_at is None:
            return render(request, "workshops/guests/waiting.html", {"workshop": guest.workshop}, status=202)
        request.actor = Guest(guest.pk)
        return view(request, pk, **more)

    return answered


def guest_of(request: HttpRequest, workshop: int) -> Participant | None:
    """Whose cookie comes with the request, even if they are out or not in yet. Who is in the squad is no guest."""
    participant = read(request, workshop)
    if participant is None:
        return seated(request, workshop)
    if is_insider(request, workshop):
        return None
    rows = Participant.objects.filter(pk=participant, workshop=workshop, user=None, has_device=True)
    return rows.select_related("workshop").first()


def seated(request: HttpRequest, group: int) -> Participant | None:
    """The seat in a group of somebody whose cookie is that of the whole workshop: no other guest comes in there."""
    if not any(name.startswith(f"{settings.GUEST_COOKIE_NAME}-") for name in request.COOKIES):
        return None
    whole = Workshop.objects.filter(pk=group).values_list("parent", flat=True).first()
    guest = read(request, whole) if whole else None
    if guest is None or is_insider(request, group):
        return None
    here = Participant.objects.inside().filter(pk=guest, workshop=whole, user=None)
    return Participant.objects.filter(workshop=group, origin__in=here).select_related("workshop").first()


def is_insider(request: HttpRequest, workshop: int) -> bool:
    """Whether somebody signed in sees the workshop because of their squad."""
    if not request.user.is_authenticated:
        return False
    return Workshop.objects.visible_to(request.user).filter(pk=workshop).exists()


def read(request: HttpRequest, workshop: int) -> int | None:
    said = request.get_signed_cookie(cookie_of(workshop), None, salt=SALT, max_age=settings.GUEST_COOKIE_AGE)
    return int(said) if said else None


def remember(response: HttpResponse, guest: Participant) -> HttpResponse:
    """Let the browser be this guest from now on."""
    response.set_signed_cookie(
        cookie_of(guest.workshop_id),
        str(guest.pk),
        salt=SALT,
        max_age=settings.GUEST_COOKIE_AGE,
        secure=settings.HAS_TLS,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, workshop: int) -> HttpResponse:
    response.delete_cookie(cookie_of(workshop), samesite="Lax")
    return response


def cookie_of(workshop: int) -> str:
    return f"{settings.GUEST_COOKIE_NAME}-{workshop}"
