"""The board as Markdown, JSON and CSV, on paper, and back again."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mdd.models import Event, Squad, User
from tests.builders import make_expectation
from tests.workshops.boards import bucket_of, make_card, make_workshop, place_of
from workshops import board_files, board_reading, copies
from workshops.actions import importing
from workshops.copies import BoardCopy, BucketCopy, CardCopy
from workshops.models import Bucket, Card, CardWording, Keep, Vote, Workshop

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "# not a heading [link](javascript:alert(1))",
    "שלום, כמה זה עולה?",
    "كم عدد التذاكر؟",
    "👩‍👩‍👧‍👦 how many families?",
    '"quoted", with; commas',
    "{{ 7*7 }} {% now %}",
    "x" * 140,
)


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    """A card in every state, with everything that it can carry."""
    made = make_workshop(squad, ada)
    usage = bucket_of(made)
    Bucket.objects.filter(pk=usage.pk).update(question="Do they come back?", if_rises="", if_falls="call them")
    make_card(made, ada, "Who calls?", bucket=usage, kind="metric", expectation=make_expectation(squad, ada))
    make_card(made, ada, "How often?", bucket=usage, state="survived")
    parked = make_card(made, ada, "Later?", state="parked", reason="later", parked_until=date(2027, 2, 1))
    CardWording.objects.create(card=parked, text="Sooner?", by=place_of(made, ada))
    for text in HOSTILE:
        make_card(made, ada, text)
    make_card(made, ada, "sesame", is_revealed=False)
    return made


def export(client: Client, workshop: Workshop, kind: str) -> str:
    return client.get(reverse("workshops:export-board", args=[workshop.pk, kind])).content.decode()


def send(client: Client, squad: Squad, content: bytes | str, **data: Any) -> Any:
    url = reverse("workshops:import-board", args=[squad.slug])
    file = SimpleUploadedFile("board.json", content.encode() if isinstance(content, str) else content)
    return client.post(url, {"file": file, "operation": uuid4()} | data)


def test_the_json_of_a_board_brings_back_an_equal_one(as_mia: Client, squad: Squad, workshop: Workshop) -> None:
    response = send(as_mia, squad, export(as_mia, workshop, "json"))

    again = Workshop.objects.exclude(pk=workshop.pk).get()
    assert response["Location"] == again.get_absolute_url()
    assert copies.of(again) == copies.of(workshop)
    assert again.participants.get().member.name == "Mia"


def test_its_own_json_is_the_same_file_again(as_mia: Client, squad: Squad, workshop: Workshop) -> None:
    said = export(as_mia, workshop, "json")
    send(as_mia, squad, said)

    assert export(as_mia, Workshop.objects.latest("pk"), "json") == said


def test_the_new_one_has_a_title_of_its_own_if_wanted(as_mia: Client, squad: Squad, workshop: Workshop) -> None:
    send(as_mia, squad, export(as_mia, workshop, "json"), title="Spring, again")

    assert Workshop.objects.latest("pk").title == "Spring, again"


def test_sent_twice_it_is_one_workshop(as_mia: Client, squad: Squad, workshop: Workshop) -> None:
    said, key = export(as_mia, workshop, "json"), uuid4()

    for _ in range(2):
        send(as_mia, squad, said, operation=key)

    assert Workshop.objects.count() == 2


def test_an_anonymous_board_comes_back_as_one(as_mia: Client, squad: Squad, workshop: Workshop) -> None:
    said = json.loads(export(as_mia, workshop, "json")) | {"is_anonymous": True}

    send(as_mia, squad, json.dumps(said))

    again = Workshop.objects.latest("pk")
    assert again.is_anonymous
    assert set(Card.objects.filter(workshop=again).values_list("participant", flat=True)) == {None}


@pytest.mark.parametrize("kind", ["md", "json", "csv"])
def test_what_is_private_is_in_no_file(as_ada: Client, workshop: Workshop, ada: User, kind: str) -> None:
    me = place_of(workshop, ada)
    card = Card.objects.get(text="Who calls?")
    Keep.objects.create(card=card, participant=me, value="park", reason="gaming")
    Vote.objects.create(bucket=bucket_of(workshop), participant=me, dots=913)

    said = export(as_ada, workshop, kind)

    assert "sesame" not in said
    assert "gaming" not in said
    assert "913" not in said
    assert "Ada" not in said


def test_dots_are_told_once_they_are_open(as_ada: Client, workshop: Workshop, ada: User) -> None:
    Vote.objects.create(bucket=bucket_of(workshop), participant=place_of(workshop, ada), dots=7, is_revealed=True)

    assert json.loads(export(as_ada, workshop, "json"))["buckets"][0]["dots"] == 7
    assert "**Dots:** 7" in export(as_ada, workshop, "md")


def test_no_cell_of_the_csv_is_a_formula(as_vic: Client, workshop: Workshop) -> None:
    rows = list(csv.reader(StringIO(export(as_vic, workshop, "csv").removeprefix("\ufeff"))))

    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert '\'=HYPERLINK("http://evil.example","x")' in cells
    assert len(rows) == 1 + 3 + len(HOSTILE)


def test_nothing_in_the_markdown_becomes_html_or_a_link(as_vic: Client, workshop: Workshop) -> None:
    said = export(as_vic, workshop, "md")

    assert "## Usage\n\n**One question:** Do they come back?" in said
    assert "<script>" not in said.replace("\\<script\\>", "")
    assert "[link]" not in said.replace("\\[link\\]", "")


def test_on_paper_it_says_everything_and_runs_nothing(as_vic: Client, workshop: Workshop) -> None:
    page = as_vic.get(reverse("workshops:board", args=[workshop.pk])).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "Do they come back?" in page
    assert "asks again 1 Feb 2027" in page
    assert "sesame" not in page


def test_an_empty_board_says_what_to_do(as_vic: Client, squad: Squad, ada: User) -> None:
    page = as_vic.get(reverse("workshops:board", args=[make_workshop(squad, ada).pk])).content.decode()

    assert "No card lies face up yet" in page


BROKEN: dict[str, object] = {
    "no-json": b"hello",
    "no-text": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
    "a-list": [],
    "other-format": {"format": "trello"},
    "other-version": {"format": "mdd-board", "version": 2},
    "no-title": {"title": ""},
    "no-cards": {"cards": None},
    "cards-of-words": {"cards": ["Why?"]},
    "no-bucket": {"cards": [{"text": "Why?", "kind": "metric", "state": "grouped", "reason": "", "bucket": 9}]},
    "true-bucket": {"cards": [{"text": "Why?", "kind": "metric", "state": "grouped", "reason": "", "bucket": True}]},
    "thrown-in-a-bucket": {"cards": [{"text": "Why?", "kind": "metric", "state": "thrown", "reason": "", "bucket": 0}]},
    "parked-without-a-reason": {"cards": [{"text": "Why?", "kind": "metric", "state": "parked", "reason": ""}]},
    "kind-unknown": {"cards": [{"text": "Why?", "kind": "wish", "state": "thrown", "reason": ""}]},
    "kind-a-list": {"cards": [{"text": "Why?", "kind": [], "state": "thrown", "reason": ""}]},
    "long": {"cards": [{"text": "x" * 141, "kind": "metric", "state": "thrown", "reason": ""}]},
    "number": {"cards": [{"text": 7, "kind": "metric", "state": "thrown", "reason": ""}]},
    "reordering": {"cards": [{"text": "a\u202eb", "kind": "metric", "state": "thrown", "reason": ""}]},
    "nul": {"cards": [{"text": "a\0b", "kind": "metric", "state": "thrown", "reason": ""}]},
    "half-a-sign": {"cards": [{"text": "a\ud800b", "kind": "metric", "state": "thrown", "reason": ""}]},
    "no-day": {"cards": [{"text": "a", "kind": "metric", "state": "parked", "reason": "later", "parked_until": "x"}]},
    "wordings": {"cards": [{"text": "a", "kind": "metric", "state": "thrown", "reason": "", "before": "abc"}]},
    "many": {"cards": [{"text": "a", "kind": "metric", "state": "thrown", "reason": ""}] * 1_001},
    "large": b" " * 1_000_001,
}


@pytest.mark.sampled
@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_file_is_one_sentence_and_keeps_what_was_typed(
    as_mia: Client, squad: Squad, workshop: Workshop, name: str
) -> None:
    whole = json.loads(board_files.as_json(copies.of(workshop)))
    bad = BROKEN[name]
    content = bad if isinstance(bad, bytes) else json.dumps(whole | bad if isinstance(bad, dict) else bad)

    response = send(as_mia, squad, content, title="Spring, again")

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count('class="field__error"') == 1
    assert "Spring, again" in page
    assert Workshop.objects.count() == 1


def test_without_a_file_it_asks_for_one(as_mia: Client, squad: Squad) -> None:
    response = as_mia.post(reverse("workshops:import-board", args=[squad.slug]), {"operation": uuid4()})

    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()


def test_an_import_is_the_first_thing_that_its_replay_tells(as_mia: Client, squad: Squad, workshop: Workshop) -> None:
    send(as_mia, squad, export(as_mia, workshop, "json"))

    again = Workshop.objects.latest("pk")
    page = as_mia.get(reverse("workshops:replay", args=[again.pk])).content.decode()
    assert "The board was read from a file." in page
    assert Event.objects.filter(topic=again.topic, kind="board-imported").count() == 1


WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=60
).filter(lambda text: any(sign.isalnum() for sign in text) and text == " ".join(text.split()))
CARDS = st.builds(
    CardCopy,
    text=WORDS,
    kind=st.sampled_from(Card.Kind.values),
    state=st.just("grouped"),
    bucket=st.just(0),
    before=st.lists(WORDS, max_size=2).map(tuple),
) | st.builds(
    CardCopy,
    text=WORDS,
    kind=st.sampled_from(Card.Kind.values),
    state=st.just("parked"),
    reason=st.just("later"),
    parked_until=st.none() | st.dates(),
)
BOARDS = st.builds(
    BoardCopy,
    title=WORDS,
    path=st.just("whole"),
    stage=st.just("group"),
    is_anonymous=st.booleans(),
    buckets=st.lists(
        st.builds(BucketCopy, title=WORDS, origin=st.just("human"), question=WORDS, if_rises=WORDS),
        min_size=1,
        max_size=3,
    ),
    cards=st.lists(CARDS, max_size=4),
)


@given(BOARDS)
def test_any_board_is_read_back_as_it_was_written(board: BoardCopy) -> None:
    assert board_reading.read(board_files.as_json(board).encode()) == board


def test_a_board_read_from_a_file_is_laid_out_as_it_says(squad: Squad, ada: User) -> None:
    cards = [CardCopy("Why?", "question", "grouped", bucket=1), CardCopy("When?", "hunch", "thrown")]
    buckets = [BucketCopy("A", "human"), BucketCopy("B", "human")]
    board = BoardCopy(title="Autumn", path="whole", stage="prune", is_anonymous=False, buckets=buckets, cards=cards)

    workshop = importing.restore(squad, board=board, title="Autumn", by=ada)

    assert copies.of(workshop) == board
