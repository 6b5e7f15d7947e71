"""Who was slower is told who was faster, and offered to do it all the same; what is a metric stays where it is."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from mdd.live import key_of
from mdd.models import Event, Squad, User
from tests.workshops import builders_focus
from tests.workshops.boards import bucket_of, held, make_card, make_workshop, place_of, post, send
from tests.workshops.posting import move, url
from tests.workshops.test_grouping import place
from workshops.actions import suggesting
from workshops.models import Bucket, Card, Suggestion, Workshop

SAID = "Ada put “Who waits?” in System Health meanwhile, so it stays there."


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return make_workshop(squad, ada)


@pytest.fixture
def card(workshop: Workshop, ada: User) -> Card:
    return make_card(workshop, ada)


@pytest.fixture
def seen(as_ada: Client, workshop: Workshop, card: Card) -> str:
    """The card as Mia has it in hand, while Ada has put it in System Health."""
    before = held(card)
    send(as_ada, workshop, "move-cards", to=bucket_of(workshop, "System Health").pk, card=before)
    return before


def offer(page: str) -> dict[str, Any]:
    """What the form in the toast would send."""
    form = page[page.index('<div class="toast__words">') : page.index("</form>", page.index("toast__words"))]
    found = re.findall(r'name="(card|to)"\s+value="([^"]*)"', form)
    return dict(found)


def test_who_was_slower_may_put_it_there_all_the_same(
    as_mia: Client, workshop: Workshop, card: Card, seen: str
) -> None:
    page = post(as_mia, workshop, "move-cards", to=bucket_of(workshop).pk, card=seen)
    assert SAID in page
    assert "Put it in Usage all the same" in page

    page = post(as_mia, workshop, "move-cards", **offer(page))

    assert place(card) == ("Usage", "grouped")
    assert SAID not in page
    assert "Moved 1 card to Usage." in page


def test_who_wanted_it_out_may_take_it_out_all_the_same(
    as_ada: Client, as_mia: Client, workshop: Workshop, card: Card, seen: str
) -> None:
    card.refresh_from_db()
    in_health = held(card)
    send(as_ada, workshop, "move-cards", to=bucket_of(workshop).pk, card=in_health)

    page = post(as_mia, workshop, "move-cards", to="", card=in_health)
    send(as_mia, workshop, "move-cards", **offer(page))

    assert place(card) == ("", "thrown")


def test_who_wanted_the_same_is_offered_nothing(as_mia: Client, workshop: Workshop, seen: str) -> None:
    page = post(as_mia, workshop, "move-cards", to=bucket_of(workshop, "System Health").pk, card=seen)

    assert SAID in page
    assert "all the same" not in page


def test_a_bucket_that_was_not_opened_is_not_offered(as_mia: Client, workshop: Workshop, ada: User, seen: str) -> None:
    mate = make_card(workshop, ada, "Who calls?")
    Card.objects.filter(pk=mate.pk).update(bucket=None)

    page = post(as_mia, workshop, "open-bucket", title="Late", card=seen)

    assert SAID in page
    assert 'value="Late"' in page
    assert "all the same" not in page
    assert not Bucket.objects.filter(title="Late").exists()


def test_the_title_of_a_bucket_that_was_not_opened_comes_back_where_its_stage_is_over(
    as_mia: Client, mia: User, workshop: Workshop, seen: str
) -> None:
    move(workshop, "prune")
    sent = {"title": "Late", "card": seen, "operation": uuid4()}

    answer = as_mia.post(url("open-bucket", workshop), sent, headers={"MDD-Person": key_of(mia)})

    assert (answer.status_code, SAID in answer.content.decode()) == (410, True)


def test_hostile_words_in_it_stay_words(as_mia: Client, workshop: Workshop, card: Card, seen: str) -> None:
    Card.objects.filter(pk=card.pk).update(text="<img src=x onerror=hit()>")
    Bucket.objects.filter(title="Usage").update(title="<script>hit()</script>")

    page = post(as_mia, workshop, "move-cards", to=Bucket.objects.all()[0].pk, card=seen)

    assert "all the same" in page
    assert "<img src=x" not in page
    assert "<script>hit" not in page


@pytest.fixture
def adopted(workshop: Workshop, ada: User) -> Card:
    card = make_card(workshop, ada, "How many?", bucket=bucket_of(workshop), state="survived")
    builders_focus.adopt(card, place_of(workshop, ada))
    return card


def test_what_is_a_metric_stays_where_it_is(as_mia: Client, workshop: Workshop, adopted: Card) -> None:
    page = post(as_mia, workshop, "move-cards", to="", card=held(adopted))

    assert "“How many?” is a metric already, so it stays where it is." in page
    assert place(adopted)[0] == "Usage"


def test_the_rest_of_a_bucket_is_poured_without_it(
    as_mia: Client, workshop: Workshop, ada: User, adopted: Card
) -> None:
    other = make_card(workshop, ada, "Who calls?", bucket=bucket_of(workshop))
    into = bucket_of(workshop, "System Health").pk

    page = post(as_mia, workshop, "merge-bucket", bucket_of(workshop).pk, into=into)

    assert "is a metric already" in page
    assert (place(other)[0], place(adopted)[0]) == ("System Health", "Usage")


def test_a_move_is_not_undone_under_a_metric(as_mia: Client, workshop: Workshop, ada: User) -> None:
    card = make_card(workshop, ada, "How many?", bucket=bucket_of(workshop, "System Health"), state="survived")
    send(as_mia, workshop, "move-cards", to=bucket_of(workshop).pk, card=held(card))
    builders_focus.adopt(card, place_of(workshop, ada))

    page = post(as_mia, workshop, "undo", of=Event.objects.get(kind="cards-moved").operation)

    assert "is a metric already" in page
    assert place(card)[0] == "Usage"


@pytest.fixture
def accepted(as_mia: Client, workshop: Workshop, ada: User, mia: User) -> list[Card]:
    """Two cards that were suggested to Mia as one group, which she has accepted."""
    cards = [make_card(workshop, ada, text) for text in ("Late bags", "Late crews")]
    suggesting.keep(suggesting.Group(cards, None, "Late"), place_of(workshop, mia))
    send(as_mia, workshop, "accept-suggestion")
    return cards


def turn(client: Client, workshop: Workshop, what: str) -> str:
    return post(client, workshop, what, of=Event.objects.get(kind="suggestion-accepted").operation)


def suggested() -> list[tuple[str, list[str]]]:
    rows = Suggestion.objects.prefetch_related("cards__card")
    return [(row.title or str(row.bucket), [each.card.text for each in row.cards.all()]) for row in rows]


def test_an_undone_suggestion_is_suggested_again(as_mia: Client, workshop: Workshop, accepted: list[Card]) -> None:
    page = turn(as_mia, workshop, "undo")

    assert "Suggested groups" in page
    assert suggested() == [("Late", ["Late bags", "Late crews"])]
    assert not Bucket.objects.filter(title="Late").exists()


def test_a_redone_one_is_not(as_mia: Client, workshop: Workshop, accepted: list[Card]) -> None:
    turn(as_mia, workshop, "undo")

    page = turn(as_mia, workshop, "redo")

    assert "Suggested groups" not in page
    assert suggested() == []
    assert [place(card)[0] for card in accepted] == ["Late", "Late"]


def test_what_was_asked_for_since_stays_as_it_is(
    as_mia: Client, workshop: Workshop, mia: User, accepted: list[Card]
) -> None:
    suggesting.keep(suggesting.Group(accepted[:1], None, "Bags"), place_of(workshop, mia))

    turn(as_mia, workshop, "undo")

    assert suggested() == [("Bags", ["Late bags"]), ("Late", ["Late crews"])]


def test_a_bucket_that_stays_is_suggested_itself(as_mia: Client, workshop: Workshop, accepted: list[Card]) -> None:
    send(as_mia, workshop, "rename-bucket", bucket_of(workshop, "Late").pk, title="How late?")

    turn(as_mia, workshop, "undo")

    assert suggested() == [("How late?", ["Late bags", "Late crews"])]
