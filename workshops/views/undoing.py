"""Taking back what one did on the board, and doing it again."""

from __future__ import annotations

from mdd.http import Request
from workshops import rooms
from workshops.actions import undoing as actions
from workshops.forms.reading import read
from workshops.forms.undoing import UndoForm


@rooms.doing
def undo(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    actions.undo(workshop, by=me, **read(UndoForm(request.POST)))


@rooms.doing
def redo(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    actions.redo(workshop, by=me, **read(UndoForm(request.POST)))
