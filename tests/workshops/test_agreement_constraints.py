"""Each rule that the database holds for agreements and for authors is broken once, and no rule is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models

from mdd.actions import statements
from mdd.constraints import constraint_of
from mdd.models import Event, Squad, User
from tests.builders import make_answer, make_expectation, make_participant
from tests.workshops import anonymous
from workshops.models import SUBJECTS, Agreement, Answer, Assent, Card, Opinion, Stage, Workshop

Break = Callable[[Workshop, User], object]


def agree(workshop: Workshop, by: User, stage: str = "deliver", subject: str = "") -> Agreement:
    """An agreement on what belongs to the stage, or wrongly on another subject."""
    expectation = make_expectation(workshop.squad, by)
    things = {
        "deliverable": expectation.deliverable,
        "customer": expectation.customer,
        "expectation": expectation,
        "finding": statements.find(workshop.squad, expectation=expectation, verdict="unknown", by=by),
    }
    name = subject or SUBJECTS[Stage(stage)]
    return Agreement.objects.create(workshop=workshop, stage=stage, **{name: things[name]})


def twice(stage: str) -> Break:
    def broken(workshop: Workshop, by: User) -> None:
        agreement = agree(workshop, by, stage)
        agreement.pk = None
        agreement._state.adding = True
        agreement.save()

    return broken


def assents(workshop: Workshop, by: User) -> None:
    agreement, person = agree(workshop, by), make_participant(workshop, by)
    for _ in range(2):
        Assent.objects.create(agreement=agreement, participant=person)


BROKEN: list[tuple[str, Break]] = [
    ("agreement_on_one_thing_of_its_stage", lambda workshop, by: agree(workshop, by, subject="finding")),
    *((f"agreement_once_per_{subject}", twice(stage)) for stage, subject in SUBJECTS.items()),
    ("assent_one_each_per_agreement", assents),
]


@pytest.mark.parametrize(("name", "breaking"), BROKEN)
def test_the_database_holds(workshop: Workshop, mia: User, name: str, breaking: Break) -> None:
    with pytest.raises(IntegrityError) as refused:
        breaking(workshop, mia)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    declared = {each.name for model in (Agreement, Assent) for each in model._meta.constraints}

    assert declared == {name for name, _ in BROKEN}


def answer(workshop: Workshop, by: User, **fields: object) -> Answer:
    return make_answer(workshop, by, text="Flights", **fields)


def card(workshop: Workshop, by: User, **fields: object) -> Card:
    person = make_participant(workshop, by)
    return Card.objects.create(**{"workshop": workshop, "participant": person, "text": "Why?"} | fields)


def opinion(workshop: Workshop, by: User, **fields: object) -> Opinion:
    made = {"expectation": make_expectation(workshop.squad, by), "verdict": "met"}
    return Opinion.objects.create(
        **{"workshop": workshop, "participant": make_participant(workshop, by)} | made | fields
    )


ROWS: dict[str, Callable[[], models.QuerySet[Any]]] = {
    "answer": Answer.objects.all,
    "card": Card.objects.all,
    "opinion": Opinion.objects.all,
}


@pytest.mark.parametrize("make", [answer, card, opinion])
def test_what_an_anonymous_workshop_reveals_has_no_author(squad: Squad, mia: User, make: Callable[..., object]) -> None:
    with pytest.raises(IntegrityError) as refused:
        make(anonymous.start(squad, mia), mia, is_revealed=True)

    assert constraint_of(refused.value) == f"{make.__name__}_has_no_author_once_revealed"


@pytest.mark.parametrize("make", [answer, card, opinion])
def test_everything_else_has_an_author(workshop: Workshop, mia: User, make: Callable[..., object]) -> None:
    make(workshop, mia)

    with pytest.raises(IntegrityError) as refused:
        ROWS[make.__name__]().update(participant=None)

    assert constraint_of(refused.value) == f"{make.__name__}_has_an_author"


@pytest.mark.parametrize("was", [True, False])
def test_a_workshop_stays_as_anonymous_as_it_began(squad: Squad, mia: User, was: bool) -> None:
    workshop = anonymous.start(squad, mia) if was else anonymous.named(squad, mia)

    with pytest.raises(IntegrityError) as refused:
        Workshop.objects.filter(pk=workshop.pk).update(is_anonymous=not was)

    assert constraint_of(refused.value) == "workshop_stays_as_anonymous_as_it_began"


@pytest.mark.parametrize(
    "change",
    ["kind = 'x'", "by = ''", "at = date_trunc('hour', at)", "by = 'user:1', at = date_trunc('hour', at)"],
)
def test_the_log_allows_no_other_update_than_forgetting(workshop: Workshop, change: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(f"update mdd_event set {change}")


def test_the_log_can_forget(workshop: Workshop) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update mdd_event set by = '', at = date_trunc('hour', at, 'UTC')")

    assert not Event.objects.exclude(by="").exists()
