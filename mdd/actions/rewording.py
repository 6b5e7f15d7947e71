"""Saying an agreed statement better. The old one stays readable; what points to it follows the new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction

from mdd.actions import statements
from mdd.models import Customer, Deliverable, Expectation, Finding, User

S = TypeVar("S", Deliverable, Customer, Expectation)

# The layers above add what they hold about expectations: (old, new) moves it.
FOLLOWERS: list[Callable[[Expectation, Expectation], object]] = []


class Outdated(Exception):
    """Somebody else has reworded the statement already."""


@transaction.atomic
def reword_deliverable(old: Deliverable, *, text: str, by: User, is_critical: bool = False) -> Deliverable:
    """Let another wording take its place. Customers and expectations in force then speak of the new one."""
    old = held(old)
    new = statements.agree_deliverable(old.squad, text=text, is_critical=is_critical, by=by)
    statements.supersede(old, new, by=by)
    for customer in Customer.objects.filter(deliverables=old).in_force():
        customer.deliverables.remove(old)
        customer.deliverables.add(new)
    Expectation.objects.filter(deliverable=old).in_force().update(deliverable=new)
    return new


@transaction.atomic
def reword_customer(old: Customer, *, text: str, deliverables: Iterable[Deliverable], by: User) -> Customer:
    """Let another wording take its place. Expectations in force are then the new one's."""
    old = held(old)
    new = statements.agree_customer(old.squad, text=text, deliverables=deliverables, by=by)
    statements.supersede(old, new, by=by)
    Expectation.objects.filter(customer=old).in_force().update(customer=new)
    return new


@transaction.atomic
def reword_expectation(
    old: Expectation,
    *,
    text: str,
    customer: Customer,
    deliverable: Deliverable,
    kind: str,
    by: User,
    is_measurable: bool = True,
) -> Expectation:
    """Let another wording take its place. It starts with what was found last; metrics and open cards follow it."""
    old = held(old)
    new = statements.agree_expectation(
        old.squad,
        text=text,
        customer=customer,
        deliverable=deliverable,
        kind=kind,
        is_measurable=is_measurable,
        by=by,
    )
    statements.supersede(old, new, by=by)
    carry_finding(old, new)
    for follow in FOLLOWERS:
        follow(old, new)
    return new


def carry_finding(old: Expectation, new: Expectation) -> None:
    """A better wording does not unsay what was found: the latest finding is copied, the old ones stay."""
    if latest := Finding.objects.filter(expectation=old).order_by("-at", "-pk").first():
        Finding.objects.create(
            expectation=new, verdict=latest.verdict, evidence=latest.evidence, at=latest.at, by=latest.by
        )


def held(old: S) -> S:
    """The statement, locked until the commit. Raises Outdated where it is no longer in force."""
    now = type(old).objects.select_for_update(of=("self",)).select_related("squad").get(pk=old.pk)
    if now.superseded_by_id is not None:
        raise Outdated
    return now
