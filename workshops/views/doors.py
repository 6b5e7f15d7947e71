"""Who may come into a workshop: its lock, its password, its approval, its code."""

from __future__ import annotations

from django.http import HttpResponse

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms
from workshops.actions import doors as actions
from workshops.forms.guests import ApprovalForm, LockForm, PasswordForm
from workshops.forms.reading import read
from workshops.pages import lobby


@rooms.arranging
def lock(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.lock(workshop, by=me, **read(LockForm(request.POST)))


@rooms.arranging
def ask_approval(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.ask_approval(workshop, by=me, **read(ApprovalForm(request.POST)))


@rooms.arranging
def set_password(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.lead(request, pk)
    form = PasswordForm(request.POST, auto_id="password-%s")
    if not form.is_valid():
        return lobby.show(request, rooms.fetch(request, pk), asked={"password": form}, status=422)
    actions.set_password(workshop, by=me, **form.cleaned_data)
    return None


@rooms.arranging
def clear_password(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.set_password(workshop, password="", by=me, **read(OperationForm(request.POST)))


@rooms.arranging
def renew_code(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.renew_code(workshop, by=me, **read(OperationForm(request.POST)))
