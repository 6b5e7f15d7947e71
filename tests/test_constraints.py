"""Each rule that the database holds for people, statements and traces is broken once, and no rule is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from mdd.actions import audit
from mdd.constraints import constraint_of
from mdd.models import (
    AuditEntry,
    Customer,
    Deliverable,
    Event,
    Expectation,
    Finding,
    Invitation,
    Joining,
    Membership,
    Operation,
    Squad,
    Topic,
    User,
)
from tests.builders import make_expectation, make_member, make_squad, make_user

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)

Break = Callable[[Squad, User], object]


def two_critical(squad: Squad, by: User) -> None:
    for text in ("Departures", "Arrivals"):
        Deliverable.objects.create(squad=squad, text=text, by=by, is_critical=True)


def expect(squad: Squad, by: User, *, text: str) -> Expectation:
    return make_expectation(squad, by, text=text)


def find(squad: Squad, by: User, *, verdict: str, evidence: str = "") -> Finding:
    return Finding.objects.create(expectation=make_expectation(squad, by), verdict=verdict, evidence=evidence, by=by)


def invite(squad: Squad, by: User, **fields: Any) -> Invitation:
    wanted = {"digest": "0" * 64, "at": NOON, "expires_at": NOON + timedelta(days=1)} | fields
    return Invitation.objects.create(squad=squad, by=by, **wanted)


def join_twice(squad: Squad, by: User) -> None:
    invitation = invite(squad, by)
    for _ in range(2):
        Joining.objects.create(invitation=invitation, user=by)


def event(**fields: Any) -> Event:
    topic, _ = Topic.objects.get_or_create(key="workshop:1")
    return Event.objects.create(**{"topic": topic, "serial": 1, "operation": uuid4(), "kind": "said"} | fields)


KEY = uuid4()
BROKEN: list[tuple[str, Break]] = [
    ("user_email_in_lower_case", lambda _squad, _by: User.objects.create(email="Ada@Example.org", name="Ada")),
    ("user_has_a_name", lambda _squad, _by: User.objects.create(email="ada@example.org", name="")),
    ("squad_has_a_name", lambda _squad, _by: Squad.objects.create(name="", slug="nameless")),
    ("membership_once_per_squad", lambda squad, by: Membership.objects.create(squad=squad, user=by)),
    (
        "membership_role_known",
        lambda squad, _by: Membership.objects.create(squad=squad, user=make_user(), role="emperor"),
    ),
    ("deliverable_has_a_text", lambda squad, by: Deliverable.objects.create(squad=squad, text="", by=by)),
    ("customer_has_a_text", lambda squad, by: Customer.objects.create(squad=squad, text="", by=by)),
    ("expectation_has_a_text", lambda squad, by: expect(squad, by, text="")),
    ("deliverable_one_is_critical", two_critical),
    ("finding_verdict_known", lambda squad, by: find(squad, by, verdict="maybe", evidence="a feeling")),
    ("finding_has_evidence_unless_unknown", lambda squad, by: find(squad, by, verdict="met")),
    ("invitation_role_known", lambda squad, by: invite(squad, by, role="emperor")),
    ("invitation_lasts_a_while", lambda squad, by: invite(squad, by, expires_at=NOON)),
    ("invitation_keeps_a_hash_only", lambda squad, by: invite(squad, by, digest="the secret itself")),
    ("joining_once_per_invitation", join_twice),
    ("topic_has_a_key", lambda _squad, _by: Topic.objects.create(key="")),
    ("event_once_per_serial", lambda _squad, _by: [event(serial=1) for _ in range(2)]),
    ("event_once_per_operation", lambda _squad, _by: [event(serial=n, operation=KEY) for n in (1, 2)]),
    ("event_has_a_kind", lambda _squad, _by: event(kind="")),
]


@pytest.mark.parametrize(("name", "breaking"), BROKEN)
def test_the_database_holds(squad: Squad, name: str, breaking: Break) -> None:
    by = make_member(squad)

    with pytest.raises(IntegrityError) as refused:
        breaking(squad, by)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    declared = {each.name for model in apps.get_app_config("mdd").get_models() for each in model._meta.constraints}

    assert declared == {name for name, _ in BROKEN}


def test_one_address_is_one_person(db: None) -> None:
    make = User.objects.create_user
    make("ada@example.org", name="Ada")

    with pytest.raises(IntegrityError, match="email"):
        make("ADA@example.org", name="Another Ada")


def test_a_statement_is_superseded_by_one_only(squad: Squad, mia: User) -> None:
    new = Deliverable.objects.create(squad=squad, text="new", by=mia)
    Deliverable.objects.create(squad=squad, text="old", by=mia, superseded_by=new)

    with pytest.raises(IntegrityError, match="superseded_by"):
        Deliverable.objects.create(squad=squad, text="older", by=mia, superseded_by=new)


def test_another_squad_has_a_critical_deliverable_of_its_own(squad: Squad, mia: User) -> None:
    for each in (squad, make_squad()):
        Deliverable.objects.create(squad=each, text="Departures", by=mia, is_critical=True)


@pytest.mark.parametrize("change", ["update mdd_auditentry set what = 'nothing'", "delete from mdd_auditentry"])
def test_the_audit_is_append_only(squad: Squad, mia: User, change: str) -> None:
    audit.record("squad-founded", squad, by=mia, squad=squad)

    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("change", ["update mdd_event set kind = 'nothing'", "delete from mdd_event"])
def test_the_log_is_append_only(db: None, change: str) -> None:
    event()

    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)


def test_an_audit_entry_remembers_before_and_after(squad: Squad, mia: User) -> None:
    audit.record("zone-changed", squad, by=mia, squad=squad, before={"zone": "UTC"}, after={"zone": "Asia/Tokyo"})

    entry = AuditEntry.objects.get()
    assert (entry.subject, entry.by, entry.before) == (f"mdd.squad:{squad.pk}", mia, {"zone": "UTC"})


def test_an_operation_happens_once(mia: User) -> None:
    first = Operation.objects.create(key="5f6a1a52-3f43-4a1c-8f7b-0f0f3a8f4a01", user=mia)

    with pytest.raises(IntegrityError, match="operation_pkey"):
        Operation.objects.create(key=first.key, user=mia)
