"""Two people group cards at once, each in a browser of their own."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from mdd.models import Event, User
from tests.browser.room.following import follows
from tests.browser.room.lying import LATE, bucket, card, place
from tests.browser.room.visitors import Visit, waylay
from tests.workshops.boards import make_card
from workshops.actions import cards
from workshops.models import Card, Participant, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

SOON = 5_000
BAGS, COFFEE = "Late bags", "Is the coffee warm?"


@pytest.fixture(autouse=True)
def _cards(workshop: Workshop, ada: User) -> None:
    Workshop.objects.update(stage="group")
    for text in (LATE, BAGS, COFFEE):
        make_card(workshop, ada, text)


def test_two_who_move_one_card_at_once_see_one_end_and_the_later_one_a_sentence(
    visit: Visit, ada: User, mia: User
) -> None:
    hers, mine = (follows(visit(user).open()) for user in (ada, mia))
    on_its_way: list[Route] = []

    def hold(route: Route) -> None:
        on_its_way.append(route)

    waylay(mine, "**/cards/move/", hold, times=1)
    for page in (hers, mine):
        page.route("**/cards/hold/", lambda route: route.abort())  # neither hears that the other has it in hand
        card(page, LATE).click()
    bucket(mine, "System Health").locator("[data-put]").click()
    bucket(hers, "Usage").locator("[data-put]").click()
    for page in (hers, mine):
        expect(bucket(page, "Usage").locator(".note")).to_have_count(1)

    on_its_way[0].continue_()

    expect(mine.locator(".toast")).to_have_text(re.compile(f"Ada put “{LATE}” in Usage meanwhile"))
    for page in (hers, mine):
        expect(bucket(page, "Usage").locator(".note")).to_have_count(1)
        expect(page.locator(".tangle .note")).to_have_count(2)
    expect(hers.locator(".toast")).to_have_count(0)
    assert place(LATE) == "Usage"
    assert Event.objects.filter(kind="cards-moved").count() == 1


def test_a_card_that_is_worded_anew_while_another_one_groups_it_lands_with_its_new_words(
    visit: Visit, workshop: Workshop, ada: User, mia: User
) -> None:
    hers = follows(visit(mia).open())
    card(hers, LATE).click()
    author = Participant.objects.get(workshop=workshop, user=ada)
    row = Card.objects.select_related("workshop__topic").get(text=LATE)
    cards.reword(row, text="Crews that are late", kind="question", expectation=None, by=author, operation=uuid4())
    expect(card(hers, "Crews that are late").locator(":checked")).to_have_count(1)

    bucket(hers, "Usage").locator("[data-put]").click()

    expect(bucket(hers, "Usage")).to_contain_text("Crews that are late")
    assert place("Crews that are late") == "Usage"


def test_a_suggestion_is_accepted_while_its_card_is_dragged_away(visit: Visit, ada: User, mia: User) -> None:
    hers, mine = (follows(visit(user).open()) for user in (ada, mia))
    mine.get_by_role("button", name="Suggest groups").click()
    expect(mine.locator(".proposed")).to_have_count(1)
    lift(hers, card(hers, LATE))
    over(hers, bucket(hers, "Usage"))

    hers.mouse.up()
    expect(card(mine, LATE).locator("xpath=ancestor::section")).to_contain_text("Usage")
    mine.get_by_role("button", name="Accept all").click()

    expect(mine.locator(".toast", has_text=LATE)).to_be_visible()
    expect(mine.locator(".tangle .note")).to_have_count(1)
    assert place(LATE) == "Usage"
    assert place(BAGS) not in {"", "Usage"}


def test_others_see_who_has_a_card_in_hand_and_may_take_it_when_they_idle(visit: Visit, ada: User, mia: User) -> None:
    hers, mine = (follows(visit(user).open()) for user in (ada, mia))

    card(hers, LATE).click()

    expect(card(mine, LATE)).to_have_attribute("data-holder", "Ada holds this")
    card(mine, LATE).click()
    expect(mine.locator(".note :checked")).to_have_count(0)
    expect(card(mine, LATE)).not_to_have_attribute("data-holder", "Ada holds this")
    card(mine, LATE).click()
    expect(mine.locator(".note :checked")).to_have_count(1)


def test_what_has_been_put_somewhere_lies_there_for_all_and_is_in_nobodys_hand(
    visit: Visit, ada: User, mia: User
) -> None:
    hers, mine = (follows(visit(user).open()) for user in (ada, mia))

    card(hers, LATE).click()
    card(hers, BAGS).get_by_role("button", name="Group with this").click()
    for page in (hers, mine):
        expect(page.locator(".bucket[id]", has_text=BAGS).locator(".note")).to_have_count(2, timeout=SOON)
    expect(hers.locator(".note :checked")).to_have_count(0)
    expect(hers.get_by_role("button", name="Put back")).to_be_hidden()

    card(hers, LATE).click()
    bucket(hers, "Usage").locator("[data-put]").click()
    expect(bucket(hers, "Usage").locator(".note")).to_have_count(1)
    assert (place(LATE), place(BAGS)) == ("Usage", "Late")


def test_a_bucket_without_a_title_is_asked_again_where_it_is_to_be_named(visit: Visit, ada: User) -> None:
    page = follows(visit(ada).open())
    title = page.get_by_placeholder("What do these ask together?")

    title.fill(" ")
    page.get_by_role("button", name="Open it").click()

    expect(page.locator("#bucket-title-error")).to_be_visible()
    expect(title).to_be_focused()


def test_what_others_move_is_counted_aloud_and_not_read_out(visit: Visit, ada: User, mia: User) -> None:
    hers, mine = (follows(visit(user).open()) for user in (ada, mia))

    for text in (LATE, BAGS):
        card(hers, text).click()
    bucket(hers, "Usage").locator("[data-put]").click()

    expect(mine.locator("board-voice")).to_have_text("2 cards joined Usage")
    expect(hers.locator("board-voice")).to_be_empty()


def lift(page: Page, note: Locator) -> None:
    box = note.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 45, box["y"] + 25, steps=3)


def over(page: Page, target: Locator) -> None:
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)


def test_the_tangle_is_not_called_empty_while_cards_lie_face_down(visit: Visit, mia: User) -> None:
    Card.objects.update(is_revealed=False)

    page = visit(mia).open()

    expect(page.get_by_text("3 cards lie face down.")).to_be_visible()
    expect(page.get_by_text("Nothing lies loose.")).to_be_hidden()
