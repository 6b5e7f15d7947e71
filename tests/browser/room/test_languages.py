"""Two people of one workshop read it in two languages, and pages are mirrored for those who write from the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from mdd.models import User
from tests.browser.axe import assert_accessible
from tests.browser.room.visitors import Visitor
from tests.browser.room.webs import Web
from tests.browser.shelf import Shelf, tab
from tests.languages import places
from workshops.actions import buckets, cards, moves
from workshops.models import Bucket, Card, Participant, Workshop
from workshops.thoughts import read

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

Opens = Callable[[User, str, int], Visitor]
OVER = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const cut = [...document.querySelectorAll('button, .button, .badge')].filter((one) =>
    one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1);
  return [Math.max(0, scrollWidth - clientWidth), cut.map((one) => one.textContent.trim())];
}"""


@pytest.fixture
def opens(shelf: Shelf, web: Web) -> Iterator[Opens]:
    """Somebody's browser of a language and a width; an error of a script in it fails the test."""
    opened = []

    def visited(user: User, language: str, width: int) -> Visitor:
        size = ViewportSize(width=width, height=900)
        context = shelf.take(viewport=size, locale=language, reduced_motion="reduce", service_workers="block")
        opened.append(context)
        visitor = Visitor(context, web.base, "/")
        visitor.become(user)
        return visitor

    yield visited
    shelf.put_back(*opened)


def room(opens: Opens, user: User, language: str, workshop: Workshop) -> Page:
    visitor = opens(user, language, 1280)
    page = visitor.tab(workshop.get_absolute_url())
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    return page


@pytest.fixture
def board(workshop: Workshop, mia: User) -> Workshop:
    """A workshop at its board, with one loose card."""
    Workshop.objects.filter(pk=workshop.pk).update(stage="group")
    place = Participant.objects.get(workshop=workshop, user=mia)
    workshop.refresh_from_db()
    cards.throw(workshop, thoughts=read("Open bugs"), expectation=None, is_hidden=False, by=place, operation=uuid4())
    return workshop


def test_two_people_see_the_board_move_each_in_their_language(
    opens: Opens, board: Workshop, ada: User, mia: User
) -> None:
    english, german = room(opens, ada, "en", board), room(opens, mia, "de", board)
    place, card = Participant.objects.get(workshop=board, user=mia), Card.objects.get(workshop=board)

    moves.move(board, held={card.pk: None}, to=Bucket.objects.filter(workshop=board)[0].pk, by=place, operation=uuid4())
    buckets.open_new(board, title="Fehler", held={}, by=place, operation=uuid4())

    expect(english.locator(".bucket", has_text="Open bugs")).to_contain_text("1 card")
    expect(german.locator(".bucket", has_text="Open bugs")).to_contain_text("1 Karte")
    expect(english.get_by_role("region", name="Fehler")).to_contain_text("empty")
    expect(german.get_by_role("region", name="Fehler")).to_contain_text("leer")
    for page, language in ((english, "en"), (german, "de")):
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert_accessible(page)


@pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("he", "rtl")])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_is_wider_than_the_screen(opens: Opens, ada: User, language: str, direction: str, width: int) -> None:
    addresses = places.make(ada.memberships.get().squad, ada)
    visitor, found = opens(ada, language, width), {}
    page = tab(visitor.context)

    for name, address in addresses.items():
        page.goto(visitor.base + address)
        expect(page.locator("html")).to_have_attribute("dir", direction)
        if (over := page.evaluate(OVER)) != [0, []]:
            found[name] = over

    assert found == {}


def test_a_mirrored_board_is_accessible_and_its_menus_stay_inside(opens: Opens, board: Workshop, ada: User) -> None:
    page = room(opens, ada, "he", board)

    page.locator(".bucket summary").last.click()
    menu = page.locator(".bucket details[open] form").first.bounding_box()

    assert menu
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 1280
    assert page.evaluate(OVER)[0] == 0
    assert_accessible(page)


def test_arrows_walk_the_way_that_they_point(opens: Opens, board: Workshop, ada: User) -> None:
    """From right to left the buckets lie to the left of the loose cards."""
    page = room(opens, ada, "he", board)
    place, card = Participant.objects.get(workshop=board, user=ada), Card.objects.get(workshop=board)
    other = Card.objects.create(workshop=board, participant=place, text="Closed bugs", is_revealed=True)
    moves.move(board, held={card.pk: None}, to=Bucket.objects.filter(workshop=board)[0].pk, by=place, operation=uuid4())
    expect(page.locator(".bucket .note")).to_have_count(1)
    expect(page.locator(f".tangle #card-{other.pk}")).to_be_visible()

    page.locator(f"#card-{other.pk} input[type=checkbox]").focus()
    page.keyboard.press("ArrowLeft")

    expect(page.locator(f"#card-{card.pk} input[type=checkbox]")).to_be_focused()
