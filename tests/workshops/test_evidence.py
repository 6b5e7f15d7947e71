"""Evidence that comes as a table: read line by line, looked at first, thrown like any card."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mdd.models import Squad, User
from tests.workshops.boards import make_card, make_workshop, page_of
from workshops import evidence
from workshops.models import Card, Stage, Workshop


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return make_workshop(squad, ada, stage=Stage.THROW)


def send(client: Client, workshop: Workshop, route: str = "evidence", **data: Any) -> HttpResponse:
    url = reverse(f"workshops:{route}", args=[workshop.pk])
    sent = {"operation": uuid4(), "seen": workshop.stage} | data
    return cast("HttpResponse", client.post(url, sent, follow=True))


def cards() -> list[tuple[str, str, int]]:
    return list(Card.objects.order_by("pk").values_list("text", "kind", "weight"))


@pytest.mark.parametrize(
    ("pasted", "texts"),
    [
        ("Late bags", [("Late bags", 1)]),
        ("Late bags,12\nCold coffee,3", [("Late bags", 12), ("Cold coffee", 3)]),
        ("text,count\r\nLate bags,12\r\n", [("Late bags", 12)]),
        ("Late bags;12\nCold, bad coffee;3", [("Late bags", 12), ("Cold, bad coffee", 3)]),
        ("Late bags\t12", [("Late bags", 12)]),
        ('"Late, again",2', [("Late, again", 2)]),
        ('"He said ""late""",2', [('He said "late"', 2)]),
        ("Late bags,2\nlate  BAGS\nLate bags,3", [("Late bags", 6)]),
        ("\n\n  Late bags , 4 ,\n\n", [("Late bags", 4)]),
        ("", []),
    ],
)
def test_a_line_is_a_text_and_how_often_it_came_up(pasted: str, texts: list[tuple[str, int]]) -> None:
    found = evidence.read(pasted)

    assert [(each.text, each.weight) for each in found.thoughts] == texts
    assert found.left_out == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Late, again", "Line 2: “again” is no count."),
        ("Late,0", "Line 2: “0” is no count."),
        ("Late,-3", "Line 2: “-3” is no count."),
        ("Late,10000", "Line 2: “10000” is no count."),
        ("Late,²", "Line 2: “²” is no count."),
        ("Late,a,b", "Line 2: there are more than two columns."),
        ("x" * 141, "Line 2: A card holds 140 characters; this has 141."),
        ("left\u202eright", "Line 2: There is an invisible character in it"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(line: str, said: str) -> None:
    found = evidence.read(f"First,2\n{line}\nLast,3")

    assert [(each.text, each.weight) for each in found.thoughts] == [("First", 2), ("Last", 3)]
    assert len(found.left_out) == 1
    assert found.left_out[0].startswith(said)


def test_the_list_is_looked_at_before_anything_is_thrown(as_mia: Client, workshop: Workshop) -> None:
    page = send(as_mia, workshop, text="Late bags,12\nCold, coffee\nOld news").content.decode()

    assert "Throw 2 cards" in page
    assert "×12" in page
    assert "1 line is left out" in page
    assert "Line 2: “coffee” is no count." in page
    assert not Card.objects.exists()


def test_a_file_is_read_as_spreadsheets_write_it(as_mia: Client, workshop: Workshop) -> None:
    for content in ("\ufeffZu spät;4".encode(), "Zu spät;4".encode("cp1252")):
        page = send(as_mia, workshop, file=SimpleUploadedFile("remarks.csv", content)).content.decode()

        assert "Zu spät" in page
        assert "×4" in page


def test_what_was_looked_at_is_thrown_face_down(as_mia: Client, as_ada: Client, workshop: Workshop) -> None:
    page = send(as_mia, workshop, "throw-evidence", text="Late bags,12\nLost").content.decode()

    assert cards() == [("Late bags", "evidence", 12), ("Lost", "evidence", 1)]
    assert "2 cards thrown." in page
    assert "×12" in page
    assert "Late bags" not in page_of(as_ada, workshop)


def test_thrown_twice_it_is_there_once(as_mia: Client, workshop: Workshop) -> None:
    key = uuid4()

    for _ in range(2):
        send(as_mia, workshop, "throw-evidence", text="Late bags,12", operation=key)

    assert len(cards()) == 1


def test_everybody_sees_the_count_once_it_lies_face_up(as_mia: Client, workshop: Workshop, ada: User) -> None:
    make_card(workshop, ada, "Late bags", kind="evidence", weight=12)

    for stage in ("throw", "group", "prune"):
        Workshop.objects.update(stage=stage)
        assert "×12" in page_of(as_mia, workshop)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Paste a list or choose a file."),
        ({"text": " \n "}, "Paste a list or choose a file."),
        ({"text": "Late,often"}, "Line 1: “often” is no count."),
        ({"text": "\n".join(f"Remark {n}" for n in range(301))}, "Bring at most 300 cards at a time; these are 301."),
        ({"file": SimpleUploadedFile("big.csv", b"x" * 200_001)}, "The file is too large"),
    ],
)
def test_what_cannot_be_brought_is_asked_again(
    as_mia: Client, workshop: Workshop, sent: dict[str, Any], said: str
) -> None:
    response = send(as_mia, workshop, **sent)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert str(sent.get("text", "")).strip() in response.content.decode()


def test_who_only_looks_brings_nothing(as_vic: Client, workshop: Workshop) -> None:
    assert as_vic.get(reverse("workshops:evidence", args=[workshop.pk])).status_code == 403
