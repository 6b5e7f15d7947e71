"""The bar at the end of a phone's page: whoever goes on by keys, or sees a page twice as large, sees where they are."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mdd.models import Squad, User
from tests.browser.served import PHONE, Served
from tests.browser.ways import SEEN

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

TWICE_AS_LARGE = {"width": 640, "height": 450}


@pytest.fixture
def squad(ada: User) -> Squad:
    return ada.memberships.get().squad


@pytest.mark.parametrize("viewport", [PHONE, TWICE_AS_LARGE])
def test_it_covers_no_field_that_has_the_focus(
    served: Served, ada: User, squad: Squad, viewport: dict[str, int]
) -> None:
    page = served.page(ada, reverse("metrics:new", args=[squad.slug]) + "?feed=hand", viewport=viewport)
    last = page.get_by_role("button", name="Make the metric")

    page.get_by_label("The question it answers").focus()

    covered = []
    while not last.evaluate("each => each === document.activeElement"):
        page.keyboard.press("Tab")
        if not page.evaluate(SEEN):
            covered.append(page.evaluate("document.activeElement.name"))
    assert covered == []


def test_it_covers_no_refused_field_and_not_why(served: Served, ada: User, squad: Squad) -> None:
    page = served.page(ada, reverse("metrics:new", args=[squad.slug]) + "?feed=hand", viewport=PHONE)

    page.get_by_label("The question it answers").fill("How long do callers wait?")
    page.get_by_label("Definition").fill("from the first ring\u202e")
    page.get_by_role("button", name="Make the metric").click()

    expect(page.get_by_label("Definition")).to_be_focused()
    why = page.get_by_text("There is an invisible character in it").bounding_box()
    bar = page.get_by_role("link", name="Home").bounding_box()
    assert why is not None
    assert bar is not None
    assert 0 <= why["y"] <= bar["y"] - why["height"]


@pytest.mark.parametrize(("name", "weight"), [("metrics:runs", "600"), ("metrics:metrics", "500")])
def test_more_is_where_one_is_when_the_page_lies_behind_it(
    served: Served, ada: User, squad: Squad, name: str, weight: str
) -> None:
    page = served.page(ada, reverse(name, args=[squad.slug]), viewport=PHONE)

    expect(page.get_by_role("button", name="More")).to_have_css("font-weight", weight)
