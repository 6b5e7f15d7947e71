"""The four questions: answering them by hand, and what follows from the answers."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.actions import statements
from mdd.models import AuditEntry, Customer, Deliverable, Expectation, Finding, Squad, User
from tests import builders

HTML = "<script>alert(1)</script>"


def url(squad: Squad, kind: str) -> str:
    return reverse("workshops:agree", args=[squad.slug, kind])


def test_a_squad_says_what_it_delivers(as_mia: Client, squad: Squad) -> None:
    response = as_mia.post(url(squad, "deliver"), {"text": "Flights", "is_critical": "on", "operation": uuid4()})

    deliverable = Deliverable.objects.get()
    assert response.status_code == 302
    assert (deliverable.text, deliverable.is_critical, deliverable.squad) == ("Flights", True, squad)
    assert AuditEntry.objects.get().what == "deliverable-agreed"


def test_only_the_latest_critical_deliverable_is_critical(squad: Squad, mia: User) -> None:
    first = statements.agree_deliverable(squad, text="Flights", is_critical=True, by=mia)
    second = statements.agree_deliverable(squad, text="Times", is_critical=True, by=mia)

    assert list(Deliverable.objects.filter(is_critical=True)) == [second]
    first.refresh_from_db()
    assert not first.is_critical


def test_the_four_answers_lead_to_each_other(as_mia: Client, squad: Squad, mia: User) -> None:
    as_mia.post(url(squad, "deliver"), {"text": "Flights", "operation": uuid4()})
    deliverable = Deliverable.objects.get()
    as_mia.post(url(squad, "customers"), {"text": "Guests", "deliverables": [deliverable.pk], "operation": uuid4()})
    customer = Customer.objects.get()
    asked = {"text": "Arrive on time", "customer": customer.pk, "deliverable": deliverable.pk, "kind": "time"}
    as_mia.post(url(squad, "expectations"), asked | {"operation": uuid4()})
    expectation = Expectation.objects.get()
    found = {"expectation": expectation.pk, "verdict": "unknown", "operation": uuid4()}
    as_mia.post(url(squad, "meeting"), found)

    page = as_mia.get(reverse("workshops:statements", args=[squad.slug])).content.decode()

    assert Finding.objects.get().verdict == "unknown"
    assert all(words in page for words in ("Flights", "Guests", "Arrive on time", "We don"))


def test_a_verdict_without_evidence_is_asked_again(as_mia: Client, squad: Squad, mia: User) -> None:
    expectation = builders.make_expectation(squad, mia)

    response = as_mia.post(
        url(squad, "meeting"), {"expectation": expectation.pk, "verdict": "met", "operation": uuid4()}
    )

    assert response.status_code == 422
    assert "Say how you know" in response.content.decode()
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write something here."),
        ("x" * 201, "at most 200 characters"),
        ("\u200b", "Write something that can be read."),
    ],
)
def test_a_bad_answer_is_asked_again_and_kept(as_mia: Client, squad: Squad, text: str, sentence: str) -> None:
    response = as_mia.post(url(squad, "deliver"), {"text": text, "operation": uuid4()})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert text[:100] in page


def test_html_in_an_answer_is_shown_as_text(as_mia: Client, squad: Squad) -> None:
    as_mia.post(url(squad, "deliver"), {"text": HTML, "operation": uuid4()})

    page = as_mia.get(reverse("workshops:statements", args=[squad.slug])).content.decode()

    assert HTML not in page
    assert "&lt;script&gt;" in page


def test_the_statement_of_another_squad_cannot_be_chosen(as_mia: Client, squad: Squad, eve: User) -> None:
    foreign = builders.make_expectation(builders.make_squad(), eve)

    response = as_mia.post(
        url(squad, "meeting"), {"expectation": foreign.pk, "verdict": "unknown", "operation": uuid4()}
    )

    assert response.status_code == 422
    assert not Finding.objects.exists()


def test_an_action_refuses_the_statement_of_another_squad(squad: Squad, mia: User, eve: User) -> None:
    foreign = builders.make_expectation(builders.make_squad(), eve)

    with pytest.raises(ValueError, match="another squad"):
        statements.find(squad, expectation=foreign, verdict="unknown", by=mia)


def test_a_superseded_statement_is_no_longer_in_force_but_stays(squad: Squad, mia: User) -> None:
    old = statements.agree_deliverable(squad, text="Flights", by=mia)
    new = statements.agree_deliverable(squad, text="Journeys", by=mia)

    statements.supersede(old, new, by=mia)

    assert list(Deliverable.objects.in_force()) == [new]
    assert Deliverable.objects.filter(pk=old.pk).exists()
