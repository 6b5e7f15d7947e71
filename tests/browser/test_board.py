"""The board in a real browser: by keyboard only, by tap only at 360 px, by drag, and without any script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from tests import builders
from tests.browser.axe import assert_accessible
from tests.browser.served import PHONE, Served
from tests.workshops.boards import make_card, make_workshop
from workshops.models import Bucket, Card, Workshop

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

THOUGHTS = ("Who waits?", "Who calls?", "Who flies twice?")


@pytest.fixture
def workshop(ada: User) -> Workshop:
    squad = ada.memberships.get().squad
    builders.make_expectation(squad, ada, text="Bags arrive with their owners")
    made = make_workshop(squad, ada)
    for text in THOUGHTS:
        make_card(made, ada, text)
    return made


Visit = Callable[..., Page]


@pytest.fixture
def visit(served: Served, ada: User, workshop: Workshop) -> Visit:
    """The workshop at a stage, seen by Ada."""

    def visited(stage: str, **options: Any) -> Page:
        Workshop.objects.update(stage=stage)
        return served.page(ada, workshop.get_absolute_url(), **options)

    return visited


def titles() -> dict[str, str]:
    """In which bucket each card lies."""
    return {card.text: card.bucket.title if card.bucket else "" for card in Card.objects.select_related("bucket")}


def test_a_board_by_keyboard_alone(visit: Visit) -> None:
    page = visit("throw")
    expect(page.locator("#thought")).to_be_focused()
    page.keyboard.type("# Bags lost")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Late crews are the cause")
    page.keyboard.press("Enter")
    expect(page.locator(".pile .note")).to_have_count(2)
    expect(page.locator("#thought")).to_be_focused()
    expect(page.locator("#thought")).to_have_value("")
    assert_accessible(page)

    page = visit("group")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_text("2 in hand")).to_be_visible()
    assert_accessible(page)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Put here: Usage")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_text("Moved 2 cards to Usage.")).to_be_visible()
    expect(page.locator(".tangle .note input")).to_be_focused()

    page.keyboard.press("Space")
    page.keyboard.press("n")
    page.keyboard.type("Loyal ones")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Loyal ones")).to_be_visible()
    expect(page.locator("#bucket-title")).not_to_be_focused()
    assert titles() == titles() | {THOUGHTS[0]: "Usage", THOUGHTS[1]: "Usage", THOUGHTS[2]: "Loyal ones"}

    page.keyboard.press("Control+z")
    expect(page.locator(".tangle")).to_contain_text(THOUGHTS[2])

    page.locator(".tangle .note input").focus()
    page.keyboard.press("g")
    expect(page.locator(".mate").first).to_contain_text(THOUGHTS[0])
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator(".bucket", has_text="Usage")).to_contain_text(THOUGHTS[2])

    page = visit("prune")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    expect(page.get_by_text("You would keep it.")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("6")
    expect(page.get_by_text("You would park it: later.")).to_be_visible()
    assert_accessible(page)


def test_a_board_by_tap_alone_on_a_phone(visit: Visit) -> None:
    page = visit("throw", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="Bags arrive with their owners").tap()
    expect(page.locator(".pile .note")).to_have_count(1)
    assert_fits(page)

    page = visit("group", viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator(".note", has_text=THOUGHTS[0]).tap()
    page.locator(".note", has_text=THOUGHTS[1]).tap()
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="Put in System Health").tap()
    expect(page.get_by_text("Moved 2 cards to System Health.")).to_be_visible()
    page.locator(".undo").get_by_role("button", name="Undo").tap()
    expect(page.locator(".tangle .note[id]")).to_have_count(3)
    page.locator(".note", has_text=THOUGHTS[0]).tap()
    page.get_by_role("button", name=f"Group with this: {THOUGHTS[1]}").tap()
    expect(page.locator(".bucket", has_text="Who")).to_contain_text(THOUGHTS[1])
    page.locator(".undo").get_by_role("button", name="Undo").tap()
    expect(page.locator(".tangle .note[id]")).to_have_count(3)
    page.locator(".note", has_text=THOUGHTS[2]).tap()
    page.get_by_role("button", name="Group with…").tap()
    page.locator(".mate", has_text="Usage").first.tap()
    expect(page.locator(".bucket", has_text="Usage")).to_contain_text(THOUGHTS[2])

    page = visit("prune", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("button", name=f"Keep: {THOUGHTS[2]}").tap()
    expect(page.get_by_text("You would keep it.")).to_be_visible()
    page.get_by_role("button", name="Settle").tap()
    expect(page.get_by_role("heading", name="Kept")).to_be_visible()
    page.get_by_role("button", name=f"Back into play: {THOUGHTS[2]}").tap()
    expect(page.get_by_role("heading", name="Kept")).to_have_count(0)
    assert_fits(page)


@pytest.mark.parametrize(("stage", "first"), [("deliver", "#jotter textarea"), ("prune", ".judge .button")])
def test_on_a_phone_the_first_thing_to_do_is_in_view(visit: Visit, stage: str, first: str) -> None:
    Card.objects.update(bucket=Bucket.objects.first(), state="grouped")

    page = visit(stage, viewport=PHONE, has_touch=True, is_mobile=True)

    thing, dock = page.locator(first).first.bounding_box(), page.locator(".nav").bounding_box()
    assert thing
    assert dock
    assert thing["y"] + thing["height"] <= dock["y"]


def test_on_a_phone_what_is_seldom_done_lies_in_a_sheet_that_closes_with_the_press(visit: Visit) -> None:
    page = visit("throw", viewport=PHONE, has_touch=True, is_mobile=True)
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()

    page.get_by_role("button", name="5 of 9 · Throw").tap()
    assert_accessible(page)
    page.get_by_role("button", name="6 Group").tap()
    expect(page.get_by_role("button", name="6 of 9 · Group")).to_be_visible()
    expect(page.get_by_role("button", name="1 Deliver")).to_be_hidden()
    page.get_by_role("button", name="More here").tap()
    assert_accessible(page)
    page.get_by_role("button", name="Pause").tap()

    expect(page.get_by_text("This workshop rests.")).to_be_visible()
    assert_fits(page)


def test_a_board_without_any_script(visit: Visit) -> None:
    page = visit("throw", java_script_enabled=False)
    page.locator("#thought").fill("Who waits longest?")
    page.get_by_role("button", name="Throw", exact=True).click()
    expect(page.locator(".pile .note")).to_have_count(1)

    page = visit("group", java_script_enabled=False)
    page.locator(".note", has_text=THOUGHTS[0]).click()
    page.get_by_role("button", name="Put here: Usage").click()
    assert titles()[THOUGHTS[0]] == "Usage"

    page.locator(".note", has_text=THOUGHTS[1]).click()
    page.locator("#bucket-title").fill("Callers")
    page.locator("#bucket-title").press("Enter")
    assert titles()[THOUGHTS[1]] == "Callers"


def test_a_draft_survives_a_reload_until_it_is_thrown(visit: Visit) -> None:
    page = visit("throw")
    page.locator("#thought").press_sequentially("Half a thought")

    page.reload()
    expect(page.locator("#thought")).to_have_value("Half a thought")
    page.locator("#thought").press("Enter")
    expect(page.locator(".pile")).to_contain_text("Half a thought")
    page.reload()

    expect(page.locator("#thought")).to_have_value("")


def test_letters_do_nothing_in_a_field_or_when_switched_off(visit: Visit) -> None:
    page = visit("group")
    page.locator("[data-find]").press_sequentially("nu")
    expect(page.locator("[data-find]")).to_be_focused()
    page.locator("[data-find]").fill("")

    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_label("Single letters act").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Single letters act")).to_be_hidden()
    page.keyboard.press("n")

    expect(page.locator("#bucket-title")).not_to_be_focused()


def test_arrows_choose_what_kind_of_card_one_writes(visit: Visit) -> None:
    page = visit("group")

    page.locator("#thought").focus()
    kinds = page.locator("throw-composer").get_by_role("radio")
    kinds.first.focus()
    page.keyboard.press("ArrowRight")

    expect(kinds.nth(1)).to_be_checked()


def assert_fits(page: Page) -> None:
    """No sideways scrolling, and everything that is tapped on the board is large enough."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tapped = (
        "#room :is(.note__hold, .put, .thrower button, .hand button, .undo button, .judge button, summary, .opening)"
    )
    small = page.evaluate(
        """tapped => [...document.querySelectorAll(tapped)]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43)
        .map(each => each.outerHTML)""",
        tapped,
    )
    assert small == []
