"""What one has just done can be taken back: by a bar beside the composer, and by a key."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.room.following import follows
from tests.browser.room.lying import LATE, bucket, card, place
from tests.browser.room.visitors import Visit
from tests.workshops.boards import make_card
from workshops.models import Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

MANY, MINE = 12, "Who waits for 3?"
# Where the bar, the composer and what stands below it are while the page is scrolled to its end, and back again.
PLACES = """() => {
  const box = (name) => document.querySelector(name)?.getBoundingClientRect();
  const found = [];
  for (let y = document.documentElement.scrollHeight; y >= 0; y -= 40) {
    scrollTo(0, y);
    const [bar, ...others] = ['.undo', '.thrower', '.board-history', '.tray'].map(box);
    found.push({ bar: bar.height, gap: others[0].top - bar.bottom, composer: others[0].top, end: others[1].top });
  }
  return found;
}"""

FOOT = """() => {
  scrollTo(0, document.documentElement.scrollHeight);
  const box = (name) => document.querySelector(name).getBoundingClientRect();
  const found = ['.undo', '.undo form', '.board-history'].map(box);
  return [...found.map(({ top, height }) => ({ top, height })), document.documentElement.scrollHeight];
}"""


@pytest.fixture(autouse=True)
def _cards(workshop: Workshop, ada: User) -> None:
    Workshop.objects.update(stage="group")
    for text in (LATE, *(f"Who waits for {number}?" for number in range(MANY))):
        make_card(workshop, ada, text)


def put_in_usage(page: Page, text: str = LATE) -> None:
    card(page, text).click()
    bucket(page, "Usage").locator("[data-put]").click()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_bar_covers_nothing_at_the_foot_and_moves_nothing_when_it_goes(visit: Visit, ada: User, width: int) -> None:
    page = follows(visit(ada).open())
    page.set_viewport_size({"width": width, "height": 740})
    put_in_usage(page)
    expect(page.get_by_text("Moved 1 card to Usage.")).to_be_visible()

    shown: list[dict[str, Any]] = page.evaluate(PLACES)
    page.evaluate("document.querySelector('.undo').hidden = true")
    gone: list[dict[str, Any]] = page.evaluate(PLACES)

    assert all(place["bar"] > 0 and 0 < place["gap"] < 20 for place in shown)
    assert [(place["composer"], place["end"]) for place in shown] == [(each["composer"], each["end"]) for each in gone]


@pytest.mark.parametrize("width", [1280, 360])
def test_without_a_composer_it_stands_at_the_foot_in_a_place_of_its_own(
    visit: Visit, workshop: Workshop, ada: User, width: int
) -> None:
    page = follows(visit(ada).open())
    put_in_usage(page)
    expect(page.get_by_text("Moved 1 card to Usage.")).to_be_visible()
    Workshop.objects.update(stage="wrap-up")
    page.set_viewport_size({"width": width, "height": 740})
    page.reload()
    expect(follows(page).get_by_text("Moved 1 card to Usage.")).to_be_visible()

    bar, inside, last, tall = page.evaluate(FOOT)
    page.evaluate("document.querySelector('.undo').hidden = true")

    assert bar["height"] == inside["height"]
    assert bar["top"] > last["top"] + last["height"] / 2
    assert page.evaluate("document.documentElement.scrollHeight") == tall


def test_beside_the_keyboard_of_a_phone_the_bar_waits(visit: Visit, ada: User) -> None:
    page = follows(visit(ada).open())
    page.set_viewport_size({"width": 360, "height": 740})
    put_in_usage(page)
    bar = page.get_by_text("Moved 1 card to Usage.")
    expect(bar).to_be_visible()

    page.locator("#thought").focus()
    expect(bar).to_be_hidden()
    page.locator("#thought").blur()
    expect(bar).to_be_visible()


# Answers to what this page asks for from now on wait until they are let go.
HELD = """() => {
  const ask = window.fetch;
  const isFree = new Promise((go) => { window.letGo = go; });
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    await isFree;
    return answer;
  };
}"""
BACK = "undo-keys [data-undo] button"


def test_what_is_on_its_way_moves_nothing_on_a_phone(visit: Visit, ada: User) -> None:
    page = follows(visit(ada).open())
    page.set_viewport_size({"width": 360, "height": 740})
    chip, bar = page.locator("sync-chip"), page.locator(".room-bar")
    expect(chip).to_have_attribute("state", "saved")
    saved = bar.evaluate("bar => bar.getBoundingClientRect().height")

    page.evaluate(HELD)
    put_in_usage(page)
    expect(chip).to_have_attribute("state", "sending")
    assert bar.evaluate("bar => bar.getBoundingClientRect().height") == saved

    page.evaluate("letGo()")
    expect(chip).to_have_attribute("state", "saved")


def two_moves_of_which_the_answer_to_one_is_held(visit: Visit, user: User) -> Page:
    page = follows(visit(user).open())
    put_in_usage(page)
    expect(page.locator(BACK)).to_be_enabled()
    expect(page.locator("body[data-sending], body[data-behind]")).to_have_count(0)
    page.evaluate(HELD)
    put_in_usage(page, MINE)
    expect(bucket(page, "Usage").locator(".note")).to_have_count(2)
    return page


def the_last_is_taken_back(page: Page) -> None:
    expect(bucket(page, "Usage").locator(".note")).to_have_count(1)
    expect(page.get_by_text("Undone: Moved 1 card to Usage.")).to_be_visible()
    assert (place(LATE), place(MINE)) == ("Usage", "")


@pytest.mark.parametrize("how", ["key", "button"])
def test_what_is_taken_back_is_what_one_sees_as_ones_last_step(visit: Visit, ada: User, how: str) -> None:
    page = two_moves_of_which_the_answer_to_one_is_held(visit, ada)

    if how == "key":
        page.keyboard.press("Control+z")
    else:
        page.locator(BACK).click()
    page.evaluate("window.letGo()")

    the_last_is_taken_back(page)


def test_also_what_one_did_on_ones_other_device(visit: Visit, ada: User) -> None:
    page, other = (follows(visit(ada).open()) for _ in range(2))
    put_in_usage(page)
    expect(other.locator(BACK)).to_be_enabled()
    page.evaluate(HELD)
    put_in_usage(other, MINE)
    expect(bucket(page, "Usage").locator(".note")).to_have_count(2)

    page.keyboard.press("Control+z")
    page.evaluate("window.letGo()")

    the_last_is_taken_back(page)


def test_what_stays_on_its_way_too_long_is_not_taken_back_and_a_sentence_says_so(visit: Visit, ada: User) -> None:
    page = two_moves_of_which_the_answer_to_one_is_held(visit, ada)

    page.keyboard.press("Control+z")
    expect(page.get_by_text("You can undo it once it is saved.")).to_be_visible()
    page.evaluate("window.letGo()")

    expect(page.locator("body[data-sending], body[data-behind]")).to_have_count(0)
    assert (place(LATE), place(MINE)) == ("Usage", "Usage")
    page.keyboard.press("Control+z")
    the_last_is_taken_back(page)
