"""What a squad agrees on. A new statement supersedes an old one; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from mdd.actions import audit
from mdd.models import Customer, Deliverable, Expectation, Finding, Squad, User

Statement = Deliverable | Customer | Expectation
Row = TypeVar("Row", bound=Model)


@transaction.atomic
def agree_deliverable(squad: Squad, *, text: str, by: User, is_critical: bool = False) -> Deliverable:
    """Write down what the squad delivers. If it is the critical one, the one before is so no more."""
    if is_critical:
        Deliverable.objects.filter(squad=squad, is_critical=True).update(is_critical=False)
    return noted(Deliverable.objects.create(squad=squad, text=text, is_critical=is_critical, by=by), squad, by, text)


@transaction.atomic
def agree_customer(squad: Squad, *, text: str, deliverables: Iterable[Deliverable], by: User) -> Customer:
    """Write down who defines or uses which deliverables of the squad."""
    customer = Customer.objects.create(squad=squad, text=text, by=by)
    customer.deliverables.set([one.pk for one in ours(squad, deliverables)])
    return noted(customer, squad, by, text)


@transaction.atomic
def agree_expectation(
    squad: Squad,
    *,
    text: str,
    customer: Customer,
    deliverable: Deliverable,
    kind: str,
    by: User,
    is_measurable: bool = True,
) -> Expectation:
    """Write down what a customer expects of a deliverable."""
    ours(squad, [customer, deliverable])
    expectation = Expectation.objects.create(
        squad=squad,
        text=text,
        customer=customer,
        deliverable=deliverable,
        kind=kind,
        is_measurable=is_measurable,
        by=by,
    )
    return noted(expectation, squad, by, text)


@transaction.atomic
def find(squad: Squad, *, expectation: Expectation, verdict: str, by: User, evidence: str = "") -> Finding:
    """Write down whether an expectation is met, and how the squad knows. The latest finding counts."""
    ours(squad, [expectation])
    finding = Finding.objects.create(expectation=expectation, verdict=verdict, evidence=evidence, by=by)
    return noted(finding, squad, by, verdict)


@transaction.atomic
def mark_critical(deliverable: Deliverable, *, by: User) -> None:
    """Let this one be the most critical thing that its squad delivers."""
    ours = Deliverable.objects.filter(squad=deliverable.squad).in_force()
    before = ours.filter(is_critical=True).first()
    ours.filter(is_critical=True).update(is_critical=False)
    ours.filter(pk=deliverable.pk).update(is_critical=True)
    said = {"before": {"text": before.text} if before else None, "after": {"text": deliverable.text}}
    audit.record("critical-marked", deliverable, by=by, squad=deliverable.squad, **said)


@transaction.atomic
def supersede(old: Statement, new: Statement, *, by: User) -> None:
    """Let a new statement of the same kind take the place of an old one, which stays readable."""
    ours(old.squad, [new])
    type(old).objects.filter(pk=old.pk, superseded_by=None).update(superseded_by=new)
    audit.record(
        "statement-superseded", old, by=by, squad=old.squad, before={"text": old.text}, after={"text": new.text}
    )


def ours(squad: Squad, statements: Iterable[Statement]) -> list[Statement]:
    """The statements, all of them of this squad. Raises ValueError."""
    given = list(statements)
    if any(statement.squad_id != squad.pk for statement in given):
        raise ValueError("A statement of another squad.")
    return given


def noted(row: Row, squad: Squad, by: User, text: str) -> Row:
    audit.record(f"{row._meta.model_name}-agreed", row, by=by, squad=squad, after={"text": text})
    return row
