"""What a squad's workshops ask: its own words and minutes, or what ships."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mdd.models import AuditEntry, Squad, User
from workshops.actions.templates import as_shipped
from workshops.models import TimeBox, Workshop
from workshops.ways import ways


def said(path: str, **changes: object) -> dict[str, Any]:
    fields: dict[str, Any] = {"seen": "", "operation": uuid4()}
    for stage, (minutes, prompts) in as_shipped(path).items():
        fields |= {f"minutes-{stage}": minutes, f"prompts-{stage}": prompts}
    return fields | changes


def change(client: Client, squad: Squad, path: str, fields: dict[str, Any]) -> HttpResponse:
    answer = client.post(reverse("workshops:change-prompts", args=[squad.slug, path]), fields, follow=True)
    return cast("HttpResponse", answer)


def test_what_ships_adds_up(as_vic: Client, squad: Squad) -> None:
    page = as_vic.get(reverse("workshops:prompts", args=[squad.slug])).content.decode()

    assert "adds up to 90 minutes" in page
    assert "adds up to 15 minutes" in page
    assert "Keep these" not in page


@pytest.mark.parametrize("who", ["mia", "cory"])
def test_members_and_the_coach_edit(
    squad: Squad, client_of: Callable[[User], Client], request: pytest.FixtureRequest, who: str
) -> None:
    client = client_of(request.getfixturevalue(who))

    page = change(client, squad, "whole", said("whole", **{"minutes-deliver": 18, "prompts-deliver": " One?\n\nTwo? "}))

    assert "adds up to 100 minutes" in page.content.decode()
    assert TimeBox.objects.get(template__path="whole", stage="deliver").prompts == "One?\nTwo?"
    assert AuditEntry.objects.get().what == "prompts-changed"


def test_a_workshop_shows_the_squads_own_prompts(as_mia: Client, squad: Squad, workshop: Workshop) -> None:
    seen = ways(squad)[0].changed_at
    change(as_mia, squad, "whole", said("whole", seen=seen, **{"prompts-deliver": "What would burn?"}))

    assert "What would burn?" in as_mia.get(workshop.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes-deliver", "0"),
        ("minutes-deliver", "241"),
        ("minutes-deliver", "soon"),
        ("prompts-deliver", "p" * 1001),
        ("prompts-deliver", "fine\nab\u202ecd"),
    ],
)
def test_bad_prompts_are_asked_again_and_kept(as_mia: Client, squad: Squad, field: str, value: str) -> None:
    response = change(as_mia, squad, "whole", said("whole", **{field: value}))

    assert response.status_code == 422
    assert value in response.content.decode()
    assert not TimeBox.objects.exists()


def test_back_to_what_ships(as_mia: Client, squad: Squad) -> None:
    change(as_mia, squad, "alone", said("alone", **{"minutes-deliver": 20}))

    as_mia.post(reverse("workshops:shipped-prompts", args=[squad.slug, "alone"]), {"operation": uuid4()})

    assert [way.minutes for way in ways(squad)] == [90, 15]


def test_sending_twice_changes_once(as_mia: Client, squad: Squad) -> None:
    fields = said("whole", **{"minutes-deliver": 9})

    pages = [change(as_mia, squad, "whole", fields) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert AuditEntry.objects.count() == 1


def test_the_second_of_two_editors_is_told_and_may_insist(as_mia: Client, as_ada: Client, squad: Squad) -> None:
    change(as_ada, squad, "whole", said("whole", **{"minutes-deliver": 9}))

    response = change(as_mia, squad, "whole", said("whole", seen="2020", **{"minutes-deliver": 7}))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Somebody has changed these prompts meanwhile." in page
    assert 'value="7"' in page
    insisted = said("whole", seen=ways(squad)[0].changed_at, **{"minutes-deliver": 7})
    assert change(as_mia, squad, "whole", insisted).status_code == 200


def test_an_unknown_path_does_not_exist(as_mia: Client, squad: Squad) -> None:
    assert change(as_mia, squad, "sideways", {}).status_code == 404
