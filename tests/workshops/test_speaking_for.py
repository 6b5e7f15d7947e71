"""Judging, voting and answering for somebody in the room without a device."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.models import Event, Squad, User
from tests.builders import make_expectation
from tests.workshops.builders_focus import make_bucket
from tests.workshops.coming import make_guest
from tests.workshops.posting import move, post, send
from tests.workshops.voting import put_dot
from workshops.actions import keeps, opinions, workshops
from workshops.models import Agreement, Assent, Bucket, Card, Consent, Keep, Opinion, Participant, Vote, Workshop

ONE = "1 of these was entered for somebody without a device."


@pytest.fixture
def gran(workshop: Workshop) -> Participant:
    return make_guest(workshop, name="Gran", has_device=False)


@pytest.fixture
def card(workshop: Workshop, ada_in: Participant) -> Card:
    move(workshop, "prune")
    return Card.objects.create(workshop=workshop, participant=ada_in, text="Who waits?", is_revealed=True)


@pytest.fixture
def bucket(workshop: Workshop) -> Bucket:
    return finalist(workshop)


def finalist(workshop: Workshop) -> Bucket:
    move(workshop, "focus")
    bucket = make_bucket(workshop)
    by = None if workshop.is_anonymous else workshop.participants.get(role="facilitator")
    Card.objects.create(
        workshop=workshop, bucket=bucket, text="Who waits?", state="survived", is_revealed=True, participant=by
    )
    return bucket


def page_of(client: Client, workshop: Workshop) -> str:
    return client.get(workshop.get_absolute_url()).content.decode()


def speak_for(client: Client, person: Participant) -> str:
    return post(client, "speak-for", person.workshop, on_behalf=person.pk).content.decode()


def test_a_facilitator_chooses_once_for_whom_they_speak(as_ada: Client, gran: Participant, bucket: Bucket) -> None:
    page = speak_for(as_ada, gran)

    assert "You speak for <b>Gran</b>" in page
    assert f'name="on_behalf" value="{gran.pk}"' in page
    assert "Gran has 1 dot left" in page


def test_and_for_themselves_again(as_ada: Client, workshop: Workshop, gran: Participant) -> None:
    speak_for(as_ada, gran)

    page = post(as_ada, "speak-for", workshop, on_behalf="").content.decode()

    assert "You speak for yourself." in page
    assert f'<input type="hidden" name="on_behalf" value="{gran.pk}">' not in page


def test_nobody_is_spoken_for_who_is_out(as_ada: Client, workshop: Workshop, gran: Participant) -> None:
    speak_for(as_ada, gran)

    send(as_ada, "take-out", workshop, gran.pk)

    assert "You speak for" not in page_of(as_ada, workshop)


def test_only_who_facilitates_speaks_for_others(as_mia: Client, gran: Participant) -> None:
    page = speak_for(as_mia, gran)

    assert "Only a facilitator can do that." in page
    assert "You speak for" not in page


def test_words_go_to_who_is_spoken_for(as_ada: Client, workshop: Workshop, gran: Participant) -> None:
    page = speak_for(as_ada, gran)

    assert f'<option value="{gran.pk}" selected>Gran</option>' in page


def test_a_verdict_counts_once_for_who_is_spoken_for(
    as_ada: Client, workshop: Workshop, card: Card, gran: Participant
) -> None:
    for verdict in ("keep", "later"):
        send(as_ada, "judge", workshop, card.pk, verdict=verdict, on_behalf=gran.pk)

    keep = Keep.objects.get()
    assert (keep.participant, keep.value, keep.reason) == (gran, "park", "later")


def test_what_was_meant_for_somebody_else_is_never_ones_own(
    as_mia: Client, workshop: Workshop, card: Card, gran: Participant
) -> None:
    page = post(as_mia, "judge", workshop, card.pk, verdict="keep", on_behalf=gran.pk).content.decode()

    assert "You cannot speak for them any more" in page
    assert not Keep.objects.exists()


def test_who_enters_a_verdict_sees_it_and_another_facilitator_does_not(
    as_ada: Client, as_mia: Client, workshop: Workshop, card: Card, gran: Participant
) -> None:
    send(as_mia, "facilitate", workshop)
    for client in (as_ada, as_mia):
        speak_for(client, gran)

    send(as_ada, "judge", workshop, card.pk, verdict="keep", on_behalf=gran.pk)

    assert "Gran would keep it." in page_of(as_ada, workshop)
    assert "Gran would keep it." not in page_of(as_mia, workshop)


def test_cards_wait_for_the_verdict_of_who_has_no_device(
    as_ada: Client, workshop: Workshop, card: Card, gran: Participant, mia_in: Participant
) -> None:
    keeps.judge(card, value="keep", reason="", by=mia_in, operation=uuid4())
    send(as_ada, "judge", workshop, card.pk, verdict="keep")
    assert "2 of 3 have" in page_of(as_ada, workshop)

    send(as_ada, "judge", workshop, card.pk, verdict="keep", on_behalf=gran.pk)

    card.refresh_from_db()
    assert card.state == "survived"


def test_the_facilitator_takes_back_what_they_entered(
    as_ada: Client, workshop: Workshop, card: Card, gran: Participant
) -> None:
    operation = uuid4()
    send(as_ada, "judge", workshop, card.pk, verdict="keep", on_behalf=gran.pk, operation=operation)

    send(as_ada, "undo", workshop, of=operation)

    assert not Keep.objects.exists()


def test_split_verdicts_say_how_many_were_entered(
    as_ada: Client, workshop: Workshop, card: Card, gran: Participant, mia_in: Participant
) -> None:
    keeps.judge(card, value="keep", reason="", by=mia_in, operation=uuid4())
    send(as_ada, "judge", workshop, card.pk, verdict="later", on_behalf=gran.pk)

    assert ONE in post(as_ada, "settle-cards", workshop).content.decode()


def test_dots_are_counted_against_the_budget_of_who_is_spoken_for(
    as_ada: Client, workshop: Workshop, bucket: Bucket, gran: Participant, ada_in: Participant
) -> None:
    put_dot(bucket, ada_in)
    for _ in range(2):
        page = post(as_ada, "dot", workshop, bucket.pk, change=1, on_behalf=gran.pk).content.decode()

    assert "All your dots are placed." in page
    assert dict(Vote.objects.values_list("participant", "dots")) == {ada_in.pk: 1, gran.pk: 1}


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_open_dots_say_how_many_were_entered(as_ada: Client, squad: Squad, ada: User, is_anonymous: bool) -> None:
    workshop = workshops.start(squad, title="Autumn", path="whole", by=ada, is_anonymous=is_anonymous)
    gran = make_guest(workshop, name="Gran", has_device=False)
    send(as_ada, "dot", workshop, finalist(workshop).pk, change=1, on_behalf=gran.pk)

    page = post(as_ada, "reveal-dots", workshop, is_revealed=1).content.decode()

    assert "The dots of 1 person without a device are among them" in page


def test_open_answers_say_how_many_were_entered(
    as_ada: Client, workshop: Workshop, bucket: Bucket, gran: Participant, ada_in: Participant
) -> None:
    put_dot(bucket, ada_in)
    send(as_ada, "reveal-dots", workshop, is_revealed=1)
    hidden = post(
        as_ada, "consent", workshop, bucket.pk, value="concern", text="too early", seen=bucket.stamp, on_behalf=gran.pk
    )
    assert "too early" not in hidden.content.decode()

    page = post(as_ada, "reveal-consents", workshop, bucket.pk, is_revealed=1).content.decode()

    assert Consent.objects.get().participant == gran
    assert ONE in page


def test_answers_to_words_that_stand_again_say_how_many_of_them_were_entered(
    as_ada: Client, workshop: Workshop, bucket: Bucket, gran: Participant, ada_in: Participant
) -> None:
    put_dot(bucket, ada_in)
    send(as_ada, "reveal-dots", workshop, is_revealed=1)
    for question, voice in (("Who waits?", gran), ("Who calls?", ada_in)):
        Bucket.objects.filter(pk=bucket.pk).update(question=question)
        stamp = Bucket.objects.get(pk=bucket.pk).stamp
        Consent.objects.create(bucket=bucket, participant=voice, about=stamp, value="fine")
        send(as_ada, "reveal-consents", workshop, bucket.pk, is_revealed=1)
    assert ONE not in page_of(as_ada, workshop)

    Bucket.objects.filter(pk=bucket.pk).update(question="Who waits?")

    assert ONE in page_of(as_ada, workshop)


def test_an_opinion_is_entered_and_not_shown_back(
    as_ada: Client, workshop: Workshop, squad: Squad, ada: User, gran: Participant
) -> None:
    expectation = make_expectation(squad, ada)
    move(workshop, "meeting")
    speak_for(as_ada, gran)
    said = {"expectation": expectation.pk, "verdict": "met", "evidence": "quiet-spaghetti", "on_behalf": gran.pk}

    page = post(as_ada, "opine", workshop, expectation.pk, **said).content.decode()

    assert Opinion.objects.get().participant == gran
    assert "quiet-spaghetti" not in page
    assert "Kept, face down." in page
    assert ONE in post(as_ada, "reveal-opinions", workshop).content.decode()


def test_what_is_revealed_later_is_counted_too(
    as_ada: Client, workshop: Workshop, squad: Squad, ada: User, gran: Participant, ada_in: Participant
) -> None:
    expectation = make_expectation(squad, ada)
    move(workshop, "meeting")
    for person in (ada_in, gran):
        opinions.say(
            workshop, expectation=expectation, verdict="met", evidence="", by=ada_in, voice=person, operation=uuid4()
        )
        page = post(as_ada, "reveal-opinions", workshop).content.decode()

    assert ONE in page


def test_somebody_without_a_device_agrees(
    as_ada: Client, workshop: Workshop, squad: Squad, ada: User, gran: Participant
) -> None:
    move(workshop, "expectations")
    agreement = Agreement.objects.create(
        workshop=workshop, stage="expectations", expectation=make_expectation(squad, ada)
    )
    speak_for(as_ada, gran)

    page = post(as_ada, "assent", workshop, agreement.pk, is_agreed="on", on_behalf=gran.pk).content.decode()

    assert Assent.objects.get().participant == gran
    assert "1 agrees: Gran" in page
    assert "1 entered for others" in page


def test_the_log_says_how_many_and_not_who(
    as_ada: Client, workshop: Workshop, bucket: Bucket, gran: Participant
) -> None:
    send(as_ada, "dot", workshop, bucket.pk, change=1, on_behalf=gran.pk)

    send(as_ada, "reveal-dots", workshop, is_revealed=1)

    assert Event.objects.get(kind="dots-revealed").payload == {"entered": 1}
