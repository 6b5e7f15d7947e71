"""Survivors that are left when a workshop closes become metrics in the days after."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.models import Squad, User
from tests.workshops import builders_focus as builders
from tests.workshops.adoption import url
from workshops.actions import adopting
from workshops.actions.refusals import TooLate
from workshops.models import Adoption, Card, Participant, Workshop

BUTTON = "Make it a metric"


def close(workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state="closed", join_code=None)


def test_what_is_left_at_the_close_becomes_a_metric(as_mia: Client, survivor: Card, mia: User) -> None:
    close(survivor.workshop)

    assert BUTTON in as_mia.get(survivor.workshop.get_absolute_url()).content.decode()
    as_mia.post(url(survivor), builders.typed(mia))

    assert Adoption.objects.get(card=survivor).by == mia


def test_who_watched_the_meeting_may_adopt_once_it_is_over(as_mia: Client, survivor: Card, mia: User) -> None:
    Participant.objects.create(workshop=survivor.workshop, user=mia, role=Participant.Role.OBSERVER)
    close(survivor.workshop)

    assert BUTTON in as_mia.get(survivor.workshop.get_absolute_url()).content.decode()
    as_mia.post(url(survivor), builders.typed(mia))

    assert Adoption.objects.filter(card=survivor).exists()


def test_who_only_looks_adopts_nothing_after_the_close(as_vic: Client, survivor: Card, vic: User) -> None:
    close(survivor.workshop)

    assert BUTTON not in as_vic.get(survivor.workshop.get_absolute_url()).content.decode()
    assert as_vic.post(url(survivor), builders.typed(vic)).status_code in {403, 404}


def test_a_group_that_is_back_adopts_nothing(wrapping: Workshop, survivor: Card, by: Participant) -> None:
    whole = builders.make_workshop(wrapping.squad, by.member)
    close(wrapping)
    Workshop.objects.filter(pk=wrapping.pk).update(parent=whole)

    with pytest.raises(TooLate, match="are with everybody already"):
        adopting.adopt(survivor, plan=builders.plan(by.member), by=by, operation=uuid4())


@pytest.mark.parametrize("stage", ["wrap-up", "focus"])
def test_home_leads_to_the_first_that_waits(
    as_mia: Client, squad: Squad, survivor: Card, mia: User, stage: str
) -> None:
    builders.make_card(survivor.workshop, bucket=survivor.bucket)
    close(survivor.workshop)
    Workshop.objects.update(stage=stage)

    step = as_mia.get(squad.get_absolute_url()).context["home"].loop.next

    assert BUTTON in as_mia.get(step.url).content.decode()
    as_mia.post(step.url, builders.typed(mia))
    assert Adoption.objects.get().card == survivor


def test_while_it_rests_no_form_is_shown_that_would_be_refused(as_mia: Client, survivor: Card) -> None:
    Workshop.objects.update(state="paused", join_code=None)

    response = as_mia.get(url(survivor), follow=True)

    assert response.redirect_chain[0][0] == survivor.workshop.get_absolute_url()
    assert "This workshop rests. Resume it first." in response.content.decode()
