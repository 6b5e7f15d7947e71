"""Groups that throw and group apart, and come back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms
from workshops.actions import apart, bringing_back
from workshops.forms.groups import SplitForm
from workshops.forms.reading import read
from workshops.models import Workshop
from workshops.pages import lobby


@rooms.doing
def split(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.lead(request, pk)
    form = SplitForm(request.POST, auto_id="split-%s")
    if not form.is_valid():
        return lobby.show(request, rooms.fetch(request, pk), asked={"split": form}, status=422)
    apart.split(workshop, by=me, **form.cleaned_data)
    return None


@rooms.doing
def go_to(request: Request, pk: int, group: int) -> HttpResponse:
    """Sit in a group; the answer is its page."""
    workshop, me = rooms.enter(request, pk)
    chosen = group_of(workshop, group)
    apart.go_to(workshop, group=chosen, by=me, **read(OperationForm(request.POST)))
    return redirect(chosen)


@rooms.doing
def bring_back(request: Request, pk: int, group: int) -> None:
    workshop, me = rooms.lead(request, pk)
    chosen = group_of(workshop, group)
    bringing_back.bring_back(workshop, group=chosen, by=me, **read(OperationForm(request.POST)))
    messages.success(request, _("The cards of “%(group)s” lie here now.") % {"group": chosen.title})


def group_of(whole: Workshop, group: int) -> Workshop:
    return get_object_or_404(whole.groups.select_related("topic", "squad", "template"), pk=group)
