"""A refused form on a phone: the cursor is where it is to be mended, and what is wrong with it is seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mdd.actions import invitations
from mdd.models import Role, Squad, User
from tests import builders
from tests.browser.served import PHONE, Served

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

ROWS = [f"{date(2026, 1, 1) + timedelta(days=days)},{days}" for days in range(60)]


@pytest.fixture
def squad(ada: User) -> Squad:
    return ada.memberships.get().squad


def expect_seen(page: Page, sentence: str) -> None:
    """Above the bar that lies over the end of the page."""
    error = page.get_by_text(sentence).first.bounding_box()
    bar = page.get_by_role("link", name="Home").bounding_box()
    assert error is not None
    assert bar is not None
    assert 0 <= error["y"] <= bar["y"] - error["height"]


def test_a_long_table_lets_one_read_which_line_is_wrong(served: Served, ada: User, squad: Squad) -> None:
    metric = builders.make_metric(squad)
    page = served.page(ada, reverse("metrics:values", args=[metric.pk]), viewport=PHONE)

    page.get_by_label("Paste rows").fill("\n".join([*ROWS, "2026-13-45,many"]))
    page.get_by_role("button", name="Keep these rows").click()

    expect(page.get_by_label("Paste rows")).to_be_focused()
    expect_seen(page, "Line 61: “2026-13-45” is no day of the calendar.")


def test_of_several_forms_the_refused_one_has_the_cursor(served: Served, ada: User, squad: Squad) -> None:
    builders.make_expectation(squad, ada)
    page = served.page(ada, reverse("workshops:statements", args=[squad.slug]), viewport=PHONE)

    page.locator("summary", has_text="Add a customer").click()
    page.get_by_role("button", name="Add a customer").click()

    expect(page.get_by_label("Customer", exact=True)).to_be_focused()
    expect_seen(page, "Write something here.")


def test_what_is_wrong_with_the_whole_form_is_gone_to(served: Served, ada: User, squad: Squad) -> None:
    for number in range(invitations.MAILS_A_DAY):
        invitations.invite(squad, email=f"{number}@example.org", role=Role.MEMBER, by=ada)
    page = served.page(ada, reverse("workshops:people", args=[squad.slug]), viewport=PHONE)

    page.get_by_label("Email").fill("one.more@example.org")
    page.get_by_role("button", name="Send the invitation").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect_seen(page, "This squad has invited 50 addresses within a day.")
