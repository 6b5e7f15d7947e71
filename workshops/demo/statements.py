"""What the squad agreed on before it measured anything: deliverables, customers, expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mdd.actions import statements
from mdd.models import Expectation, Finding, Squad, User
from workshops.demo.aims import Aim

MET, NOT_MET, UNKNOWN = Finding.Verdict.MET, Finding.Verdict.NOT_MET, Finding.Verdict.UNKNOWN

DEPARTURES = "Departures on time from JFK, LaGuardia and Newark"
SCHEDULE = "The schedule of the day, flown as published"
NOTICES = "Delay notices for passengers and gates"
CRITICAL = DEPARTURES

PASSENGERS, AIRLINES = "Passengers", "The airlines' operations desks"
CREWS, AUTHORITY = "Gate and ground crews", "The port authority, which defines our work"
CUSTOMERS = {
    PASSENGERS: (DEPARTURES, SCHEDULE, NOTICES),
    AIRLINES: (DEPARTURES, SCHEDULE),
    CREWS: (DEPARTURES, NOTICES),
    AUTHORITY: (SCHEDULE,),
}


@dataclass(frozen=True)
class Wish:
    """One expectation, and whether it was met when the squad first asked itself.

    `key` is what an entry of the catalogue points at. `proof` names the metric whose baseline stands in `evidence`.
    """

    key: str
    text: str
    customer: str
    deliverable: str
    kind: Expectation.Kind
    verdict: Finding.Verdict = UNKNOWN
    proof: str = ""
    evidence: str = ""
    is_measurable: bool = True


WISHES = (
    Wish(
        key="on-time",
        text="I arrive less than a quarter of an hour late",
        customer=PASSENGERS,
        deliverable=DEPARTURES,
        kind=Expectation.Kind.TIME,
        verdict=NOT_MET,
        proof="Arrivals on time",
        evidence="On an ordinary day {:.0f} of 100 flights do.",
    ),
    Wish(
        key="bad-day",
        text="Even on a bad day I make my connection",
        customer=PASSENGERS,
        deliverable=DEPARTURES,
        kind=Expectation.Kind.TIME,
        verdict=NOT_MET,
        proof="Arrival delay, p90",
        evidence="On the worst of 56 days one flight in ten was {:.0f} minutes late or more.",
    ),
    Wish(
        key="flown",
        text="What is in the schedule is flown",
        customer=AUTHORITY,
        deliverable=SCHEDULE,
        kind=Expectation.Kind.SPECIFICATION,
        verdict=MET,
        proof="Schedule flown",
        evidence="On an ordinary day {:.1f} % of it is.",
    ),
    Wish(
        key="crews",
        text="Planes leave when our shift is planned for them",
        customer=CREWS,
        deliverable=DEPARTURES,
        kind=Expectation.Kind.TIME,
        verdict=NOT_MET,
        proof="Departure delay, p90",
        evidence="On an ordinary day one flight in ten leaves {:.0f} minutes late or more.",
    ),
    Wish(
        key="hours",
        text="Tell me which hours to avoid before I book",
        customer=PASSENGERS,
        deliverable=SCHEDULE,
        kind=Expectation.Kind.UNKNOWN_PROBLEM,
    ),
    Wish(
        key="notices",
        text="I understand a delay notice at once",
        customer=PASSENGERS,
        deliverable=NOTICES,
        kind=Expectation.Kind.QUALITY,
        is_measurable=False,
    ),
    Wish(
        key="warning",
        text="We hear of a delay before the gate does",
        customer=AIRLINES,
        deliverable=SCHEDULE,
        kind=Expectation.Kind.COLLABORATION,
    ),
)


def agree(squad: Squad, *, by: User) -> dict[str, Expectation]:
    """Write the statements down; return the expectations by their keys."""
    deliverables = {
        text: statements.agree_deliverable(squad, text=text, is_critical=text == CRITICAL, by=by)
        for text in (DEPARTURES, SCHEDULE, NOTICES)
    }
    customers = {
        text: statements.agree_customer(squad, text=text, deliverables=[deliverables[use] for use in uses], by=by)
        for text, uses in CUSTOMERS.items()
    }
    return {
        wish.key: statements.agree_expectation(
            squad,
            text=wish.text,
            customer=customers[wish.customer],
            deliverable=deliverables[wish.deliverable],
            kind=wish.kind,
            is_measurable=wish.is_measurable,
            by=by,
        )
        for wish in WISHES
    }


def find(squad: Squad, expectations: Mapping[str, Expectation], seen: Mapping[str, Aim], *, by: User) -> None:
    """Say of each expectation whether it is met. `seen` holds what was measured, by the name of the metric."""
    for wish in WISHES:
        evidence = wish.evidence.format(seen[wish.proof].baseline) if wish.proof else ""
        statements.find(squad, expectation=expectations[wish.key], verdict=wish.verdict, evidence=evidence, by=by)
