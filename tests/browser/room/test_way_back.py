"""What one has just done can be taken back: by a bar beside the composer, and by a key."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.room.following import follows
from tests.browser.room.lying import LATE, bucket, card
from tests.browser.room.visitors import Visit
from tests.workshops.boards import make_card
from workshops.models import Workshop

pytestmark = pytest.mark.xdist_group("room")

MANY = 12
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
