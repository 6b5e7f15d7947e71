"""A squad of two in a workshop, stage by stage, each checked for who may see what."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.axe import assert_accessible
from tests.browser.hands import Hand

FLIGHTS, CALLS, SMILES = "How many flights leave each day?", "How many calls wait at six?", "How content are the crews?"


COUNTED = 20_000  # a move is announced for five seconds

CARDS = (
    *(FLIGHTS, CALLS, SMILES),
    *("# Delay minutes per gate", "# Rebooking failures", "Crew swaps are the real cause", "Do late crews come late?"),
    *("“The app knew later than the crowd”", "Who flies us twice?", "# Lines of code written", "Is the coffee warm?"),
    "Does the board show the right gate?",
)


USAGE, HEALTH = (FLIGHTS, "Who flies us twice?", "Delay minutes per gate"), (CALLS, SMILES, "Rebooking failures")


def start_workshop(noa: Hand) -> None:
    noa.follow("Workshops")
    noa.follow("Start a workshop")
    noa.write("What is it about?", "Spring")
    assert_accessible(noa.page)
    noa.press("Start it")
    expect(noa.page.get_by_role("heading", name="What do we deliver?")).to_be_visible()


def next_stage(noa: Hand, label: str, lea: Hand | None = None, button: str = "Next: {}") -> None:
    noa.press(button.format(label))
    for hand in filter(None, (noa, lea)):
        expect(hand.page.locator(".stepper [aria-current=step]")).to_contain_text(label, timeout=COUNTED)
    assert_accessible(noa.page)


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
    expect(noa.page.locator(".note--down")).to_have_count(0)
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
    """Both judge; what they agree on settles by itself, what nobody put anywhere is left."""
    lea.page.reload()
    for tab, kept, parked in (("Usage", USAGE[:1], USAGE[1:]), ("System Health", HEALTH[:2], HEALTH[2:])):
        for hand in (noa, lea):
            hand.follow(tab)
            verdicts = dict.fromkeys(kept, "Keep") | dict.fromkeys(parked, "later")
            for text, verdict in verdicts.items():
                judge(hand, text, verdict)
                # The last verdict settles all, and the card is gone from where it was judged.
                if hand is noa or text != list(verdicts)[-1]:
                    expect(hand.page.locator(".judge", has_text=text).get_by_text("You would")).to_be_visible()
        # Nobody leads, so everybody goes on to what is still to be judged.
        noa.page.reload()
        noa.follow(tab)
        expect(noa.page.locator(".kept-mark")).to_have_count(len(kept))
    assert_accessible(noa.page)
    next_stage(noa, "Focus", lea, "Go on to {} anyway")


def judge(hand: Hand, text: str, verdict: str) -> None:
    card: Locator = hand.page.locator(".judge", has_text=text)
    if verdict == "Keep":
        hand.press(f"Keep: {text}", within=card)
    else:
        hand.unfold("Park", within=card)
        hand.press("6 later", within=card)


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
