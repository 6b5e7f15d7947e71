"""Cards are dragged with a mouse or a finger: what would happen is said before, and a drop has one meaning."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from mdd.models import User
from tests.browser.served import PHONE
from tests.browser.test_board import THOUGHTS, Visit, titles, visit, workshop
from tests.workshops.boards import make_card
from workshops.models import Card, Workshop

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

__all__ = ["visit", "workshop"]


def note(page: Page, text: str) -> Locator:
    return page.locator(".board .note", has_text=text)


def bucket(page: Page, title: str) -> Locator:
    return page.locator(".bucket", has_text=title)


def middle(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def lift(page: Page, text: str) -> None:
    x, y = middle(note(page, text))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 4, steps=2)


def says(page: Page) -> Locator:
    return page.locator("card-drag [data-says]")


def test_a_card_says_where_it_would_go_and_goes_there(visit: Visit) -> None:
    page = visit("group")
    lift(page, THOUGHTS[0])

    page.mouse.move(*middle(bucket(page, "Usage")), steps=4)
    expect(says(page)).to_have_text("Put with: Usage")
    page.mouse.up()

    expect(page.get_by_text("Moved 1 card to Usage.")).to_be_visible()
    assert titles()[THOUGHTS[0]] == "Usage"


def test_on_a_card_it_is_grouped_with_that_card(visit: Visit) -> None:
    page = visit("group")
    lift(page, THOUGHTS[0])

    page.mouse.move(*middle(note(page, THOUGHTS[1])), steps=4)
    expect(says(page)).to_have_text(f"Put with: {THOUGHTS[1]}")
    page.mouse.up()

    expect(page.locator(".tangle .note")).to_have_count(1)
    assert titles()[THOUGHTS[0]] == titles()[THOUGHTS[1]] != ""


@pytest.mark.parametrize("how", ["elsewhere", "escape"])
def test_dropped_elsewhere_or_with_escape_it_stays(visit: Visit, how: str) -> None:
    page = visit("group")
    lift(page, THOUGHTS[0])

    page.mouse.move(*middle(bucket(page, "Usage") if how == "escape" else page.locator("h1")), steps=4)
    if how == "escape":
        page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator("card-drag")).to_be_hidden()
    expect(page.locator(".note :checked")).to_have_count(0)
    assert titles()[THOUGHTS[0]] == ""


def test_no_card_and_no_bucket_moves_while_one_drags(visit: Visit) -> None:
    page = visit("group")
    places = """() => [...document.querySelectorAll('.board .note, .bucket')]
      .map((each) => [each.offsetTop, each.offsetHeight])"""
    before = page.evaluate(places)

    lift(page, THOUGHTS[0])

    expect(page.locator("card-drag")).to_be_visible()
    assert page.evaluate(places) == before


def test_what_is_in_hand_goes_along(visit: Visit) -> None:
    page = visit("group")
    note(page, THOUGHTS[0]).click()
    lift(page, THOUGHTS[1])

    page.mouse.move(*middle(bucket(page, "Usage")), steps=4)
    expect(page.locator("card-drag [data-what]")).to_have_text("2 cards")
    page.mouse.up()

    expect(page.get_by_text("Moved 2 cards to Usage.")).to_be_visible()


def touch(finger: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    told = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
    finger.send("Input.dispatchTouchEvent", told)


def slide(finger: CDPSession, begin: tuple[float, float], *, by: tuple[float, float]) -> None:
    """Go there in ten small steps, without letting go."""
    (x, y), (across, down) = begin, by
    for step in range(1, 11):
        touch(finger, "touchMove", (x + across * step / 10, y + down * step / 10))


def test_a_finger_that_goes_sideways_takes_the_card(visit: Visit) -> None:
    page = visit("group", viewport=PHONE, has_touch=True, is_mobile=True)
    note(page, THOUGHTS[2]).evaluate("note => note.scrollIntoView({ block: 'center' })")
    begin = middle(note(page, THOUGHTS[0]))
    target = middle(note(page, THOUGHTS[2]))
    finger = page.context.new_cdp_session(page)

    touch(finger, "touchStart", begin)
    slide(finger, begin, by=(40, 0))
    expect(page.locator("card-drag")).to_be_visible()
    slide(finger, (begin[0] + 40, begin[1]), by=(target[0] - begin[0] - 40, target[1] - begin[1]))
    expect(says(page)).to_have_text(f"Put with: {THOUGHTS[2]}")
    touch(finger, "touchEnd")

    expect(page.locator(".tangle .note")).to_have_count(1)
    assert titles()[THOUGHTS[0]] == titles()[THOUGHTS[2]] != ""


def test_a_finger_that_goes_up_scrolls_the_page(visit: Visit) -> None:
    page = visit("group", viewport=PHONE, has_touch=True, is_mobile=True)
    note(page, THOUGHTS[0]).scroll_into_view_if_needed()
    begin, before = middle(note(page, THOUGHTS[0])), page.evaluate("scrollY")
    finger = page.context.new_cdp_session(page)

    touch(finger, "touchStart", begin)
    slide(finger, begin, by=(0, -200))
    touch(finger, "touchEnd")

    expect(page.locator("card-drag")).to_be_hidden()
    page.wait_for_function("before => scrollY > before + 50", arg=before)
    assert titles()[THOUGHTS[0]] == ""


def test_near_the_edge_the_page_scrolls(visit: Visit, workshop: Workshop, ada: User) -> None:
    for number in range(39):
        make_card(workshop, ada, f"Card {number}")
    page = visit("group")
    lift(page, THOUGHTS[0])

    page.mouse.move(300, 1290, steps=3)

    page.wait_for_function("() => scrollY > 100")
    page.keyboard.press("Escape")
    page.mouse.up()
    assert Card.objects.filter(bucket=None).count() == 42


def test_a_search_says_how_much_it_has_found(visit: Visit) -> None:
    page = visit("group")

    page.locator("[data-find]").fill("flies")

    expect(page.locator("output[data-found]")).to_have_text("1 of 3 cards")
    expect(page.locator("board-voice")).to_have_text("1 of 3 cards")
    expect(page.locator(".tangle .note:visible")).to_have_count(1)
