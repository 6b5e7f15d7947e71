"""The loop by hand: two people go from four questions to a decision about a goal, in real browsers on all that runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import assert_accessible
from tests.browser.hands import Hand
from tests.browser.stages import (
    CALLS,
    FLIGHTS,
    SMILES,
    answer_four_questions,
    focus,
    group,
    prune,
    start_workshop,
    throw,
)
from tests.stack import Stack

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.long]

HOURLY = """SELECT ts, count(departed_at) AS value
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - %(step)s::interval, %(step)s::interval) AS ts
LEFT JOIN departures ON departed_at >= ts AND departed_at < ts + %(step)s::interval
GROUP BY ts"""


@pytest.fixture
def hands(browser: Browser) -> Iterator[tuple[Hand, Hand]]:
    """Noa's and Lea's, each in a browser of their own; an error of a script fails the test."""
    errors: list[str] = []
    expect.set_options(timeout=20_000)
    contexts = [browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce") for _ in "12"]
    for context in contexts:
        context.set_default_timeout(20_000)
        context.on("weberror", lambda error: errors.append(str(error.error)))
    yield Hand(contexts[0].new_page()), Hand(contexts[1].new_page())
    for context in contexts:
        context.close()
    assert errors == []


def test_the_loop_by_hand(hands: tuple[Hand, Hand], stack: Stack) -> None:
    noa, lea = hands
    begun = time.monotonic()
    sign_up(noa, f"{stack.base}/accounts/signup/", "Noa Lind")
    make_squad(noa)
    come_in(lea, invite_lead(noa))
    start_workshop(noa)
    lea.page.goto(noa.page.url)

    answer_four_questions(noa, lea)
    throw(noa, lea)
    group(noa)
    prune(noa, lea)
    focus(noa, lea)
    adopt_by_sql(noa)
    see_first_number(noa)
    print(f"\nFirst real number after {time.monotonic() - begun:.0f} s and {noa.inputs + lea.inputs} inputs.")
    adopt_by_paste(noa)
    adopt_by_hand(noa)

    see_dashboards_fill(noa)
    decide_as_lead(lea, stack)
    read_the_trace(noa)


def today() -> date:
    return datetime.now(tz=ZoneInfo("America/New_York")).date()


def sign_up(hand: Hand, address: str, name: str) -> None:
    hand.page.goto(address)
    hand.write("Your name", name)
    hand.write("Email", f"{name.split(maxsplit=1)[0].lower()}-{datetime.now(tz=UTC):%H%M%S%f}@example.org")
    hand.write("Password", "spaghetti on the wall 42")
    hand.press("Sign up")


def make_squad(noa: Hand) -> None:
    noa.follow("Make a squad")
    noa.write("Name of the squad", "Desk and tower")
    noa.write("Time zone", "America/New_York")
    noa.press("Make the squad")
    assert_accessible(noa.page)


def invite_lead(noa: Hand) -> str:
    """The address that lets somebody in as lead."""
    noa.follow("People")
    link = noa.page.locator("section", has=noa.page.get_by_role("heading", name="Invite by link"))
    noa.choose("They come in as", "Lead", within=link)
    noa.press("Make a link")
    assert_accessible(noa.page)
    return noa.page.locator("#made-link").input_value()


def come_in(lea: Hand, address: str) -> None:
    lea.page.goto(address)
    assert_accessible(lea.page)
    lea.follow("Make an account")
    sign_up(lea, lea.page.url, "Lea Holm")
    lea.press("Join")
    expect(lea.page.get_by_role("heading", level=1)).to_contain_text("Lea")


def adopt(noa: Hand, card: str, **five: str) -> None:
    """Four of the five things that are asked of a survivor; the owner is proposed."""
    noa.follow(f"Make it a metric: {card}")
    assert_accessible(noa.page)
    noa.tick(five["direction"])
    noa.write("Target", five["target"])
    noa.write("If this goes wrong", five["if_wrong"])
    noa.tick(five["feed"])


def adopt_by_sql(noa: Hand) -> None:
    adopt(noa, FLIGHTS, feed="Ask a source", direction="more is better", target="100", if_wrong="ask the tower")
    noa.page.locator("#id_source").select_option(index=1)
    noa.page.locator("#id_text").fill(HOURLY)
    noa.unfold("What is proposed")
    noa.page.locator("#id_expectation").select_option(label="I arrive when the board says so")
    noa.page.locator("#id_reading").select_option("counter:sum")
    noa.write("Unit", "flights")
    noa.press("Make it a metric")
    expect(noa.page.get_by_text(FLIGHTS).first).to_be_visible()


def see_first_number(noa: Hand) -> None:
    noa.follow(FLIGHTS)
    expect(noa.page.locator(".tile__value data")).not_to_have_text("–", timeout=90_000)
    noa.page.go_back()


def adopt_by_paste(noa: Hand) -> None:
    """A goal that began forty days ago, and numbers that go nowhere."""
    adopt(noa, CALLS, feed="By hand, every day", direction="less is better", target="5", if_wrong="hire for the desk")
    noa.unfold("What is proposed")
    noa.write("Where does it stand now?", "20")
    noa.write("Counts from", str(today() - timedelta(days=40)))
    noa.write("Unit", "calls")
    noa.press("Make it a metric")
    workshop = noa.page.url
    noa.follow(CALLS)
    noa.follow("Enter values")
    rows = [f"{today() - timedelta(days=60 - day)}; {19 + day % 3},5" for day in range(60)]
    noa.write("Paste rows", "\ufeffday;calls\n" + "\n".join(rows))
    noa.press("Keep these rows")
    expect(noa.page.get_by_text("60 new values")).to_be_visible()
    noa.page.goto(workshop)


def adopt_by_hand(noa: Hand) -> None:
    adopt(noa, SMILES, feed="By hand, every week", direction="more is better", target="8", if_wrong="ask them why")
    noa.press("Make it a metric")
    noa.follow(SMILES)
    noa.follow("Enter values")
    noa.write("Day", str(today() - timedelta(days=7)))
    noa.write("Value", "6.5")
    noa.press("Keep it")
    expect(noa.page.locator(".tile__value data")).to_have_text("6.5")


def see_dashboards_fill(noa: Hand) -> None:
    """The draft goals start once a baseline is measured; until then their metrics wait beside the dashboard."""
    for dashboard, tiles in (("Do callers get an answer?", 2), ("Usage", 1)):
        noa.follow("Dashboards")
        noa.follow(dashboard)
        for _ in range(40):
            if noa.page.locator("article.tile").count() == tiles:
                break
            noa.page.wait_for_timeout(3_000)
            noa.page.reload()
        expect(noa.page.locator("article.tile")).to_have_count(tiles)
        assert_accessible(noa.page)


def decide_as_lead(lea: Hand, stack: Stack) -> None:
    """The evaluating task raised it: no page does."""
    lea.page.goto(f"{stack.base}/reassess/")
    for _ in range(40):
        if lea.page.get_by_role("link", name=CALLS).count():
            break
        lea.page.wait_for_timeout(3_000)
        lea.page.reload()
    assert_accessible(lea.page)
    lea.follow(CALLS)
    assert_accessible(lea.page)
    lea.write("Why does the gap exist?", "One person answers three desks.")
    lea.tick("with help")
    lea.tick("Keep")
    lea.write("What we will do", "Ask for a second person")
    lea.write("Why this decision?", "The goal is right, the means were missing.")
    lea.press("Record the decision")
    expect(lea.page.get_by_text("The goal is right, the means were missing.")).to_be_visible()
    assert_accessible(lea.page)


def read_the_trace(noa: Hand) -> None:
    noa.follow("Metrics")
    noa.follow(FLIGHTS)
    trace = noa.page.locator(".trace")
    for stop in ("Spring", FLIGHTS, "I arrive when the board says so", "Passengers", "Departures out of New York"):
        expect(trace).to_contain_text(stop)
    assert_accessible(noa.page)
