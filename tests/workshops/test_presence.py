"""Who is here, and who may take over where nobody leads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mdd.live import steps
from mdd.models import User
from tests.workshops.posting import send, url
from workshops import presence
from workshops.models import Participant, Workshop
from workshops.parts import BESIDE, Audience


def seen(person: Participant, seconds: int) -> None:
    ago = timezone.now() - timedelta(seconds=seconds)
    Participant.objects.filter(pk=person.pk).update(last_seen_at=ago, joined_at=ago)
    person.refresh_from_db()


@pytest.mark.parametrize(("seconds", "is_here"), [(40, True), (50, False)])
def test_who_was_seen_within_45_seconds_is_here(gus: Participant, seconds: int, is_here: bool) -> None:
    seen(gus, seconds)

    assert presence.is_here(gus) is is_here


@pytest.mark.parametrize("page", ["workshop", "lobby"])
def test_looking_is_being_seen(as_gus: Client, gus: Participant, workshop: Workshop, page: str) -> None:
    seen(gus, 50)

    as_gus.get(url(page, workshop))

    gus.refresh_from_db()
    assert presence.is_here(gus)


def test_it_is_written_down_every_15_seconds_at_most(as_gus: Client, gus: Participant, workshop: Workshop) -> None:
    seen(gus, 10)
    before = gus.last_seen_at

    as_gus.get(url("workshop", workshop))

    gus.refresh_from_db()
    assert gus.last_seen_at == before


@pytest.mark.parametrize(("seconds", "is_offered"), [(50, False), (70, True)])
def test_members_may_take_over_when_nobody_leads_for_a_minute(
    as_mia: Client, ada_in: Participant, workshop: Workshop, seconds: int, is_offered: bool
) -> None:
    seen(ada_in, seconds)

    page = as_mia.get(workshop.get_absolute_url()).content.decode()

    assert ("Take over" in page) is is_offered


def test_taking_over_is_facilitating(as_mia: Client, ada_in: Participant, workshop: Workshop, mia: User) -> None:
    seen(ada_in, 70)

    send(as_mia, "facilitate", workshop)

    assert Participant.objects.get(workshop=workshop, user=mia).is_facilitator


@pytest.mark.parametrize("who", ["as_gus", "as_vic"])
def test_who_is_no_member_is_not_asked_to_take_over(
    request: pytest.FixtureRequest, ada_in: Participant, workshop: Workshop, who: str
) -> None:
    client = request.getfixturevalue(who)
    seen(ada_in, 70)

    assert "Take over" not in client.get(workshop.get_absolute_url()).content.decode()


@pytest.mark.parametrize("audience", [each for each in Audience if each not in BESIDE])
def test_the_next_sign_of_life_offers_members_to_take_over(
    ada_in: Participant, workshop: Workshop, audience: Audience
) -> None:
    """Nothing happens when somebody is gone, so that the beat, which draws everything again, brings it."""
    seen(ada_in, 50)
    before = steps.whole(workshop.topic_id, [audience])[audience].groups["door"]["door"]
    seen(ada_in, 70)
    after = steps.whole(workshop.topic_id, [audience])[audience].groups["door"]["door"]

    assert "Take over" not in before
    assert ("Take over" in after) is (audience == Audience.MEMBER)
