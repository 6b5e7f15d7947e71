"""What still lies face down is said before everybody goes on, and turning it up is the main thing to do."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from mdd.models import Squad, User
from tests.builders import make_answer, make_expectation
from tests.workshops.boards import make_card, page_of
from tests.workshops.posting import move, post, send
from workshops import parts
from workshops.models import Opinion, Participant, Workshop
from workshops.parts import Audience, SharedRoom
from workshops.readings import Reading

ASKS = "1 thing still lies face down here."


def main_buttons(page: str) -> list[str]:
    """What the green buttons say, of those that turn up or lead on."""
    said = re.findall(r'class="button button--main"[^>]*>\s*([^<]*?)\s*<', page)
    return [" ".join(words.split()) for words in said if words.startswith(("Reveal", "Next"))]


def going_on_of(page: HttpResponse) -> list[tuple[str, str]]:
    """What the button sends that goes on anyway."""
    form = page.content.decode().partition(ASKS)[2].partition("</form>")[0]
    return re.findall(r'name="(anyway|to)" value="([^"]*)"', form)


def lay_face_down(workshop: Workshop, by: User) -> None:
    """Something that only its author sees, at the stage where everybody is."""
    match workshop.stage:
        case "deliver":
            make_answer(workshop, by, text="Departures")
        case "meeting":
            about = make_expectation(workshop.squad, by)
            me = Participant.objects.get(workshop=workshop, user=by)
            Opinion.objects.create(workshop=workshop, expectation=about, participant=me, verdict="met")
        case _board:
            make_card(workshop, by, is_revealed=False)


@pytest.mark.parametrize(
    ("stage", "reveals"),
    [
        ("deliver", ["Reveal all"]),
        ("meeting", ["Reveal all"]),
        ("throw", ["Reveal all cards"]),
        ("group", ["Reveal all cards"]),
        ("prune", ["Reveal all cards"]),
    ],
)
def test_while_something_lies_face_down_going_on_says_so_first(
    as_ada: Client, ada: User, workshop: Workshop, stage: str, reveals: list[str]
) -> None:
    lay_face_down(move(workshop, stage), ada)

    page = page_of(as_ada, workshop)

    assert main_buttons(page) == reveals
    assert ASKS in page
    assert "Go on anyway" in page


@pytest.mark.parametrize("stage", ["deliver", "meeting", "throw", "group", "prune", "focus"])
def test_where_nothing_lies_face_down_going_on_is_the_main_thing(
    as_ada: Client, workshop: Workshop, stage: str
) -> None:
    page = page_of(as_ada, move(workshop, stage))

    assert len(main_buttons(page)) == 1
    assert main_buttons(page)[0].startswith("Next: ")
    assert "Go on anyway" not in page


@pytest.mark.parametrize("to", ["customers", "wrap-up"])
def test_a_step_forward_says_first_what_would_be_left_and_then_goes(
    as_ada: Client, ada: User, workshop: Workshop, to: str
) -> None:
    lay_face_down(workshop, ada)

    asked = post(as_ada, "move", workshop, seen="deliver", to=to)

    stays = Workshop.objects.get(pk=workshop.pk).stage
    send(as_ada, "move", workshop, seen="deliver", **dict(going_on_of(asked)))
    assert (asked.status_code, stays) == (422, "deliver")
    assert ASKS in asked.content.decode().partition("<details open>")[2].partition("</details>")[0]
    assert Workshop.objects.get(pk=workshop.pk).stage == to


@pytest.mark.parametrize(("stage", "to"), [("group", "deliver"), ("focus", "wrap-up")])
def test_a_step_that_leaves_nothing_is_gone_at_once(
    as_ada: Client, ada: User, workshop: Workshop, stage: str, to: str
) -> None:
    lay_face_down(move(workshop, stage), ada)

    send(as_ada, "move", workshop, seen=stage, to=to)

    assert Workshop.objects.get(pk=workshop.pk).stage == to


def test_alone_a_step_asks_nothing(as_mia: Client, mia: User, alone: Workshop) -> None:
    lay_face_down(alone, mia)

    send(as_mia, "move", alone, seen="deliver", to="throw")

    assert Workshop.objects.get(pk=alone.pk).stage == "throw"


@pytest.mark.parametrize(("stage", "kind"), [("deliver", "answers-written"), ("throw", "cards-thrown")])
def test_who_facilitates_is_told_by_the_stream(workshop: Workshop, ada: User, stage: str, kind: str) -> None:
    lay_face_down(move(workshop, stage), ada)
    names = parts.touched(workshop, kind)

    of_lead = parts.draw(SharedRoom.of(Reading(workshop), Audience.LEAD), names)
    of_member = parts.draw(SharedRoom.of(Reading(workshop), Audience.MEMBER), names)

    assert ASKS in of_lead["next-stage"]["next-stage"]
    assert "next-stage" not in of_member


def test_alone_nothing_is_asked(as_mia: Client, alone: Workshop, squad: Squad) -> None:
    assert main_buttons(page_of(as_mia, alone)) == ["Next: Customers"]
