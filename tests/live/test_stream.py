"""Streams of the real web process: who hears what, how soon, and until when."""

from __future__ import annotations

import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from mdd.actions import people
from mdd.live import wakeups
from mdd.models import Topic, User
from tests import builders
from tests.browser.room.webs import Web
from tests.live.streams import PATIENCE, asked, cookies_of, listening
from tests.quicker import signed_in
from tests.workshops.coming import client_of, make_guest
from workshops.actions import answers, guests, opinions
from workshops.actions import workshops as actions
from workshops.models import Answer, Participant, Workshop

pytestmark = pytest.mark.xdist_group("stream")

SOON = 2.0
MARK = "quokka"


def write(place: Participant, text: str = "Flights") -> int:
    """Somebody writes; returns the serial of it."""
    room = place.workshop
    answers.write(room, stage=room.stage, texts=[text], by=place, operation=uuid4())
    return Topic.objects.get(pk=room.topic_id).serial


def cookies_of_guest(guest: Participant) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client_of(guest).cookies.items())


def test_what_one_does_reaches_the_other(web: Web, room: Workshop, place: Participant, lead: User) -> None:
    with listening(web.port, room.topic, cookies_of(lead)) as stream:
        stream.wait_for(write(place))

    (step,) = stream.named("step")
    assert "1 has written." in step["parts"]["face-down"]


def test_whoever_comes_back_gets_exactly_what_was_missed(
    web: Web, room: Workshop, place: Participant, lead: User
) -> None:
    since = Topic.objects.get(pk=room.topic_id).serial
    serial = [write(place) for _ in range(3)][-1]

    with listening(web.port, room.topic, cookies_of(lead), since) as stream:
        stream.wait_for(serial)

    (step,) = stream.named("step")
    assert (step["since"], step["to"], list(step["parts"])) == (since, serial, ["face-down", "next-stage"])


@pytest.mark.parametrize("ahead", [True, False])
def test_a_cursor_from_elsewhere_gets_the_snapshot(
    web: Web, room: Workshop, place: Participant, lead: User, *, ahead: bool
) -> None:
    topic = Topic.objects.get(pk=room.topic_id)
    elsewhere = topic if ahead else Topic(pk=topic.pk, epoch=uuid4(), serial=0)

    since = topic.serial + 5 if ahead else 0
    with asked(web.port, elsewhere, cookies_of(lead), since) as (_, answer):
        lines = [answer.readline().decode() for _ in range(6)]

    assert '"snapshot":true' in "".join(lines)


def test_hidden_words_are_in_no_stream(
    web: Web, room: Workshop, place: Participant, lead: User, looker: User, writer: User
) -> None:
    guest = make_guest(room)
    expectation = builders.make_expectation(room.squad, lead)
    everybody = [cookies_of(lead), cookies_of(looker), cookies_of(writer), cookies_of_guest(guest)]
    with ExitStack() as opened:
        streams = [opened.enter_context(listening(web.port, room.topic, cookies)) for cookies in everybody]

        write(place, f"{MARK} one")
        write(place, f"{MARK} two")
        mine = Answer.objects.filter(participant=place).order_by("pk")
        answers.reword(room, answer=mine[0].pk, text=f"{MARK} again", by=place, operation=uuid4())
        answers.take_back(room, answer=mine[1].pk, by=place, operation=uuid4())
        why = f"{MARK} why"
        opinions.say(room, expectation=expectation, verdict="met", evidence=why, by=place, operation=uuid4())
        serial = Topic.objects.get(pk=room.topic_id).serial
        for stream in streams:
            stream.wait_for(serial)

    assert not any(MARK in stream.sent for stream in streams)


def test_what_is_revealed_is_on_the_stream_after_it(web: Web, room: Workshop, place: Participant, lead: User) -> None:
    write(place, MARK)
    leader = Participant.objects.get(workshop=room, user=lead)
    answers.reveal(room, stage="deliver", by=leader, operation=uuid4(), is_sure=True)
    with listening(web.port, room.topic, cookies_of(lead)) as stream:
        answer = Answer.objects.get()
        answers.set_aside(room, answer=answer.pk, is_aside=True, by=leader, operation=uuid4())
        stream.wait_for(Topic.objects.get(pk=room.topic_id).serial)

    assert MARK in stream.sent


def test_the_stream_of_a_guest_who_is_taken_out_ends(web: Web, room: Workshop, lead: User) -> None:
    guest = make_guest(room)
    leader = Participant.objects.get(workshop=room, user=lead)
    with listening(web.port, room.topic, cookies_of_guest(guest)) as stream:
        began = time.monotonic()

        guests.take_out(room, person=guest.pk, by=leader, operation=uuid4())
        stream.wait_for_end()

    assert stream.named("over") == [{"why": "gone"}]
    assert stream.ended - began < SOON


def test_the_stream_of_somebody_who_is_not_in_the_squad_any_more_ends(
    web: Web, room: Workshop, writer: User, lead: User
) -> None:
    with listening(web.port, room.topic, cookies_of(writer)) as stream:
        began = time.monotonic()

        people.part(writer.memberships.get(), by=lead)
        stream.wait_for_end()

    assert stream.ended - began < SOON


def test_the_streams_of_somebody_who_signs_out_end(web: Web, room: Workshop, writer: User) -> None:
    with listening(web.port, room.topic, cookies_of(writer)) as stream:
        began = time.monotonic()

        Session.objects.all().delete()
        stream.wait_for_end()

    assert stream.ended - began < 5 * SOON


def test_the_streams_of_a_stolen_session_end_with_the_password_it_was_opened_with(
    web: Web, room: Workshop, writer: User
) -> None:
    old, new = "the old one is 20 long", "and so is the new one"
    writer.set_password(old)
    writer.save()
    change = {"oldpassword": old, "password1": new, "password2": new}
    with listening(web.port, room.topic, cookies_of(writer)) as stream:
        signed_in(writer).post(reverse("account_change_password"), change)
        began = time.monotonic()
        stream.wait_for_end()

    assert stream.named("over") == [{"why": "gone"}]
    assert stream.ended - began < SOON


def test_the_streams_of_somebody_who_is_let_in_no_more_end(web: Web, room: Workshop, writer: User) -> None:
    with listening(web.port, room.topic, cookies_of(writer)) as stream:
        began = time.monotonic()

        User.objects.filter(pk=writer.pk).update(is_active=False)
        stream.wait_for_end()

    assert stream.ended - began < 5 * SOON


def test_whose_part_changes_is_told_to_come_again(web: Web, room: Workshop, place: Participant, writer: User) -> None:
    with listening(web.port, room.topic, cookies_of(writer)) as stream:
        actions.facilitate(room, by=place, operation=uuid4())
        stream.wait_for_end()

    assert stream.named("over") == [{"why": "changed"}]


def test_without_a_wake_up_it_takes_a_second(
    web: Web, room: Workshop, place: Participant, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeups, "publish", lambda *_: None)
    with listening(web.port, room.topic, cookies_of(lead)) as stream:
        stream.wait_for(write(place))


@pytest.mark.long
def test_what_was_saved_before_the_process_died_arrives_after(
    web: Web, room: Workshop, place: Participant, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeups, "publish", lambda *_: None)
    with listening(web.port, room.topic, cookies_of(lead)) as stream:
        seen = write(place)
        stream.wait_for(seen)
        web.kill()
        serial = write(place)
        web.start()

    with listening(web.port, room.topic, cookies_of(lead), seen) as stream:
        stream.wait_for(serial)


@pytest.mark.long
def test_forty_streams_hold_no_connection_each(web: Web, room: Workshop) -> None:
    readers = [builders.make_member(room.squad) for _ in range(40)]
    with ExitStack() as opened:
        streams = [opened.enter_context(listening(web.port, room.topic, cookies_of(reader))) for reader in readers]
        assert len(streams) == len(readers)

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            (held,) = cursor.fetchone() or (0,)

    assert held < 20


def test_one_person_has_so_many_streams_and_then_asks(web: Web, room: Workshop, lead: User) -> None:
    cookies = cookies_of(lead)
    with ExitStack() as opened:
        for _ in range(settings.LIVE_STREAMS_EACH):
            opened.enter_context(listening(web.port, room.topic, cookies))

        with asked(web.port, room.topic, cookies) as (_, refused):
            assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
            assert "asks every few seconds" in refused.read().decode()


def test_a_stranger_hears_nothing(web: Web, room: Workshop) -> None:
    eve = builders.make_member(builders.make_squad(name="Others"))

    for cookies in (cookies_of(eve), ""):
        with asked(web.port, room.topic, cookies) as (_, answer):
            assert answer.status == 404
            answer.read()


def test_a_number_that_no_topic_can_have_is_not_found(web: Web) -> None:
    with closing(HTTPConnection("127.0.0.1", web.port, timeout=PATIENCE)) as connection:
        connection.request("GET", f"/live/{'9' * 5_000}/", headers={"Accept": "text/event-stream"})

        assert connection.getresponse().status == 404
