"""The name of a page has the room that it needs; what can be done stands where some is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import FloatRect, Locator, Page

pytestmark = pytest.mark.xdist_group("browser")

CSS = Path(settings.BASE_DIR) / "static" / "css"
SHEETS = ("tokens.css", "reset.css", "base.css", "components/page.css", "components/button.css")
DESK, PHONE = 956, 328  # what a page leaves beside the rail, and of a phone
SHORT = "People"
LONG = "How many of the passengers who change planes reach the gate of their next flight before it is closed?"
LEDE = "<p>Of the flights that leave from six in the evening to midnight, the share that leaves in time.</p>"
ACTION = '<a class="button button--quiet" href="#">What we ask</a>'


def head(page: Page, *, width: int, name: str, actions: int) -> Page:
    style = "".join((CSS / sheet).read_text() for sheet in SHEETS) + f"body {{ inline-size: {width}px }}"
    words = f'<div class="page-head__words"><h1>{name}</h1>{LEDE}</div>'
    doings = f'<div class="page-head__actions">{ACTION * actions}</div>'
    page.set_content(f'<style>{style}</style><header class="page-head">{words}{doings}</header>')
    return page


def box(found: Locator) -> FloatRect:
    drawn = found.bounding_box()
    assert drawn is not None
    return drawn


@pytest.mark.parametrize("actions", [1, 2, 4])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_long_name_has_the_whole_line(page: Page, width: int, actions: int) -> None:
    head(page, width=width, name=LONG, actions=actions)

    assert box(page.locator("h1"))["width"] == width


@pytest.mark.parametrize("actions", [1, 2])
def test_what_can_be_done_stands_beside_a_short_name(page: Page, actions: int) -> None:
    head(page, width=DESK, name=SHORT, actions=actions)

    words, doings = box(page.locator(".page-head__words")), box(page.locator(".page-head__actions"))
    assert doings["y"] + doings["height"] == words["y"] + words["height"]
    assert doings["x"] + doings["width"] == DESK


@pytest.mark.parametrize("actions", [1, 2, 4])
@pytest.mark.parametrize(("width", "name"), [(DESK, LONG), (PHONE, SHORT), (PHONE, LONG)])
def test_below_the_words_each_line_of_doings_begins_where_they_begin(
    page: Page, width: int, name: str, actions: int
) -> None:
    head(page, width=width, name=name, actions=actions)

    words = page.locator("a").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().x + parseFloat(getComputedStyle(each).paddingLeft) + 1)"
    )
    lines = {box(each)["y"] for each in page.locator("a").all()}
    assert sum(abs(x) < 1.5 for x in words) == len(lines)
