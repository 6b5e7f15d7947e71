"""A word that never ends breaks somewhere: the page stays as wide as its window, and the other columns are seen."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mdd.models import Squad, User
from tests import builders
from tests.browser.served import DESK, PHONE, Served
from tests.browser.ways import WIDE

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

WITHIN_ITS_FORM = "each => each.getBoundingClientRect().right <= each.closest('form').getBoundingClientRect().right"
ENDLESS = {"question": "W" * 140, "name": "N" * 80, "unit": "U" * 30, "definition": "M" * 1000, "why": "Y" * 1000}


@pytest.fixture
def squad(ada: User) -> Squad:
    return ada.memberships.get().squad


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_a_metrics_page_is_as_wide_as_its_window(
    served: Served, ada: User, squad: Squad, viewport: dict[str, int]
) -> None:
    metric = builders.make_metric(squad, **ENDLESS)

    page = served.page(ada, metric.get_absolute_url(), viewport=viewport)

    assert page.evaluate(WIDE) == []


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_a_long_unit_stays_above_its_field(served: Served, ada: User, squad: Squad, viewport: dict[str, int]) -> None:
    metric = builders.make_metric(squad, **ENDLESS)

    page = served.page(ada, reverse("metrics:values", args=[metric.pk]), viewport=viewport)

    assert page.evaluate(WIDE) == []
    assert page.locator("label", has_text="U" * 30).evaluate(WITHIN_ITS_FORM)


def test_one_metric_does_not_push_aside_what_is_said_of_the_others(served: Served, ada: User, squad: Squad) -> None:
    builders.make_metric(squad, **ENDLESS)
    builders.make_metric(squad, question="How long do callers wait?")

    page = served.page(ada, reverse("metrics:metrics", args=[squad.slug]))

    expect(page.get_by_role("row", name="How long do callers wait?").get_by_role("cell").last).to_be_in_viewport()
