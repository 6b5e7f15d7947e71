"""The table behind a chart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mdd.models import User
from metrics.actions import values
from tests import builders
from tests.browser.served import Served

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]


def test_it_begins_with_the_first_number_and_keeps_later_gaps(served: Served, ada: User) -> None:
    metric = builders.make_metric(ada.memberships.get().squad)
    today = timezone.now().astimezone(metric.zone).date()
    for days in (5, 2):
        values.write_down(metric, day=today - timedelta(days=days), value=days, reason="", by=ada)

    page = served.page(ada, metric.get_absolute_url())
    page.get_by_text("Show as table").click()

    shown = page.locator("metric-chart tbody tr").filter(visible=True)
    numbers = [row.locator("td").first.text_content() for row in shown.all()]
    assert numbers[:4] == ["5", "", "", "2"]
    expect(page.locator("metric-chart tbody tr").first).to_be_hidden()
