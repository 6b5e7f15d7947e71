"""A board in two browsers: the network goes while one throws and groups, and the stages go back and forth."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mdd.models import Event, User
from tests.browser.room.visitors import Visit
from tests.workshops.boards import bucket_of, make_card
from workshops.models import Card, Stage, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

LATE, BAGS = "Late crews", "Late bags"


def be_at(stage: str) -> None:
    Workshop.objects.update(stage=stage)


def live(page: Page) -> Page:
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    return page


def put(page: Page, text: str, title: str) -> None:
    page.locator(".board .note", has_text=text).click()
    page.locator(".bucket[id]", has=page.get_by_role("heading", name=title)).locator("[data-put]").click()


def test_what_is_thrown_and_grouped_offline_arrives_once_after_a_reload(
    visit: Visit, workshop: Workshop, ada: User, mia: User
) -> None:
    be_at(Stage.GROUP)
    for text in (LATE, BAGS):
        make_card(workshop, ada, text)
    hers, visitor = live(visit(ada).open()), visit(mia, has_worker=True)
    mine = live(visitor.open())
    visitor.keep(mine)

    visitor.context.set_offline(True)
    put(mine, LATE, "Usage")
    mine.locator("#thought").fill("Who waits?")
    mine.locator("#thought").press("Enter")
    expect(mine.locator("sync-chip [data-words]")).to_have_text("Offline, kept on this device (2)")
    mine.reload()
    expect(mine.locator("sync-chip [data-words]")).to_have_text("Offline, kept on this device (2)")
    put(hers, BAGS, "System Health")
    visitor.context.set_offline(False)

    for page in (hers, mine):
        expect(page.locator(".bucket .note")).to_have_count(2)
        expect(page.locator(".tangle .note[id]")).to_have_count(1)
    lying = {card.text: card.bucket and card.bucket.title for card in Card.objects.select_related("bucket")}
    assert lying == {LATE: "Usage", BAGS: "System Health", "Who waits?": None}
    assert Event.objects.filter(kind__in=("cards-moved", "cards-thrown")).count() == 3


def test_back_from_focus_to_throw_and_forward_again_loses_nothing(
    visit: Visit, workshop: Workshop, ada: User, mia: User
) -> None:
    be_at(Stage.FOCUS)
    usage = bucket_of(workshop)
    make_card(workshop, ada, "How many wait?", bucket=usage, state="survived")
    hers, mine = live(visit(ada).open()), live(visit(mia).open())
    phrase = mine.locator(".finalist")
    phrase.get_by_label("As one question").fill("Do callers wait?")
    phrase.get_by_label("If it rises").fill("hire somebody")
    phrase.get_by_role("button", name="Save the words").click()
    mine.locator("summary", has_text="Guess it blind").click()
    mine.get_by_label("What do you think it is today?").fill("40")
    mine.get_by_role("button", name="Guess", exact=True).click()
    mine.get_by_role("button", name="One dot more on Usage").click()
    expect(mine.get_by_text("All your dots are placed")).to_be_visible()
    expect(hers.locator(".finalist")).to_contain_text("1 of 2 have")

    for label in ("Throw", "Focus"):
        hers.locator(".stepper").get_by_role("button", name=label).click()
        for page in (hers, mine):
            expect(page.locator("#room")).to_have_attribute("data-stage", label.lower())
        if label == "Throw":
            mine.locator("#thought").fill("Half a thought")

    expect(mine.get_by_text("All your dots are placed")).to_be_visible()
    mine.locator("summary", has_text="Guess it blind").click()
    expect(mine.get_by_label("What do you think it is today?")).to_have_value("40")
    hers.get_by_role("button", name="Reveal the dots").click()
    expect(mine.locator("#consent")).to_have_text("Do callers wait?")
