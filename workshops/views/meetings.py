"""When people meet, and what happens before that."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mdd import links
from mdd.actions import people
from mdd.forms import OperationForm
from mdd.http import Request
from mdd.models import Membership
from workshops import reminders, rooms
from workshops.actions import meetings as actions
from workshops.forms.reading import read
from workshops.forms.workshops import MeetingForm
from workshops.pages import lobby


@rooms.arranging
def plan(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.lead(request, pk)
    form = MeetingForm(request.POST, auto_id="meeting-%s")
    if not form.is_valid():
        return lobby.show(request, rooms.fetch(request, pk), asked={"meeting": form}, status=422)
    actions.plan(workshop, by=me, **form.cleaned_data)
    return None


@rooms.doing
def begin(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.begin(workshop, by=me, **read(OperationForm(request.POST)))


@links.unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Works for as long as the mail is kept: nobody signs in to be left alone."""
    reminder = reminders.reminder_of(token)
    if reminder is None:
        return render(request, "workshops/reminders/over.html", status=404)
    member = Membership.objects.filter(squad=reminder.workshop.squad_id, user=reminder.user_id).first()
    if member and request.method == "POST":
        people.remind_by_mail(member, wanted=False)
        return redirect(request.path)
    is_reminded = member is not None and member.is_reminded_by_mail
    return render(request, "workshops/reminders/stop.html", {"is_reminded": is_reminded})
