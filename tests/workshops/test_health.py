"""How a workshop went: for the squad alone, without names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mdd.models import Event, Squad, User
from tests.builders import make_answer, make_member
from tests.workshops.coming import make_guest
from tests.workshops.posting import move, post, send, told_after, url
from workshops import health
from workshops.actions import confidence, workshops
from workshops.actions.refusals import Refused
from workshops.models import Card, Confidence, Participant, Workshop

MINUTE = timedelta(minutes=1)
TOGETHER = "It is shown once"


def page_of(client: Client, workshop: Workshop) -> str:
    return client.get(url("health", workshop)).content.decode()


def say(workshop: Workshop, by: Participant, value: int | None = 4) -> None:
    confidence.say(workshop, value=value, by=by, operation=uuid4())


def happen(workshop: Workshop, *moments: tuple[str, int, dict[str, str]]) -> None:
    """Events so many minutes after the start."""
    begin = Event.objects.get(topic=workshop.topic, kind="workshop-started").at
    for serial, (kind, minutes, payload) in enumerate(moments, start=100):
        at = begin + minutes * MINUTE
        Event.objects.create(topic=workshop.topic, serial=serial, operation=uuid4(), kind=kind, payload=payload, at=at)


@pytest.mark.parametrize(
    ("words", "even"), [([1, 1, 1, 1], 100), ([4, 0, 0, 0], 25), ([3, 1], 75), ([0, 0], None), ([5], None)]
)
def test_evenness_is_the_share_that_need_not_come_from_others(words: list[int], even: int | None) -> None:
    assert health.evenness(dict(enumerate(words)), range(len(words))) == even


def test_words_of_all_count_and_files_do_not(
    as_ada: Client, workshop: Workshop, ada: User, mia: User, ada_in: Participant, mia_in: Participant
) -> None:
    make_answer(workshop, ada, text="Flights")
    make_answer(workshop, ada, text="Meals")
    for text, kind in (("Who waits?", "question"), ("Late again", "evidence")):
        Card.objects.create(workshop=workshop, participant=mia_in, text=text, kind=kind)

    page = page_of(as_ada, workshop)

    assert "2 people took part. 83 % even" in page
    assert "Mia" not in page.partition('<div class="columns">')[2]


def test_in_an_anonymous_workshop_nobody_knows(as_ada: Client, squad: Squad, ada: User) -> None:
    workshop = workshops.start(squad, title="Autumn", path="whole", by=ada, is_anonymous=True)
    make_answer(workshop, ada, text="Flights")

    assert "Nobody knows who wrote what here" in page_of(as_ada, workshop)


def test_survivors_are_told_beside_what_was_thrown(as_ada: Client, workshop: Workshop, ada_in: Participant) -> None:
    for state in ("thrown", "thrown", "survived"):
        Card.objects.create(workshop=workshop, participant=ada_in, text="Who waits?", state=state, is_revealed=True)
    Card.objects.create(workshop=workshop, participant=ada_in, text="Hidden")

    assert "1 of 3 cards that were thrown" in page_of(as_ada, workshop)


def test_minutes_stand_beside_their_boxes_and_rests_do_not_count(workshop: Workshop) -> None:
    happen(
        workshop,
        ("stage-moved", 12, {"from": "deliver", "to": "throw"}),
        ("cards-thrown", 15, {}),
        ("cards-thrown", 75, {}),
        ("workshop-paused", 80, {}),
        ("workshop-open", 600, {}),
        ("cards-thrown", 604, {}),
    )

    (found,) = health.of([workshop])

    assert [(leg.stage, leg.took) for leg in found.legs] == [("deliver", 12), ("throw", 12)]
    assert all(leg.box for leg in found.legs)


def test_how_sure_people_are_is_shown_once_four_have_said_so(
    as_ada: Client, workshop: Workshop, ada_in: Participant, mia_in: Participant
) -> None:
    guests = [make_guest(workshop, name=name) for name in ("Gus", "Ida", "Uma")]
    for person in (ada_in, mia_in, guests[0]):
        say(workshop, person)
    assert TOGETHER in page_of(as_ada, workshop)

    say(workshop, guests[1], 2)

    page = page_of(as_ada, workshop)
    assert TOGETHER not in page
    assert "4 of 5 have said so." in page


def test_or_once_all_have_where_they_are_fewer(
    as_ada: Client, workshop: Workshop, ada_in: Participant, mia_in: Participant
) -> None:
    say(workshop, ada_in)
    assert TOGETHER in page_of(as_ada, workshop)

    say(workshop, mia_in)

    assert "2 of 2 have said so." in page_of(as_ada, workshop)


def test_who_left_or_only_watches_by_now_counts_among_those_who_could_say_it(
    as_ada: Client, workshop: Workshop, ada_in: Participant, mia_in: Participant, gus: Participant
) -> None:
    say(workshop, gus, 2)
    people = Participant.objects.filter(workshop=workshop)
    people.filter(pk=gus.pk).update(removed_at=timezone.now())
    people.filter(pk=mia_in.pk).update(role=Participant.Role.OBSERVER)
    assert TOGETHER in page_of(as_ada, workshop)

    for person in (ada_in, mia_in):
        say(workshop, person)

    assert "3 of 3 have said so." in page_of(as_ada, workshop)


def test_one_tap_says_it_and_another_takes_it_back(as_mia: Client, workshop: Workshop) -> None:
    move(workshop, "wrap-up")
    page = post(as_mia, "say-confidence", workshop, value=4).content.decode()
    assert 'aria-pressed="true"' in page
    assert Confidence.objects.get().value == 4

    send(as_mia, "say-confidence", workshop, value="")

    assert not Confidence.objects.exists()


@pytest.mark.parametrize("value", ["0", "6", "much"])
def test_other_values_are_refused(as_mia: Client, workshop: Workshop, value: str) -> None:
    assert told_after(as_mia, "say-confidence", workshop, value=value)

    assert not Confidence.objects.exists()


def test_the_log_does_not_say_who_is_how_sure(as_mia: Client, workshop: Workshop) -> None:
    send(as_mia, "say-confidence", workshop, value=5)

    event = Event.objects.get(kind=confidence.SAID)
    assert (event.by, event.audience, event.payload) == ("", "", {})


def test_nobody_says_twice_what_is_forgotten(workshop: Workshop, ada_in: Participant) -> None:
    Confidence.objects.create(workshop=workshop, value=3)

    with pytest.raises(Refused):
        say(workshop, ada_in)


@pytest.mark.parametrize("stage", ["wrap-up", "focus"])
def test_it_is_asked_at_the_end(as_mia: Client, workshop: Workshop, stage: str) -> None:
    page = as_mia.get(move(workshop, stage).get_absolute_url()).content.decode()

    assert ("How sure are you" in page) == (stage == "wrap-up")


def test_a_guest_sees_nothing_of_how_it_went(as_gus: Client, workshop: Workshop) -> None:
    answer = as_gus.get(url("health", workshop))

    assert answer["Location"].startswith("/accounts/login/")
    assert "How it went" not in as_gus.get(move(workshop, "wrap-up").get_absolute_url()).content.decode()


def test_rounds_stand_beside_each_other(as_ada: Client, squad: Squad, ada: User, alone: Workshop) -> None:
    for title in ("Spring", "Autumn"):
        workshops.start(squad, title=title, path="whole", by=ada)

    page = as_ada.get(reverse("workshops:healths", args=[squad.slug])).content.decode()

    assert page.index("Autumn") < page.index("Spring")
    assert alone.title not in page


def test_many_rounds_take_as_many_queries_as_one(as_ada: Client, squad: Squad, ada: User) -> None:
    count = counter(as_ada, reverse("workshops:healths", args=[squad.slug]))
    fill(squad, ada)
    few = count()

    for _ in range(3):
        fill(squad, ada)

    assert count() <= few


def counter(client: Client, address: str) -> Callable[[], int]:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return counted


def fill(squad: Squad, by: User) -> None:
    workshop = workshops.start(squad, title="Round", path="whole", by=by)
    make_answer(workshop, make_member(squad), text="Flights")
    for person in workshop.participants.all():
        say(workshop, person)
