"""Going through the buckets together, and talking about what is split."""

from __future__ import annotations

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms
from workshops.actions import pruning as actions
from workshops.forms.keeps import SettleForm
from workshops.forms.reading import read
from workshops.views.cards import seen


@rooms.doing
def lead_to(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.lead_to(workshop, by=me, **read(SettleForm(request.POST)))


@rooms.doing
def talk(request: Request, pk: int, card: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.talk(seen(request, workshop, card), by=me, **read(OperationForm(request.POST)))
