"""Each rule that the database holds for workshops is broken once, and no rule is left out."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, models
from django.utils import timezone

from mdd.constraints import constraint_of
from mdd.models import Topic, User
from tests.builders import make_answer, make_expectation, make_participant
from workshops.models import (
    Adoption,
    Agreement,
    Assent,
    Bucket,
    Card,
    CardWording,
    Comparison,
    Confidence,
    Consent,
    Decision,
    Deed,
    Guess,
    Keep,
    Mark,
    Opinion,
    Participant,
    Pruning,
    Reminder,
    ResultLink,
    SuggestedCard,
    Suggestion,
    Template,
    TimeBox,
    Vote,
    Workshop,
)

Break = Callable[[Workshop, User], object]

# Rules of these are broken where their stages are tested; take a model out when its rows stand in BROKEN.
WAITING: tuple[type[models.Model], ...] = (
    Adoption,
    Agreement,
    Assent,
    Bucket,
    Card,
    CardWording,
    Comparison,
    Consent,
    Decision,
    Deed,
    Guess,
    Keep,
    Mark,
    Pruning,
    ResultLink,
    SuggestedCard,
    Suggestion,
    Vote,
)


def template(workshop: Workshop, **fields: object) -> Template:
    return Template.objects.create(**{"squad": workshop.squad, "path": "alone"} | fields)


def time_box(workshop: Workshop, **fields: object) -> TimeBox:
    fields = {"stage": "deliver", "minutes": 8} | fields
    return TimeBox.objects.create(template=template(workshop), **fields)


def time_boxes(workshop: Workshop) -> None:
    first = time_box(workshop)
    TimeBox.objects.create(template=first.template, stage=first.stage, minutes=9)


def another(workshop: Workshop, **fields: object) -> Workshop:
    made = {"squad": workshop.squad, "title": "Autumn", "template": workshop.template}
    return Workshop.objects.create(**made | {"topic": Topic.objects.create(key=f"workshop:{uuid4()}")} | fields)


def opinion(workshop: Workshop, by: User, **fields: object) -> Opinion:
    made = {"workshop": workshop, "participant": make_participant(workshop, by), "verdict": "met"} | fields
    made.setdefault("expectation", make_expectation(workshop.squad, by))
    return Opinion.objects.create(**made)


def opinions(workshop: Workshop, by: User) -> None:
    first = opinion(workshop, by)
    opinion(workshop, by, expectation=first.expectation)


def sure(workshop: Workshop, by: User, *, value: int = 3) -> Confidence:
    return Confidence.objects.create(workshop=workshop, participant=make_participant(workshop, by), value=value)


def reminder(workshop: Workshop, by: User, **fields: object) -> Reminder:
    made = {"workshop": workshop, "user": by, "due_at": timezone.now()}
    return Reminder.objects.create(**made | fields)


def seats(workshop: Workshop, by: User) -> None:
    place, group = participant(workshop, by), another(workshop)
    for name in ("Gus", "Ida"):
        participant(group, None, name=name, origin=place)


def participant(workshop: Workshop, by: User | None, **fields: object) -> Participant:
    return Participant.objects.create(**{"workshop": workshop, "user": by} | fields)


BROKEN: list[tuple[str, Break]] = [
    ("template_once_per_path", lambda workshop, _by: template(workshop, path="whole")),
    ("template_path_known", lambda workshop, _by: template(workshop, path="side")),
    ("time_box_once_per_stage", lambda workshop, _by: time_boxes(workshop)),
    ("time_box_lasts_a_while", lambda workshop, _by: time_box(workshop, minutes=0)),
    ("time_box_stage_known", lambda workshop, _by: time_box(workshop, stage="lunch")),
    ("workshop_has_a_title", lambda workshop, _by: another(workshop, title="")),
    ("workshop_stage_known", lambda workshop, _by: another(workshop, stage="lunch")),
    ("workshop_state_known", lambda workshop, _by: another(workshop, state="lost")),
    ("participant_once_per_workshop", lambda workshop, by: [participant(workshop, by) for _ in range(2)]),
    ("participant_role_known", lambda workshop, by: participant(workshop, by, role="emperor")),
    (
        "workshop_join_code_of_six_digits",
        lambda workshop, _by: another(workshop, join_code="spring"),
    ),
    (
        "workshop_join_code_only_while_open",
        lambda workshop, _by: another(workshop, join_code="482915", state="paused"),
    ),
    (
        "workshop_timer_runs_or_rests",
        lambda workshop, _by: another(workshop, timer_ends_at=timezone.now(), timer_paused_left=60),
    ),
    ("workshop_is_ahead_of_a_moment", lambda workshop, _by: another(workshop, is_ahead=True)),
    ("reminder_once_per_person_and_workshop", lambda workshop, by: [reminder(workshop, by) for _ in range(2)]),
    ("reminder_sent_exactly_with_a_time", lambda workshop, by: reminder(workshop, by, state="sent")),
    ("reminder_is_held_exactly_while_sending", lambda workshop, by: reminder(workshop, by, state="sending")),
    ("reminder_state_known", lambda workshop, by: reminder(workshop, by, state="lost")),
    ("workshop_moves_to_a_stage_at_a_time", lambda workshop, _by: another(workshop, moving_to="throw")),
    (
        "workshop_moving_to_known",
        lambda workshop, _by: another(workshop, moving_to="lunch", moves_at=timezone.now()),
    ),
    ("participant_is_a_user_or_a_name", lambda workshop, _by: participant(workshop, None)),
    (
        "participant_guest_does_not_facilitate",
        lambda workshop, _by: participant(workshop, None, name="Gus", role="facilitator"),
    ),
    ("participant_one_seat_per_group", seats),
    ("participant_user_has_a_device", lambda workshop, by: participant(workshop, by, has_device=False)),
    (
        "participant_name_once_per_workshop",
        lambda workshop, _by: [participant(workshop, None, name="Gus") for _ in range(2)],
    ),
    ("answer_has_a_text", lambda workshop, by: make_answer(workshop, by, text="")),
    ("answer_to_one_of_three_questions", lambda workshop, by: make_answer(workshop, by, text="x", stage="meeting")),
    ("answer_state_known", lambda workshop, by: make_answer(workshop, by, text="x", state="lost")),
    ("opinion_one_each_per_expectation", opinions),
    ("confidence_one_each_per_workshop", lambda workshop, by: [sure(workshop, by) for _ in range(2)]),
    ("confidence_value_known", lambda workshop, by: sure(workshop, by, value=6)),
    ("opinion_verdict_known", lambda workshop, by: opinion(workshop, by, verdict="maybe")),
]


@pytest.mark.parametrize(("name", "breaking"), BROKEN)
def test_the_database_holds(workshop: Workshop, mia: User, name: str, breaking: Break) -> None:
    with pytest.raises(IntegrityError) as refused:
        breaking(workshop, mia)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    ours = [model for model in apps.get_app_config("workshops").get_models() if model not in WAITING]
    declared = {each.name for model in ours for each in model._meta.constraints}

    assert declared == {name for name, _ in BROKEN}


def test_a_group_has_no_groups_of_its_own(workshop: Workshop) -> None:
    group = another(workshop, parent=workshop)

    with pytest.raises(IntegrityError, match="a group has no groups of its own"):
        another(workshop, parent=group)


def test_a_whole_one_with_groups_becomes_no_group(workshop: Workshop) -> None:
    whole = another(workshop)
    another(workshop, parent=whole)

    with pytest.raises(IntegrityError, match="a group has no groups of its own"):
        Workshop.objects.filter(pk=whole.pk).update(parent=workshop)


def test_a_group_is_as_anonymous_as_the_whole(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError, match="as anonymous as the whole"):
        another(workshop, parent=workshop, is_anonymous=True)


def test_nobody_is_a_user_and_a_name(workshop: Workshop, mia: User) -> None:
    with pytest.raises(IntegrityError, match="participant_is_a_user_or_a_name"):
        participant(workshop, mia, name="Mia")


def test_a_code_leads_into_one_workshop(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError, match="join_code"):
        another(workshop, join_code=workshop.join_code)
