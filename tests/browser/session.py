"""One person leads a whole workshop alone, through its nine stages to a metric. How they act is another matter."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.ways import Way

FLIGHT, CALLS, COFFEE = "How many flights leave each day?", "How many calls wait at six?", "Is the coffee warm?"


def start(way: Way) -> None:
    way.follow("Start a workshop")
    way.write("What is it about?", "Spring")
    way.press("Start it")
    expect(way.page.get_by_role("heading", name="What do we deliver?")).to_be_visible()
    way.look()


def go_on(way: Way, label: str, button: str = "Next: {}") -> None:
    way.look()
    way.press(button.format(label))
    expect(way.page.locator(".stepper [aria-current=step]")).to_contain_text(label)
    way.look()


def answer(way: Way, *texts: str) -> None:
    way.write("Your answers, one a line", "\n".join(texts))
    way.press("Write it down")
    expect(way.page.locator(".slip[id]")).to_have_count(len(texts))
    way.look()
    way.press("Reveal all")
    expect(way.page.locator("#revealed .slip")).to_have_count(len(texts))


def agree(way: Way, text: str, *, ticks: tuple[str, ...] = (), chooses: dict[str, str] | None = None) -> None:
    way.tick(text, within=way.page.locator("#revealed .slip", has_text=text))
    way.press("Agree on what is ticked")
    sheet = way.page.locator("details.settle")
    expect(sheet.get_by_role("button", name="We agree on this")).to_be_visible()
    way.look()
    for label, option in (chooses or {}).items():
        way.choose(label, option, within=sheet)
    for label in ticks:
        way.tick(label, within=sheet)
    way.press("We agree on this", within=sheet)
    expect(way.page.locator("#agreed .answers", has_text=text)).to_be_visible()


def four_questions(way: Way) -> None:
    answer(way, "Departures", "Delay notices")
    agree(way, "Departures", ticks=("The most critical one",))
    go_on(way, "Customers")
    answer(way, "Passengers")
    agree(way, "Passengers", ticks=("Departures",))
    go_on(way, "Expect")
    answer(way, "Leaves on time")
    agree(way, "Leaves on time", chooses={"Who": "Passengers", "Of what": "Departures"})
    go_on(way, "Meet?")
    matter = way.page.locator(".matter")
    way.tick("We don't know", within=matter)
    way.press("Keep my opinion", within=matter)
    expect(matter.get_by_text("Kept, face down.")).to_be_visible()
    way.press("Reveal all")
    way.unfold("Agree on this", within=matter)
    way.tick("We don't know", within=matter.locator("details.settle"))
    way.press("This is what we found", within=matter)
    expect(matter.get_by_text("We found:")).to_be_visible()
    go_on(way, "Throw")


def throw(way: Way) -> None:
    for count, text in enumerate((FLIGHT, CALLS, COFFEE), start=1):
        way.write("What would we like to know?", text)
        way.press("Throw")
        expect(way.page.locator(".pile .note")).to_have_count(count)
    way.look()
    way.press("Reveal all cards")
    expect(way.page.locator(".tangle .note[id]")).to_have_count(3)
    go_on(way, "Group")


def group(way: Way) -> None:
    for count, text in enumerate((FLIGHT, CALLS), start=1):
        way.act(way.page.locator(".tangle .note", has_text=text).get_by_role("checkbox"))
        way.look()
        way.press("Put in Usage")
        expect(way.page.locator(".bucket", has_text="Usage").first.locator(".note")).to_have_count(count)
    go_on(way, "Prune")


def prune(way: Way) -> None:
    way.follow("Usage")
    expect(way.page.get_by_role("heading", name="Usage")).to_be_visible()
    way.press(f"Keep: {FLIGHT}")
    expect(way.page.get_by_text("You would keep it.")).to_be_visible()
    card = way.page.locator(".judge", has_text=CALLS)
    way.unfold("Park", within=card)
    way.look()
    way.press("6 later", within=card)
    expect(way.page.get_by_text("You would park it: later.")).to_be_visible()
    way.press("Settle")
    expect(way.page.get_by_role("heading", name="Kept")).to_be_visible()
    go_on(way, "Focus", "Go on to {} anyway")


def focus(way: Way) -> None:
    finalist = way.page.locator(".finalist")
    way.unfold("Phrase it as one question", within=finalist)
    way.write("As one question", "Do we fly on time?", within=finalist)
    way.write("If it rises", "add a crew", within=finalist)
    way.press("Save the words", within=finalist)
    expect(finalist.get_by_text("add a crew")).to_be_visible()
    way.press("One dot more on Usage")
    way.press("Reveal the dots")
    way.tick("Fine")
    way.press("Say so")
    expect(way.page.get_by_text("Yours is kept.")).to_be_visible()
    way.look()
    way.press("Reveal the answers")
    way.write("must not get worse", "How content are the crews?")
    way.write("How could we make the number look good", "By not counting")
    way.press("Decide")
    expect(way.page.get_by_text("Decision 1, written down by Ada")).to_be_visible()
    way.look()
    way.follow("Spring")
    expect(way.page.locator("sync-chip")).to_have_attribute("state", "saved")
    go_on(way, "Wrap-up")


def adopt(way: Way) -> None:
    way.follow(f"Make it a metric: {FLIGHT}")
    expect(way.page.get_by_text("Five things, and it is a metric.")).to_be_visible()
    way.look()
    way.tick("By hand, every week")
    way.tick("more is better")
    way.write("Target", "8")
    way.write("If this goes wrong", "ask them why")
    way.press("Make it a metric")
    expect(way.page.get_by_text("Every survivor is a metric now")).to_be_visible()
    way.look()
    way.press("Close the workshop")
    expect(way.page.get_by_role("button", name="Close the workshop")).to_have_count(0)


def whole(way: Way) -> None:
    for part in (start, four_questions, throw, group, prune, focus, adopt):
        part(way)
