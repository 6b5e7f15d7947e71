"""A workshop begins before its meeting: everybody writes and throws for themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.models import Event, Squad, User
from tests.builders import make_answer
from tests.races import race
from tests.workshops.coming import make_guest
from tests.workshops.posting import post, send, told_after, url
from workshops.actions import meetings, workshops
from workshops.models import Answer, Card, Participant, Workshop

SECRET = "quiet-spaghetti"


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    """It meets in three days."""
    return workshops.start(squad, title="Spring", path="whole", by=ada, meets_at=timezone.now() + timedelta(days=3))


def page_of(client: Client, workshop: Workshop, at: str = "") -> str:
    return client.get(workshop.get_absolute_url(), {"at": at} if at else {}).content.decode()


def throw(client: Client, workshop: Workshop) -> None:
    send(client, "throw", workshop, text=SECRET, seen="throw", at="throw")


def after(workshop: Workshop) -> datetime:
    assert workshop.meets_at
    return workshop.meets_at + timedelta(minutes=1)


def test_a_workshop_is_planned_when_it_starts(as_ada: Client, squad: Squad) -> None:
    moment = (timezone.now() + timedelta(days=2)).astimezone(squad.tz).replace(second=0, microsecond=0)

    as_ada.post(
        reverse("workshops:start", args=[squad.slug]),
        {"operation": uuid4(), "title": "Spring", "path": "whole", "meets_at": f"{moment:%Y-%m-%dT%H:%M}"},
    )

    workshop = Workshop.objects.get()
    assert workshop.is_ahead
    assert workshop.meets_at == moment


@pytest.mark.parametrize("days", [-1, 400])
def test_a_moment_that_is_past_or_far_away_is_asked_for_again(as_ada: Client, squad: Squad, days: int) -> None:
    moment = timezone.now() + timedelta(days=days)
    wanted = {"operation": uuid4(), "title": "Spring", "path": "whole", "meets_at": f"{moment:%Y-%m-%dT%H:%M}"}

    answer = as_ada.post(reverse("workshops:start", args=[squad.slug]), wanted)

    assert answer.status_code == 422
    assert "Choose a moment that is still to come" in answer.content.decode()


def test_who_works_alone_waits_for_nobody(as_ada: Client, squad: Squad) -> None:
    moment = timezone.now() + timedelta(days=2)
    wanted = {"operation": uuid4(), "title": "Spring", "path": "alone", "meets_at": f"{moment:%Y-%m-%dT%H:%M}"}

    as_ada.post(reverse("workshops:start", args=[squad.slug]), wanted)

    assert not Workshop.objects.get().is_ahead


@pytest.mark.parametrize("stage", ["deliver", "customers", "expectations"])
def test_people_write_for_each_question(as_mia: Client, as_ada: Client, workshop: Workshop, stage: str) -> None:
    page = post(as_mia, "write", workshop, stage=stage, text=SECRET, at=stage).content.decode()

    assert Answer.objects.get().stage == stage
    assert SECRET in page
    assert "Kept under" not in page
    assert SECRET not in page_of(as_ada, workshop, stage)


def test_people_throw_unseen(as_mia: Client, as_ada: Client, workshop: Workshop) -> None:
    page = post(as_mia, "throw", workshop, text=SECRET, seen="throw", at="throw").content.decode()

    assert not Card.objects.get().is_revealed
    assert SECRET in page
    assert SECRET not in page_of(as_ada, workshop, "throw")


def test_a_form_leads_back_to_where_one_was(as_mia: Client, workshop: Workshop) -> None:
    throw(as_mia, workshop)
    card = Card.objects.get()

    reworded = post(as_mia, "reword-card", workshop, card.pk, text="Who calls?", kind="question")
    back = post(as_mia, "take-back-card", workshop, card.pk, at="throw")

    for page in (reworded.content.decode(), back.content.decode()):
        assert 'id="composer"' in page


def test_what_is_wrong_with_a_form_is_said_where_it_stands(as_mia: Client, workshop: Workshop) -> None:
    answer = post(as_mia, "write", workshop, stage="customers", text="x" * 300, at="customers")

    assert answer.status_code == 422
    assert "An answer has at most 200 characters" in answer.content.decode()


def test_it_says_when_and_who_has_thrown(
    as_ada: Client, as_mia: Client, workshop: Workshop, ada_in: Participant
) -> None:
    make_guest(workshop, name="Gus")
    throw(as_mia, workshop)

    page = page_of(as_ada, workshop)

    assert "You meet on" in page
    assert "1 of 3 have thrown." in page
    assert '<span class="soft">Mia</span>' in page


def test_who_only_watches_is_not_expected(as_ada: Client, as_mia: Client, workshop: Workshop) -> None:
    send(as_mia, "take-part", workshop, role="observer")

    assert "0 of 1 have thrown." in page_of(as_ada, workshop)


def test_an_anonymous_workshop_only_counts(as_ada: Client, as_mia: Client, squad: Squad, ada: User) -> None:
    moment = timezone.now() + timedelta(days=3)
    workshop = workshops.start(squad, title="Spring", path="whole", by=ada, is_anonymous=True, meets_at=moment)
    throw(as_mia, workshop)

    page = page_of(as_ada, workshop)

    assert "1 of 2 have thrown." in page
    assert '<span class="soft">Mia</span>' not in page


def test_guests_write_too(as_gus: Client, workshop: Workshop) -> None:
    throw(as_gus, workshop)

    assert Card.objects.get().participant.name == "Gus"  # type: ignore[union-attr]


def test_the_meeting_begins_when_its_hour_comes(as_ada: Client, workshop: Workshop, mia: User) -> None:
    make_answer(workshop, mia, text=SECRET)

    with time_machine.travel(after(workshop)):
        page = page_of(as_ada, workshop)

    workshop.refresh_from_db()
    assert not workshop.is_ahead
    assert "1 answer lies face down." in page
    assert Event.objects.filter(kind="meeting-begun").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_begin_it_once(workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(meets_at=timezone.now())
    workshop.refresh_from_db()

    race(lambda: meetings.arrive(workshop), lambda: meetings.arrive(workshop)).result()

    assert Event.objects.filter(kind="meeting-begun").count() == 1


def test_a_workshop_that_rests_does_not_begin(workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state="paused", join_code=None, meets_at=timezone.now())
    workshop.refresh_from_db()

    assert not meetings.arrive(workshop)


def test_a_facilitator_begins_now_and_once(as_ada: Client, workshop: Workshop) -> None:
    operation = uuid4()

    for _ in range(2):
        send(as_ada, "begin-meeting", workshop, operation=operation)

    workshop.refresh_from_db()
    assert not workshop.is_ahead
    assert workshop.stage_since > timezone.now() - timedelta(minutes=1)
    assert Event.objects.filter(kind="meeting-begun").count() == 1


def test_a_facilitator_moves_the_meeting(as_ada: Client, workshop: Workshop) -> None:
    moment = (timezone.now() + timedelta(days=9)).astimezone(workshop.squad.tz).replace(second=0, microsecond=0)

    send(as_ada, "plan-meeting", workshop, meets_at=f"{moment:%Y-%m-%dT%H:%M}")

    workshop.refresh_from_db()
    assert workshop.meets_at == moment


def test_it_is_not_planned_once_people_have_gone_on(as_ada: Client, workshop: Workshop) -> None:
    moment = timezone.now() + timedelta(days=9)
    Workshop.objects.filter(pk=workshop.pk).update(is_ahead=False, stage="throw")

    page = post(as_ada, "plan-meeting", workshop, meets_at=f"{moment:%Y-%m-%dT%H:%M}").content.decode()

    assert "past the first stage already" in page
    assert not Workshop.objects.get().is_ahead


def test_others_do_not_plan_or_begin(as_mia: Client, workshop: Workshop) -> None:
    assert told_after(as_mia, "begin-meeting", workshop)

    assert Workshop.objects.get().is_ahead


def test_going_to_a_stage_begins_it(workshop: Workshop, ada_in: Participant) -> None:
    workshops.move(workshop, seen="deliver", to="throw", by=ada_in, operation=uuid4())

    assert not Workshop.objects.get().is_ahead


def test_a_viewer_sees_when_and_nothing_to_write(workshop: Workshop, as_vic: Client) -> None:
    page = page_of(as_vic, workshop)

    assert "You meet on" in page
    assert "data-composer" not in page


def test_the_wall_says_when(as_ada: Client, workshop: Workshop) -> None:
    assert "You meet on" in as_ada.get(url("projector", workshop)).content.decode()


def test_home_says_when(as_ada: Client, squad: Squad, workshop: Workshop) -> None:
    assert "“Spring” meets on" in as_ada.get(squad.get_absolute_url()).content.decode()
