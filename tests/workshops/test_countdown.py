"""Going to the next stage together: five seconds in which it can be stopped, and a move that needs nobody awake."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mdd.live import feeds
from mdd.models import Event, User
from tests.races import race
from tests.workshops.posting import post, send
from workshops.actions import countdowns
from workshops.actions import workshops as actions
from workshops.actions.refusals import Refused
from workshops.models import Participant, Workshop


@pytest.fixture
def leaving(workshop: Workshop, ada_in: Participant, mia_in: Participant) -> Workshop:
    """On the way from the first stage to the customers."""
    announce(workshop, ada_in, "customers")
    workshop.refresh_from_db()
    return workshop


def announce(workshop: Workshop, by: Participant, to: str) -> None:
    countdowns.announce(workshop, seen="deliver", to=to, by=by, operation=uuid4())


def stop(workshop: Workshop, by: Participant, to: str = "customers") -> None:
    countdowns.stop(workshop, to=to, by=by, operation=uuid4())


def be_due(workshop: Workshop) -> Workshop:
    """Let the five seconds be over."""
    workshop.moves_at = timezone.now() - timedelta(milliseconds=1)
    workshop.save(update_fields=["moves_at"])
    return workshop


def stage_of(workshop: Workshop) -> str:
    workshop.refresh_from_db()
    return workshop.stage


def moves(workshop: Workshop) -> int:
    return Event.objects.filter(topic=workshop.topic, kind="stage-moved").count()


def test_everybody_is_told_where_they_go(as_ada: Client, as_mia: Client, workshop: Workshop) -> None:
    as_mia.post(reverse("workshops:done", args=[workshop.pk]), {"operation": uuid4()})

    send(as_ada, "move", workshop, seen="deliver", to="customers")
    pages = [client.get(workshop.get_absolute_url()).content.decode() for client in (as_ada, as_mia)]

    assert all("Everybody goes to Customers in five seconds." in page for page in pages)
    assert ["Stay here" in page for page in pages] == [True, False]
    assert stage_of(workshop) == "deliver"


def test_where_nobody_else_is_one_goes_at_once(workshop: Workshop, ada_in: Participant) -> None:
    announce(workshop, ada_in, "customers")

    assert stage_of(workshop) == "customers"


def test_who_is_away_is_not_waited_for(workshop: Workshop, ada_in: Participant, mia_in: Participant) -> None:
    ago = timezone.now() - timedelta(minutes=2)
    Participant.objects.filter(pk=mia_in.pk).update(joined_at=ago, last_seen_at=ago)

    announce(workshop, ada_in, "customers")

    assert stage_of(workshop) == "customers"


def test_alone_one_goes_at_once(alone: Workshop, ada: User) -> None:
    actions.join(alone, user=ada)

    announce(alone, Participant.objects.get(workshop=alone, role="facilitator"), "customers")

    assert stage_of(alone) == "customers"


def test_whoever_looks_first_after_five_seconds_makes_the_move(as_mia: Client, leaving: Workshop) -> None:
    be_due(leaving)

    page = as_mia.get(leaving.get_absolute_url()).content.decode()

    assert "Who are our customers?" in page
    assert "Everybody goes to" not in page
    assert (stage_of(leaving), leaving.moving_to, leaving.moves_at) == ("customers", "", None)


def test_before_that_a_look_changes_nothing(as_mia: Client, leaving: Workshop) -> None:
    as_mia.get(leaving.get_absolute_url())

    assert stage_of(leaving) == "deliver"


def test_many_who_look_make_one_move(as_mia: Client, as_ada: Client, leaving: Workshop) -> None:
    be_due(leaving)

    for client in (as_mia, as_ada, as_mia):
        client.get(leaving.get_absolute_url())

    assert moves(leaving) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_make_one_move(leaving: Workshop) -> None:
    be_due(leaving)
    copies = [Workshop.objects.get(pk=leaving.pk) for _ in range(2)]

    second = race(lambda: countdowns.arrive(copies[0]), lambda: countdowns.arrive(copies[1]))

    assert second.result() is True
    assert (stage_of(leaving), moves(leaving)) == ("customers", 1)


def test_a_sign_of_life_makes_the_move_where_nobody_asks(leaving: Workshop) -> None:
    be_due(leaving)

    feeds.of(leaving.topic).seen(leaving.topic, [])

    assert stage_of(leaving) == "customers"


def test_what_was_written_meanwhile_is_not_put_into_the_next_stage(as_mia: Client, leaving: Workshop) -> None:
    be_due(leaving)

    page = post(as_mia, "write", leaving, stage="deliver", text="Flights").content.decode()

    assert "Who are our customers?" in page
    assert not leaving.answers.filter(stage="customers").exists()


def test_anybody_in_charge_can_stop_it(leaving: Workshop, mia_in: Participant, as_mia: Client) -> None:
    actions.facilitate(leaving, by=mia_in, operation=uuid4())

    page = post(as_mia, "stop-move", leaving, to="customers").content.decode()
    countdowns.arrive(Workshop.objects.get(pk=leaving.pk))

    assert "Everybody goes to" not in page
    assert (stage_of(leaving), leaving.moving_to) == ("deliver", "")


def test_who_only_takes_part_cannot_stop_it(leaving: Workshop, as_mia: Client) -> None:
    page = post(as_mia, "stop-move", leaving, to="customers").content.decode()

    assert "Only a facilitator can do that." in page
    assert leaving.moving_to == "customers"


def test_stopping_twice_is_stopping(leaving: Workshop, ada_in: Participant) -> None:
    for _ in range(2):
        stop(leaving, ada_in)

    assert Event.objects.filter(topic=leaving.topic, kind="move-stopped").count() == 1


def test_stopping_too_late_says_where_everybody_is(leaving: Workshop, as_ada: Client) -> None:
    be_due(leaving)

    page = post(as_ada, "stop-move", leaving, to="customers").content.decode()

    assert "Too late: you are at “Customers” now." in page
    assert stage_of(leaving) == "customers"


def test_the_last_moment_belongs_to_the_move(leaving: Workshop, ada_in: Participant) -> None:
    """The row is due, and nobody has looked yet."""
    be_due(leaving)

    with pytest.raises(Refused, match="Too late"):
        stop(leaving, ada_in)


@pytest.mark.django_db(transaction=True)
def test_a_stop_that_races_the_end_is_told_so(leaving: Workshop, ada_in: Participant) -> None:
    be_due(leaving)

    second = race(lambda: countdowns.arrive(leaving), lambda: stop(leaving, ada_in))

    assert isinstance(second.exception(), Refused)
    assert (stage_of(leaving), moves(leaving)) == ("customers", 1)


def test_a_stop_that_was_meant_for_another_move_stops_nothing(leaving: Workshop, ada_in: Participant) -> None:
    stop(leaving, ada_in, to="throw")

    leaving.refresh_from_db()
    assert leaving.moving_to == "customers"


def test_two_who_lead_elsewhere_do_not_pull(leaving: Workshop, ada_in: Participant) -> None:
    with pytest.raises(Refused, match="Everybody is on the way to “Customers”"):
        announce(leaving, ada_in, "throw")

    leaving.refresh_from_db()
    assert leaving.moving_to == "customers"


def test_two_who_lead_to_the_same_stage_are_one(leaving: Workshop, ada_in: Participant) -> None:
    at = leaving.moves_at

    announce(leaving, ada_in, "customers")

    leaving.refresh_from_db()
    assert leaving.moves_at == at


@pytest.mark.django_db(transaction=True)
def test_of_two_who_lead_elsewhere_at_once_one_is_told(
    workshop: Workshop, ada_in: Participant, mia_in: Participant
) -> None:
    second = race(lambda: announce(workshop, ada_in, "customers"), lambda: announce(workshop, ada_in, "meeting"))

    assert isinstance(second.exception(), Refused)
    workshop.refresh_from_db()
    assert workshop.moving_to == "customers"


def test_who_leads_on_after_the_last_moment_hears_where_everybody_is(leaving: Workshop, ada_in: Participant) -> None:
    be_due(leaving)

    with pytest.raises(Refused, match="you are at “Customers” now"):
        announce(leaving, ada_in, "throw")


def test_a_stage_that_the_workshop_does_not_have_is_refused(alone: Workshop) -> None:
    me = Participant.objects.get(workshop=alone)

    with pytest.raises(Refused, match="no such stage"):
        announce(alone, me, "prune")


def test_a_pause_stops_it_too(leaving: Workshop, as_ada: Client) -> None:
    send(as_ada, "change-state", leaving, to="paused")

    leaving.refresh_from_db()
    assert (leaving.moving_to, leaving.moves_at) == ("", None)


def test_one_operation_leads_once(workshop: Workshop, ada_in: Participant, mia_in: Participant) -> None:
    operation = uuid4()

    for _ in range(2):
        countdowns.announce(workshop, seen="deliver", to="customers", by=ada_in, operation=operation)

    assert Event.objects.filter(topic=workshop.topic, kind="move-announced").count() == 1


def test_a_look_costs_nothing_more_before_it_is_due(leaving: Workshop) -> None:
    with CaptureQueriesContext(connection) as queries:
        countdowns.arrive(leaving)

    assert len(queries) == 0
