"""Running a workshop: starting, moving, resting, being done, seeing that others did something."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.models import Event, Squad, User
from tests.races import race
from tests.workshops.posting import move, post, send, url
from workshops.actions import workshops as actions
from workshops.actions.refusals import Refused
from workshops.models import Answer, Card, Participant, Workshop
from workshops.titles import TITLES


def test_starting_says_what_each_way_holds(as_mia: Client, squad: Squad) -> None:
    page = as_mia.get(reverse("workshops:start", args=[squad.slug])).content.decode()

    assert "90 minutes, with the squad" in page
    assert "15 minutes, alone" in page


def test_starting_twice_starts_once(as_mia: Client, squad: Squad) -> None:
    form = {"title": "Spring", "path": "whole", "operation": uuid4()}

    for _ in range(2):
        as_mia.post(reverse("workshops:start", args=[squad.slug]), form)

    assert Workshop.objects.get().title == "Spring"


@pytest.mark.parametrize("title", ["", "t" * 81, "\u200b"])
def test_a_bad_title_is_asked_again_and_kept(as_mia: Client, squad: Squad, title: str) -> None:
    form = {"title": title, "path": "alone", "operation": uuid4()}

    response = as_mia.post(reverse("workshops:start", args=[squad.slug]), form)

    assert response.status_code == 422
    assert title in response.content.decode()
    assert not Workshop.objects.exists()


def test_the_list_is_empty_at_first(as_mia: Client, as_vic: Client, squad: Squad) -> None:
    there = reverse("workshops:workshops", args=[squad.slug])

    assert "Start a workshop" in as_mia.get(there).content.decode()
    assert "Its members start the first one." in as_vic.get(there).content.decode()


@pytest.mark.parametrize("stage", list(TITLES))
def test_each_stage_asks_its_question(as_vic: Client, workshop: Workshop, stage: str) -> None:
    move(workshop, stage)

    assert f"<h1>{TITLES[stage]}</h1>" in as_vic.get(workshop.get_absolute_url()).content.decode()


def test_for_a_stranger_it_does_not_exist(as_eve: Client, workshop: Workshop) -> None:
    assert as_eve.get(workshop.get_absolute_url()).status_code == 404


def test_a_facilitator_moves_forward_and_back(as_ada: Client, workshop: Workshop, mia: User) -> None:
    page = post(as_ada, "move", workshop, seen="deliver", to="customers").content.decode()
    assert "Who are our customers?" in page

    send(as_ada, "move", workshop, seen="customers", to="deliver")
    workshop.refresh_from_db()
    assert workshop.stage == "deliver"


def test_the_second_of_two_moves_is_told(as_ada: Client, workshop: Workshop) -> None:
    send(as_ada, "move", workshop, seen="deliver", to="customers")

    page = post(as_ada, "move", workshop, seen="deliver", to="meeting").content.decode()

    assert "Somebody has moved on already: you are at “Customers” now." in page
    workshop.refresh_from_db()
    assert workshop.stage == "customers"


@pytest.mark.django_db(transaction=True)
def test_of_two_facilitators_who_move_at_once_one_is_told(workshop: Workshop, ada_in: Participant) -> None:
    def to(stage: str) -> None:
        actions.move(workshop, seen="deliver", to=stage, by=ada_in, operation=uuid4())

    second = race(lambda: to("customers"), lambda: to("meeting"))

    assert isinstance(second.exception(), Refused)
    workshop.refresh_from_db()
    assert workshop.stage == "customers"


@pytest.mark.parametrize(
    ("now", "to", "said"),
    [
        ("closed", "paused", "Somebody has closed it meanwhile."),
        ("paused", "closed", "Somebody has paused it meanwhile."),
        ("closed", "open", "Somebody has closed it meanwhile."),
    ],
)
def test_a_press_that_comes_late_undoes_nothing(
    as_ada: Client, workshop: Workshop, now: str, to: str, said: str
) -> None:
    seen = "paused" if to == "open" else "open"
    Workshop.objects.update(state=now, join_code=None)

    page = post(as_ada, "change-state", workshop, to=to, seen=seen).content.decode()

    assert said in page
    assert Workshop.objects.get().state == now


def test_who_closes_late_is_told_that_it_was_resumed(as_ada: Client, workshop: Workshop) -> None:
    page = post(as_ada, "change-state", workshop, to="closed", seen="paused").content.decode()

    assert "Somebody has resumed it meanwhile." in page
    assert Workshop.objects.get().is_open


def test_what_has_moved_on_is_not_closed_from_the_stage_before(as_ada: Client, workshop: Workshop) -> None:
    page = post(as_ada, "change-state", workshop, to="closed", stage="wrap-up").content.decode()

    assert "Somebody has moved on already: you are at “Deliver” now." in page
    assert Workshop.objects.get().is_open


@pytest.mark.parametrize(("state", "buttons"), [("open", 2), ("paused", 1), ("closed", 1)])
def test_the_page_sends_the_state_that_it_shows(as_ada: Client, workshop: Workshop, state: str, buttons: int) -> None:
    Workshop.objects.update(state=state, stage="wrap-up", join_code=None)

    page = as_ada.get(workshop.get_absolute_url()).content.decode()

    assert page.count(f'name="seen" value="{state}"') == buttons
    assert page.count('name="stage" value="wrap-up"') >= buttons


def test_anybody_may_facilitate_too(as_mia: Client, workshop: Workshop) -> None:
    page = post(as_mia, "facilitate", workshop).content.decode()

    assert "Next: Customers" in page


def test_a_paused_workshop_is_readable_and_takes_nothing(as_ada: Client, as_mia: Client, workshop: Workshop) -> None:
    page = post(as_ada, "change-state", workshop, to="paused").content.decode()
    assert "This workshop rests." in page

    page = post(as_mia, "write", workshop, stage="deliver", text="Flights").content.decode()

    assert "This workshop rests. Resume it first." in page
    assert not Answer.objects.exists()


def test_what_an_outbox_sends_to_a_paused_workshop_is_given_back(
    as_ada: Client, as_mia: Client, workshop: Workshop, mia_in: Participant
) -> None:
    post(as_ada, "change-state", workshop, to="paused")

    sent = {"operation": uuid4(), "stage": "deliver", "text": "Flights"}
    answer = as_mia.post(url("write", workshop), sent, headers={"MDD-Person": f"user:{mia_in.user_id}"})

    assert (answer.status_code, answer.content.decode()) == (410, "This workshop rests. Resume it first.")


def test_a_workshop_paused_last_year_goes_on_with_a_new_time_box(as_mia: Client, workshop: Workshop) -> None:
    long_ago = timezone.now() - timedelta(days=365)
    Workshop.objects.update(
        join_code=None, state="paused", stage_since=long_ago, started_at=long_ago, stage="customers"
    )

    page = post(as_mia, "change-state", workshop, to="open").content.decode()

    workshop.refresh_from_db()
    assert (workshop.state, workshop.stage) == ("open", "customers")
    assert workshop.stage_since > timezone.now() - timedelta(minutes=1)
    assert "Write it down" in page


def test_a_closed_workshop_is_readable_and_opens_again(as_ada: Client, workshop: Workshop) -> None:
    page = post(as_ada, "change-state", workshop, to="closed").content.decode()
    assert "Open again" in page

    send(as_ada, "change-state", workshop, to="open")
    workshop.refresh_from_db()
    assert workshop.is_open


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_nobody_is_waited_for_while_a_workshop_is_not_open(
    as_ada: Client, workshop: Workshop, ada_in: Participant, mia_in: Participant, state: str
) -> None:
    assert "0 of 2 done" in as_ada.get(workshop.get_absolute_url()).content.decode()

    page = post(as_ada, "change-state", workshop, to=state).content.decode()

    assert "of 2 done" not in page


@pytest.mark.parametrize("is_done", ["on", ""])
def test_being_done_with_the_stage_before_says_nothing_of_this_one(
    as_mia: Client, workshop: Workshop, mia_in: Participant, is_done: str
) -> None:
    Workshop.objects.update(stage="customers")
    Participant.objects.filter(pk=mia_in.pk).update(done_stage="" if is_done else "customers")

    send(as_mia, "done", workshop, is_done=is_done, stage="deliver")

    mia_in.refresh_from_db()
    assert mia_in.done_stage == ("" if is_done else "customers")
    assert not Event.objects.filter(kind="done-said").exists()


def test_being_done_ends_with_the_stage(
    as_ada: Client, as_mia: Client, workshop: Workshop, ada_in: Participant
) -> None:
    page = post(as_mia, "done", workshop, is_done="on").content.decode()
    assert "1 of 2 done" in page

    actions.move(workshop, seen="deliver", to="customers", by=ada_in, operation=uuid4())

    assert "0 of 2 done" in as_ada.get(workshop.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("paused", ("This workshop rests.", "Resume it to get", "This workshop rests. Resume it first.")),
        (
            "closed",
            ("This workshop is closed.", "Open it again to get", "This workshop is closed. Open it again first."),
        ),
    ],
)
def test_each_page_calls_a_workshop_that_is_not_open_what_it_is(
    as_ada: Client, workshop: Workshop, state: str, words: tuple[str, str, str]
) -> None:
    send(as_ada, "change-state", workshop, to=state)

    wall, lobby = (as_ada.get(url(name, workshop)).content.decode() for name in ("projector", "lobby"))
    refused = post(as_ada, "write", workshop, stage="deliver", text="Flights").content.decode()

    assert [said in page for said, page in zip(words, (wall, lobby, refused), strict=True)] == [True] * 3
    assert (state == "closed") != ("This workshop rests" in wall + refused)


def test_nobody_is_told_how_to_adopt_who_has_no_button_for_it(
    as_ada: Client, as_vic: Client, workshop: Workshop, ada_in: Participant
) -> None:
    Card.objects.create(workshop=workshop, participant=ada_in, text="Wait", state="survived", is_revealed=True)
    Workshop.objects.update(stage="wrap-up")

    pages = [client.get(workshop.get_absolute_url()).content.decode() for client in (as_ada, as_vic)]

    assert ["Five things each" in page for page in pages] == [True, False]
