"""What the squad says in a workshop, as one of its lasting statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import model_to_dict

from mdd.actions import rewording, statements
from mdd.actions.statements import Statement
from mdd.models import Customer, Deliverable, Expectation, Squad, User
from workshops.models import Stage

AGREE: Mapping[str, Callable[..., Any]] = {
    Stage.DELIVER: statements.agree_deliverable,
    Stage.CUSTOMERS: statements.agree_customer,
    Stage.EXPECTATIONS: statements.agree_expectation,
    Stage.MEETING: statements.find,
}
REWORD: Mapping[str, Callable[..., Any]] = {
    Stage.CUSTOMERS: rewording.reword_customer,
    Stage.EXPECTATIONS: rewording.reword_expectation,
}
ROWS: Mapping[str, Callable[[], QuerySet[Any]]] = {
    Stage.DELIVER: Deliverable.objects.all,
    Stage.CUSTOMERS: Customer.objects.all,
    Stage.EXPECTATIONS: Expectation.objects.all,
}


def state(squad: Squad, stage: str, said: Mapping[str, Any], *, by: User) -> Statement:
    """The statement in these words. What is said already stands; with other links it is reworded, not doubled."""
    made: Statement
    if (same := already(squad, stage, said)) is None:
        made = AGREE[stage](squad, by=by, **said)
    elif isinstance(same, Deliverable):
        made = same
        if said.get("is_critical"):
            statements.mark_critical(same, by=by)
    else:
        made = same if is_as(same, said) else REWORD[stage](same, by=by, **said)
    return made


def already(squad: Squad, stage: str, said: Mapping[str, Any]) -> Statement | None:
    """What the squad says in these words now. Two customers may expect the same."""
    links = {name: said[name] for name in ("customer", "deliverable") if name in said}
    rows = ROWS[stage]().filter(squad=squad, superseded_by=None, text__iexact=said["text"], **links)
    same: Statement | None = rows.order_by("pk").first()
    return same


def is_as(statement: Statement, said: Mapping[str, Any]) -> bool:
    now = model_to_dict(statement)
    return all(plain(now[name]) == plain(value) for name, value in said.items() if name != "text")


def plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet | list):
        return {each.pk for each in value}
    return value
