"""Undo by keys and by tap, the replay by keys, and the board on paper, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.axe import assert_accessible
from tests.browser.served import PHONE, Served
from tests.browser.shelf import tab
from tests.workshops.boards import bucket_of, make_card, make_workshop, place_of
from workshops.actions import moves
from workshops.models import Card, Workshop

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

Visit = Callable[..., Page]


@pytest.fixture
def workshop(ada: User) -> Workshop:
    """Ada has moved both cards, one after the other."""
    made = make_workshop(ada.memberships.get().squad, ada)
    for text in ("Who waits?", "Who calls?"):
        held = {make_card(made, ada, text).pk: None}
        moves.move(made, held=held, to=bucket_of(made).pk, by=place_of(made, ada), operation=uuid4())
    return made


@pytest.fixture
def visit(served: Served, ada: User) -> Visit:
    """A page as Ada sees it on a phone; her pages share one browser."""
    context = served.context(ada, viewport=PHONE, has_touch=True)

    def visited(url: str) -> Page:
        page = tab(context)
        page.goto(url)
        return page

    return visited


def placed() -> list[bool]:
    return [card.bucket is not None for card in Card.objects.order_by("pk")]


def test_two_quick_presses_take_two_steps_back_and_two_more_bring_them_again(visit: Visit, workshop: Workshop) -> None:
    page = visit(workshop.get_absolute_url())
    expect(page.locator("undo-keys")).to_be_attached()

    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(page.locator("#loose .note")).to_have_count(2)
    assert placed() == [False, False]

    for key in ("Control+y", "Control+Shift+z"):
        page.keyboard.press(key)
    expect(page.locator("#loose .note")).to_have_count(0)
    assert placed() == [True, True]


def test_in_a_text_field_the_keys_belong_to_the_text(visit: Visit, workshop: Workshop) -> None:
    page = visit(workshop.get_absolute_url())

    page.locator("#bucket-title").press("Control+z")
    page.wait_for_timeout(500)

    assert placed() == [True, True]


def test_the_last_step_is_undone_and_redone_by_tap(visit: Visit, workshop: Workshop) -> None:
    page = visit(workshop.get_absolute_url())

    undo, redo = page.locator("[data-undo] button"), page.locator("[data-redo] button")
    more = page.get_by_role("button", name="More here")
    more.tap()
    assert page.evaluate("Array.from(document.querySelectorAll('undo-keys button'), each => each.offsetHeight)") == [
        44,
        44,
    ]
    undo.tap()
    expect(page.locator("#loose .note")).to_have_count(1)
    more.tap()
    redo.tap()
    expect(page.locator("#loose .note")).to_have_count(0)


def test_the_replay_goes_by_keys_slider_and_links(visit: Visit, workshop: Workshop) -> None:
    page = visit(f"{workshop.get_absolute_url()}replay/")
    loose, said = page.locator(".replay__board .tangle .note"), page.locator(".replay__now")
    expect(loose).to_have_count(0)
    assert_accessible(page)

    page.keyboard.press("ArrowLeft")
    expect(loose).to_have_count(1)
    page.locator("[data-slider]").fill("1")
    expect(said).to_contain_text("The workshop began.")
    page.get_by_role("button", name="Play").tap()
    expect(said).to_contain_text("3/3")
    page.locator("[data-place='2']").tap()
    expect(loose).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_board_on_paper_and_the_way_back_can_be_read_by_all(visit: Visit, workshop: Workshop) -> None:
    assert_accessible(visit(f"{workshop.get_absolute_url()}board/"))
    assert_accessible(visit(f"/squads/{workshop.squad.slug}/workshops/import/"))
