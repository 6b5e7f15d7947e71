"""Whoever is alone at the beginning is told how the others come in: on the squad's home, and in a workshop."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad
from tests.workshops.boards import page_of
from tests.workshops.posting import move, url
from workshops import codes, parts
from workshops.models import Participant, Workshop

ALONE = "You are alone here. Bring the others in:"


def test_an_admin_invites_from_the_squads_home(as_ada: Client, squad: Squad) -> None:
    page = as_ada.get(squad.get_absolute_url()).content.decode()

    assert f'href="{reverse("workshops:people", args=[squad.slug])}#invite"' in page


@pytest.mark.parametrize("who", ["as_mia", "as_vic"])
def test_who_may_not_invite_is_offered_nothing(request: pytest.FixtureRequest, squad: Squad, who: str) -> None:
    page = request.getfixturevalue(who).get(squad.get_absolute_url()).content.decode()

    assert "#invite" not in page


def test_who_begins_alone_finds_the_code(as_ada: Client, workshop: Workshop) -> None:
    page = page_of(as_ada, workshop)

    assert ALONE in page
    there = page.partition(ALONE)[2].partition("</a>")[0]
    assert f'href="{url("lobby", workshop)}"' in there
    assert f"code {codes.spaced(workshop.join_code or '')}" in there


def test_the_code_goes_once_somebody_comes(as_ada: Client, workshop: Workshop, mia_in: Participant) -> None:
    assert ALONE not in page_of(as_ada, workshop)
    assert "door" in (parts.touched(workshop, "participant-joined") or ())


def test_only_who_facilitates_is_told(as_vic: Client, as_mia: Client, workshop: Workshop) -> None:
    assert not any(ALONE in page_of(client, workshop) for client in (as_vic, as_mia))


@pytest.mark.parametrize(
    "change", [{"stage": "customers"}, {"is_locked": True}, {"state": "paused", "join_code": None}]
)
def test_nobody_is_called_later_or_through_a_locked_door(
    as_ada: Client, workshop: Workshop, change: dict[str, object]
) -> None:
    Workshop.objects.update(**change)

    assert ALONE not in page_of(as_ada, workshop)


def test_who_works_alone_by_choice_is_left_alone(as_mia: Client, alone: Workshop) -> None:
    assert ALONE not in page_of(as_mia, move(alone, "deliver"))
