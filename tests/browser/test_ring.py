"""The ring is a picture, a row of links and a sentence at once."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from mdd.templatetags import ring
from tests.browser.axe import assert_accessible

pytestmark = pytest.mark.xdist_group("browser")

CSS = Path(settings.BASE_DIR) / "static" / "css"
SHEETS = ("tokens.css", "reset.css", "base.css", "components/sheet.css", "components/ring.css")
EDGE = 16  # of a page on a phone
NAMES = ("Deliver", "Customers", "Expect", "Meet?", "Board", "Metrics", "Dashboards", "Reassess")


@pytest.fixture
def drawn(page: Page) -> Page:
    stages: list[ring.Stage] = [
        {"label": name, "state": state, "note": note, "url": f"#{name}"}
        for name, state, note in zip(NAMES, [*["done"] * 6, "now", ""], [*["41 days"] * 7, ""], strict=True)
    ]
    style = "".join((CSS / sheet).read_text() for sheet in SHEETS) + f"main {{ padding: {EDGE}px }}"
    main = f'<main><h1>Loop</h1><section class="sheet loop">{ring.ring(stages, 412)}</section></main>'
    page.set_content(f'<html lang="en"><title>Loop</title><style>{style}</style>{main}</html>')
    return page


@pytest.mark.parametrize("width", [1280, 360])
def test_the_ring_is_for_everybody(drawn: Page, width: int) -> None:
    drawn.set_viewport_size({"width": width, "height": 800})

    assert_accessible(drawn)


def test_its_words_stay_readable_and_inside_on_a_phone(drawn: Page) -> None:
    drawn.set_viewport_size({"width": 360, "height": 800})

    boxes = drawn.locator(".ring__name").evaluate_all(
        "names => names.map(name => [name.getBoundingClientRect().left, name.getBoundingClientRect().right])"
    )
    size = drawn.locator(".ring__name").first.evaluate(
        "name => parseFloat(getComputedStyle(name).fontSize) * name.getScreenCTM().a"
    )
    assert all(left >= EDGE and right <= 360 - EDGE for left, right in boxes)
    assert size >= 12


def test_a_keyboard_walks_round_it(drawn: Page) -> None:
    walked = []
    for _ in NAMES:
        drawn.keyboard.press("Tab")
        walked.append(drawn.evaluate("document.activeElement.getAttribute('aria-label')"))

    assert walked[0] == "Deliver 41 days, done"
    assert walked[6:] == ["Dashboards 41 days, you are here", "Reassess, not yet"]
