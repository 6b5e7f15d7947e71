"""What a guest does in the room, and what is nobody's business."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from mdd.actors import Guest
from mdd.models import Customer, Event, Expectation, Membership, Squad, User
from metrics.models import Metric
from tests.builders import make_answer, make_expectation, make_metric
from tests.workshops import boards, builders_focus
from tests.workshops.coming import client_of, make_guest
from tests.workshops.posting import move, post, send
from workshops import guests
from workshops.actions import workshops
from workshops.models import Answer, Bucket, Card, Decision, Keep, Opinion, Participant, Stage, Workshop

SECRET = "quiet-spaghetti"


def test_a_guest_writes_rewords_and_takes_back(as_gus: Client, gus: Participant, workshop: Workshop) -> None:
    send(as_gus, "write", workshop, stage="deliver", text="Flights\nMaps")
    first, second = Answer.objects.order_by("pk")
    send(as_gus, "reword-answer", workshop, first.pk, text="Flights on time")
    send(as_gus, "take-back", workshop, second.pk)

    assert [(each.text, each.participant) for each in Answer.objects.all()] == [("Flights on time", gus)]
    assert set(Event.objects.filter(topic=workshop.topic).exclude(kind="workshop-started").values_list("by")) == {
        (f"guest:{gus.pk}",)
    }


def test_what_a_guest_wrote_is_theirs_until_it_is_revealed(
    as_gus: Client, as_ada: Client, workshop: Workshop, ada: User
) -> None:
    send(as_gus, "write", workshop, stage="deliver", text=SECRET)
    make_answer(workshop, ada, text="louder-spaghetti")

    assert SECRET in as_gus.get(workshop.get_absolute_url()).content.decode()
    assert SECRET not in as_ada.get(workshop.get_absolute_url()).content.decode()
    assert "louder-spaghetti" not in as_gus.get(workshop.get_absolute_url()).content.decode()


def test_a_guest_has_an_opinion(as_gus: Client, gus: Participant, workshop: Workshop, ada: User) -> None:
    move(workshop, "meeting")
    expectation = make_expectation(workshop.squad, ada)

    send(as_gus, "opine", workshop, expectation.pk, expectation=expectation.pk, verdict="unknown")

    assert Opinion.objects.get().participant == gus


def test_a_guest_throws_moves_and_undoes(as_gus: Client, gus: Participant, workshop: Workshop) -> None:
    send(as_gus, "throw", workshop, text="Who waits?", seen="group")
    card = Card.objects.get()
    bucket = boards.bucket_of(workshop)
    send(as_gus, "move-cards", workshop, card=boards.held(card), to=bucket.pk)
    assert Card.objects.get().bucket == bucket

    moved = Event.objects.get(kind="cards-moved")
    send(as_gus, "undo", workshop, of=moved.operation)

    assert Card.objects.get().bucket is None
    assert Card.objects.get().participant == gus


def test_a_guest_judges(as_gus: Client, gus: Participant, workshop: Workshop, ada: User) -> None:
    card = boards.make_card(workshop, ada)

    send(as_gus, "judge", workshop, card.pk, verdict="later")

    assert Keep.objects.get().participant == gus


@pytest.mark.parametrize("stage", Stage.values)
def test_a_guest_sees_each_stage_without_a_way_out_of_the_room(
    as_gus: Client, workshop: Workshop, ada: User, mia: User, stage: str
) -> None:
    move(workshop, stage)
    boards.make_card(workshop, ada, bucket=boards.bucket_of(workshop), state="survived")
    boards.make_card(workshop, mia)

    page = as_gus.get(workshop.get_absolute_url()).content.decode()

    assert "You are here as a guest" in page
    assert not any(place in page for place in ('href="/squads/', 'href="/metrics/', 'href="/dashboards/'))


@pytest.mark.parametrize("route", ["facilitate", "change-state"])
def test_a_guest_never_leads(as_gus: Client, gus: Participant, workshop: Workshop, route: str) -> None:
    answer = post(as_gus, route, workshop, to="paused")

    gus.refresh_from_db()
    workshop.refresh_from_db()
    assert answer.status_code == 403
    assert (gus.role, workshop.state) == ("participant", "open")


@pytest.mark.parametrize("route", ["reveal", "settle-cards", "reveal-cards", "reveal-dots", "lock-door"])
def test_what_facilitators_do_is_refused_to_a_guest(as_gus: Client, workshop: Workshop, route: str) -> None:
    answer = post(as_gus, route, workshop, stage="deliver").content.decode()

    assert "Only a facilitator can do that" in answer


def test_a_guest_sees_the_rows_of_one_workshop_and_no_more(
    workshop: Workshop, gus: Participant, squad: Squad, ada: User, mia: User
) -> None:
    other = workshops.start(squad, title="Autumn", path="whole", by=ada)
    for each in (workshop, other):
        make_answer(each, ada, text="open", is_revealed=True)
        make_answer(each, mia, text="hidden")
        boards.make_card(each, ada)
    guest = Guest(gus.pk)

    assert list(Workshop.objects.visible_to(guest)) == [workshop]
    assert {each.workshop_id for each in Participant.objects.visible_to(guest)} == {workshop.pk}
    assert [each.text for each in Answer.objects.visible_to(guest)] == ["open"]
    assert {each.workshop_id for each in Card.objects.visible_to(guest)} == {workshop.pk}
    assert {each.workshop_id for each in Bucket.objects.visible_to(guest)} == {workshop.pk}


def test_a_guest_sees_nothing_of_the_squad(gus: Participant, squad: Squad, ada: User) -> None:
    make_expectation(squad, ada)
    make_metric(squad)
    guest = Guest(gus.pk)

    for model in (Squad, Membership, Customer, Expectation, Metric):
        assert not model.objects.visible_to(guest).exists()
    assert not Decision.objects.visible_to(guest).exists()


def test_a_guest_of_one_workshop_is_nobody_in_another(
    as_gus: Client, gus: Participant, workshop: Workshop, squad: Squad, ada: User
) -> None:
    other = workshops.start(squad, title="Autumn", path="whole", by=ada)
    name = guests.cookie_of(other.pk)
    copied = as_gus.cookies[guests.cookie_of(workshop.pk)].value
    signed = signing.get_cookie_signer(salt=f"{name}{guests.SALT}").sign(str(gus.pk))

    for value in (copied, signed):
        as_gus.cookies[name] = value
        assert as_gus.get(other.get_absolute_url())["Location"].startswith("/accounts/login/")


def test_things_of_another_workshop_are_not_there(as_gus: Client, workshop: Workshop, squad: Squad, ada: User) -> None:
    other = workshops.start(squad, title="Autumn", path="whole", by=ada)
    card = boards.make_card(other, ada)

    assert post(as_gus, "judge", workshop, card.pk).status_code == 404
    assert post(as_gus, "phrase", workshop, boards.bucket_of(other).pk).status_code == 404


def test_who_is_in_the_squad_is_a_member_even_with_the_cookie_of_a_guest(
    as_gus: Client, mia: User, workshop: Workshop
) -> None:
    as_gus.force_login(mia)

    send(as_gus, "write", workshop, stage="deliver", text="Flights")

    assert Answer.objects.filter(participant__user=mia).count() == 1


def test_who_looks_in_is_told_of_the_guests(as_ada: Client, as_gus: Client, workshop: Workshop) -> None:
    assert "and by one guest of this workshop" in as_ada.get(workshop.get_absolute_url()).content.decode()
    assert "by the guests in here" in as_gus.get(workshop.get_absolute_url()).content.decode()


def test_a_guest_who_leaves_is_forgotten_by_the_browser(as_gus: Client, gus: Participant, workshop: Workshop) -> None:
    make = post(as_gus, "write", workshop, stage="deliver", text="Flights")

    left = post(as_gus, "leave-workshop", workshop).content.decode()

    assert make.status_code == 200
    assert "You have left" in left
    assert as_gus.get(workshop.get_absolute_url())["Location"].startswith("/accounts/login/")
    assert Answer.objects.get().participant == gus


def test_a_guest_reads_the_decision_but_takes_no_export(
    focusing: Workshop, leading: Bucket, facilitator: Participant
) -> None:
    builders_focus.decide(leading, facilitator)
    browser = client_of(make_guest(focusing))

    page = browser.get(reverse("workshops:decision", args=[focusing.pk]))
    export = browser.get(reverse("workshops:export-decision", args=[focusing.pk, 1, "md"]))

    assert page.status_code == 200
    assert "/export" not in page.content.decode()
    assert export.status_code == 302
