"""The main job, by a first-time user in a real browser, against everything that `make run` starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("stack")

HOURLY = """SELECT ts, count(departed_at) AS value
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - %(step)s::interval, %(step)s::interval) AS ts
LEFT JOIN departures ON departed_at >= ts AND departed_at < ts + %(step)s::interval
GROUP BY ts"""


def test_from_signing_up_to_a_dashboard_that_moves(page: Page, stack: Stack) -> None:
    sign_up(page, stack)
    make_squad(page)
    paste_sixty_days(page)
    write_a_select(page)
    set_goal(page, "How many calls wait?", target="5", if_wrong="hire a second person for the desk")
    set_goal(page, "How many flights leave?", target="2000", if_wrong="ask the tower")
    build_dashboard(page)
    see_it_move(page)


def days_ago(days: int) -> str:
    """A day of the squad, as people type it."""
    return str(datetime.now(tz=ZoneInfo("America/New_York")).date() - timedelta(days=days))


def sign_up(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.base}/accounts/signup/")
    assert_accessible(page)
    page.get_by_label("Your name").fill("Noa Lind")
    page.get_by_label("Email").fill(f"noa-{datetime.now(tz=UTC):%H%M%S%f}@example.org")
    page.get_by_label("Password").fill("spaghetti on the wall 42")
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Your squads")).to_be_visible()
    assert_accessible(page)


def make_squad(page: Page) -> None:
    page.get_by_role("link", name="Make a squad").click()
    page.get_by_label("Name of the squad").fill("Desk and tower")
    page.get_by_label("Time zone").fill("America/New_York")
    assert_accessible(page)
    page.get_by_role("button", name="Make the squad").click()
    expect(page.get_by_text("Ask what you are doing here")).to_be_visible()
    assert_accessible(page)


def paste_sixty_days(page: Page) -> None:
    page.get_by_role("link", name="Metrics").first.click()
    assert_accessible(page)
    page.get_by_role("link", name="Write the first metric").click()
    page.get_by_label("The question it answers").fill("How many calls wait?")
    page.get_by_role("button", name="By hand or paste").click()
    expect(page.get_by_role("button", name="By hand or paste")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("button", name="By hand or paste")).to_be_focused()
    page.get_by_label("Unit").fill("calls")
    page.get_by_label("What is good?").select_option("down")
    page.get_by_label("Definition").fill("Calls in the queue at six in the evening.")
    assert_accessible(page)
    page.get_by_label("Unit").press("Enter")

    rows = [f"{days_ago(60 - day)}; {20 - day // 5},5" for day in range(60)]
    page.get_by_role("link", name="Enter values").click()
    page.get_by_label("Paste rows").fill("\ufeffday;calls\n" + "\n".join(rows))
    assert_accessible(page)
    page.get_by_role("button", name="Keep these rows").click()
    expect(page.get_by_text("60 new values")).to_be_visible()
    expect(page.locator(".tile__value data")).to_have_text("9.5")
    assert_accessible(page)


def write_a_select(page: Page) -> None:
    page.get_by_role("link", name="Metrics").first.click()
    page.get_by_role("link", name="New metric").click()
    page.get_by_label("The question it answers").fill("How many flights leave?")
    page.get_by_label("Unit").fill("flights")
    page.get_by_label("What are its values?").select_option("counter:sum")
    page.get_by_label("Definition").fill("Departures of all three airports.")
    page.get_by_label("Source").select_option(index=1)
    page.get_by_label("SELECT", exact=True).fill(HOURLY)
    page.get_by_role("button", name="Try the SELECT").click()
    expect(page.get_by_role("heading", name="What it would answer")).to_be_in_viewport()
    expect(page.get_by_label("SELECT", exact=True)).to_be_in_viewport()
    assert_accessible(page)
    page.get_by_role("button", name="Make the metric").click()
    expect(page.locator(".tile__value data")).not_to_have_text("–", timeout=60_000)
    assert_accessible(page)


def set_goal(page: Page, question: str, *, target: str, if_wrong: str) -> None:
    page.get_by_role("link", name="Metrics").first.click()
    page.get_by_role("link", name=question).click()
    page.get_by_role("link", name="Set a goal").click()
    page.get_by_label("Target").fill(target)
    page.get_by_label("If this goes wrong").fill(if_wrong)
    assert_accessible(page)
    page.get_by_role("button", name="Set the goal").click()
    expect(page.get_by_text(if_wrong)).to_be_visible()


def build_dashboard(page: Page) -> None:
    page.get_by_role("link", name="Dashboards").first.click()
    page.get_by_role("link", name="Make a dashboard").click()
    page.get_by_label("The question it answers").fill("Do we get people there?")
    page.get_by_label("Bucket").fill("Usage")
    assert_accessible(page)
    page.get_by_role("button", name="Make the dashboard").click()
    page.get_by_role("link", name="Choose metrics").click()
    assert_accessible(page)
    page.get_by_role("button", name="Add: How many calls wait?").click()
    page.get_by_role("button", name="Add: How many flights leave?").click()
    page.get_by_role("link", name="Do we get people there?").click()
    expect(page.locator("article.tile")).to_have_count(2)
    assert_accessible(page)


def see_it_move(page: Page) -> None:
    """A colleague corrects a number in another window; the open dashboard follows by itself."""
    tile = page.locator("article.tile", has_text="How many calls wait?")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("link", name="How many calls wait?").click()
    other.get_by_role("link", name="Enter values").click()
    other.locator("#id_day").fill(days_ago(1))
    other.locator("#id_value").fill("3.25")
    other.get_by_role("button", name="Keep it").click()
    other.get_by_label("Why is the new number right?").first.fill("two callers were counted twice")
    other.get_by_role("button", name="Keep it").click()

    expect(tile.locator(".tile__value data")).to_have_text("3.25", timeout=30_000)
