"""The loop by hand: two people go from four questions to a decision about a goal, in real browsers on all that runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.axe import assert_accessible
from tests.browser.hands import Hand
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("stack")

HOURLY = """SELECT ts, count(departed_at) AS value
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - %(step)s::interval, %(step)s::interval) AS ts
LEFT JOIN departures ON departed_at >= ts AND departed_at < ts + %(step)s::interval
GROUP BY ts"""

FLIGHTS, CALLS, SMILES = "How many flights leave each day?", "How many calls wait at six?", "How content are the crews?"
CARDS = (
    *(FLIGHTS, CALLS, SMILES),
    *("# Delay minutes per gate", "# Rebooking failures", "Crew swaps are the real cause", "Do late crews come late?"),
    *("“The app knew later than the crowd”", "Who flies us twice?", "# Lines of code written", "Is the coffee warm?"),
    "Does the board show the right gate?",
)
USAGE, HEALTH = (FLIGHTS, "Who flies us twice?", "Delay minutes per gate"), (CALLS, SMILES, "Rebooking failures")
SURVIVORS = (FLIGHTS, CALLS, SMILES)


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


def start_workshop(noa: Hand) -> None:
    noa.follow("Workshops")
    noa.follow("Start a workshop")
    noa.write("What is it about?", "Spring")
    assert_accessible(noa.page)
    noa.press("Start it")
    expect(noa.page.get_by_role("heading", name="What do we deliver?")).to_be_visible()


def next_stage(noa: Hand, label: str, lea: Hand | None = None) -> None:
    noa.press(f"Next: {label}")
    expect(noa.page.locator(".stepper [aria-current=step]")).to_contain_text(label)
    assert_accessible(noa.page)
    if lea:
        lea.page.reload()


def answer_four_questions(noa: Hand, lea: Hand) -> None:
    answer(noa, lea, "Departures out of New York", "Delay notices")
    agree(noa, "Departures out of New York", ticks=("The most critical one",))
    next_stage(noa, "Customers", lea)
    answer(noa, lea, "Passengers", "Gate crews")
    agree(noa, "Passengers", ticks=("Departures out of New York",))
    next_stage(noa, "Expect", lea)
    answer(noa, lea, "I arrive when the board says so", "Somebody answers the phone")
    for text in ("I arrive when the board says so", "Somebody answers the phone"):
        agree(noa, text, chooses={"Who": "Passengers", "Of what": "Departures out of New York"})
    next_stage(noa, "Meet?", lea)
    find_out(noa, lea)
    next_stage(noa, "Throw", lea)


def answer(noa: Hand, lea: Hand, first: str, second: str) -> None:
    """Both write privately; nobody reads the other's before the reveal."""
    for hand, text in ((noa, first), (lea, second)):
        hand.write("Your answers", text)
        hand.press("Write it down")
        expect(hand.page.locator(".slip", has_text=text)).to_be_visible()
    noa.page.reload()
    assert second not in noa.page.content()
    noa.press("Reveal all")
    expect(noa.page.locator(".slip", has_text=second)).to_be_visible()


def agree(noa: Hand, text: str, *, ticks: tuple[str, ...] = (), chooses: dict[str, str] | None = None) -> None:
    noa.tick(text, within=noa.page.locator(".slip", has_text=text))
    noa.press("Agree on what is ticked")
    sheet = noa.page.locator("details.settle")
    expect(sheet.get_by_role("button", name="We agree on this")).to_be_visible()
    for label, option in (chooses or {}).items():
        noa.choose(label, option, within=sheet)
    for label in ticks:
        noa.tick(label, within=sheet)
    noa.press("We agree on this", within=sheet)
    expect(noa.page.locator("#agreed .answers", has_text=text)).to_be_visible()


def find_out(noa: Hand, lea: Hand) -> None:
    matter = noa.page.locator(".matter", has_text="I arrive when the board says so")
    for hand in (noa, lea):
        mine = hand.page.locator(".matter", has_text="I arrive when the board says so")
        hand.tick("We don't know", within=mine)
        hand.press("Keep my opinion", within=mine)
        expect(mine.get_by_text("Kept, face down.")).to_be_visible()
    noa.page.reload()
    noa.press("Reveal all")
    expect(matter.locator(".tallies")).to_contain_text("2")
    noa.unfold("Agree on this", within=matter)
    finding = matter.locator("details.settle")
    noa.tick("We don't know", within=finding)
    noa.press("This is what we found", within=finding)
    expect(matter.get_by_text("We found:")).to_be_visible()


def throw(noa: Hand, lea: Hand) -> None:
    half = len(CARDS) // 2
    for hand, cards in ((noa, CARDS[:half]), (lea, CARDS[half:])):
        hand.write("What would we like to know?", "\n".join(cards))
        hand.press("Throw")
        expect(hand.page.locator(".pile .note")).to_have_count(half)
    noa.page.reload()
    assert "Is the coffee warm?" not in noa.page.content()
    noa.press("Reveal all cards")
    expect(noa.page.locator(".tangle .note")).to_have_count(len(CARDS))
    next_stage(noa, "Group")


def group(noa: Hand) -> None:
    for bucket, cards in (("Usage", USAGE), ("System Health", HEALTH)):
        for text in cards:
            noa.tick(text, within=noa.page.locator(".tangle .note", has_text=text))
        noa.press(f"Put here: {bucket}")
        expect(noa.page.locator(".bucket", has_text=cards[0])).to_contain_text("3 cards")
    next_stage(noa, "Prune")


def prune(noa: Hand, lea: Hand) -> None:
    """Both judge; what they agree on settles by itself, what nobody put anywhere is parked."""
    lea.page.reload()
    for tab, kept, parked in (("Usage", USAGE[:1], USAGE[1:]), ("System Health", HEALTH[:2], HEALTH[2:])):
        for hand in (noa, lea):
            hand.follow(tab)
            for text in kept:
                judge(hand, text, "Keep")
            for text in parked:
                judge(hand, text, "later")
        noa.page.reload()
        noa.press("Settle")
        expect(noa.page.locator(".kept-mark")).to_have_count(len(kept))
    assert_accessible(noa.page)
    next_stage(noa, "Focus", lea)


def judge(hand: Hand, text: str, verdict: str) -> None:
    card: Locator = hand.page.locator(".judge", has_text=text)
    if verdict == "Keep":
        hand.press(f"Keep: {text}", within=card)
    else:
        hand.unfold("Park", within=card)
        hand.press("6 later", within=card)
    expect(card.get_by_text("You would")).to_be_visible()


def focus(noa: Hand, lea: Hand) -> None:
    finalist = noa.page.locator(".finalist", has_text=CALLS)
    noa.unfold("Phrase it as one question", within=finalist)
    noa.write("As one question", "Do callers get an answer?", within=finalist)
    noa.write("If it rises", "move a person to the desk", within=finalist)
    noa.press("Save the words", within=finalist)
    expect(finalist.get_by_text("move a person to the desk")).to_be_visible()
    lea.page.reload()
    for hand in (noa, lea):
        hand.press("One dot more on System Health")
        expect(hand.page.get_by_text("All your dots are placed")).to_be_visible()
    noa.page.reload()
    noa.press("Reveal the dots")
    consent(noa, lea)
    noa.press("Reveal the answers")
    noa.write("must not get worse", "How many flights leave each day?")
    noa.write("How could we make the number look good", "By hanging up on callers")
    noa.press("Decide")
    expect(noa.page.get_by_text("Decision 1, written down by Noa Lind")).to_be_visible()
    assert_accessible(noa.page)
    noa.follow("Spring")
    next_stage(noa, "Wrap-up")


def consent(noa: Hand, lea: Hand) -> None:
    lea.page.reload()
    for hand in (noa, lea):
        hand.tick("Fine")
        hand.press("Say so")
        expect(hand.page.get_by_text("Yours is kept.")).to_be_visible()
    noa.page.reload()


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
