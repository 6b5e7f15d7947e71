"""What one person has to do in a squad: numbers to write down, actions to take, prompts to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mdd.http import Request
from metrics.models import Action, Reassessment
from metrics.slots import DAY
from metrics.standing import Standing
from workshops.loops import Loop

SHOWN = 6


@dataclass(frozen=True)
class Number:
    """A metric that one owns. `wants` says which value has not been written down yet, "" if none."""

    standing: Standing
    wants: str


@dataclass(frozen=True)
class Todo:
    """Something with a day until which it is wanted."""

    text: str
    url: str
    due: date
    is_late: bool


@dataclass(frozen=True)
class Week:
    """One's own part of it. `more` numbers are not shown."""

    numbers: Sequence[Number]
    more: int
    actions: Sequence[Todo]
    prompts: Sequence[Todo]

    @property
    def is_free(self) -> bool:
        return not (self.numbers or self.actions or self.prompts)


def week_of(request: Request, loop: Loop, standings: Sequence[Standing], today: date, *, may_decide: bool) -> Week:
    owned = [Number(each, wanted(each)) for each in standings if each.metric.owner_id == request.user.pk]
    owned.sort(key=lambda number: not number.wants)
    return Week(
        numbers=owned[:SHOWN],
        more=max(len(owned) - SHOWN, 0),
        actions=actions_of(request, loop, today),
        prompts=[asked(each, today) for each in loop.prompts] if may_decide else [],
    )


def wanted(standing: Standing) -> str:
    """What a number by hand still wants: the value of the last period that is over."""
    over = [period for period in standing.periods if period.last < standing.today]
    if standing.metric.query_id or not over or over[-1].value is not None:
        return ""
    return _("last week’s value") if standing.rhythm.length > DAY else _("yesterday’s value")


def actions_of(request: Request, loop: Loop, today: date) -> list[Todo]:
    rows = Action.objects.visible_to(request.actor).filter(squad=loop.squad, owner=request.user).to_do()
    return [
        Todo(row.text, row.metric.get_absolute_url() if row.metric else "", row.due, row.due < today)
        for row in rows.select_related("metric").order_by("due", "pk")
    ]


def asked(prompt: Reassessment, today: date) -> Todo:
    return Todo(prompt.title, prompt.get_absolute_url(), prompt.due, prompt.due < today)
