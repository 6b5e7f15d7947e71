"""What everybody in a room sees at the same time: the clock, the way to the next stage, hands; and the wall."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.axe import assert_accessible
from tests.browser.room.visitors import FIELD, Visit, Visitor
from tests.builders import make_answer
from workshops.actions import guests
from workshops.models import Workshop

EVERY = 20  # seconds after which the lobby asks without being told
IS_WHOLE = """last =>
    last.getBoundingClientRect().bottom <= last.closest(".wall__stage").getBoundingClientRect().bottom + 1"""
pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]


def live(visitor: Visitor) -> Page:
    page = visitor.open()
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    return page


def wall_of(visitor: Visitor) -> Page:
    page = visitor.tab(f"{visitor.address}projector/")
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    return page


def test_a_move_can_be_stopped_and_what_others_type_stays(
    visit: Visit, ada: User, mia: User, workshop: Workshop
) -> None:
    pages = live(visit(ada)), live(visit(mia))
    hers, mias = pages
    mias.get_by_label(FIELD).press_sequentially("Half a tho")

    hers.get_by_role("button", name="Next: Customers").click()
    for page in pages:
        expect(page.locator("#moving")).to_contain_text("Customers")
    # Five seconds are for people: a slow machine gets a minute.
    Workshop.objects.update(moves_at=timezone.now() + timedelta(minutes=1))
    assert_accessible(hers)
    expect(mias.get_by_role("button", name="Stay here")).to_have_count(0)
    hers.get_by_role("button", name="Stay here").click()

    for page in pages:
        expect(page.locator("#moving count-down")).to_have_count(0)
        expect(page.locator("#room")).to_have_attribute("data-stage", "deliver")
    expect(mias.get_by_label(FIELD)).to_have_value("Half a tho")
    workshop.refresh_from_db()
    assert (workshop.stage, workshop.moving_to) == ("deliver", "")


def test_a_move_that_nobody_stops_takes_everybody_along(visit: Visit, ada: User, mia: User, workshop: Workshop) -> None:
    visitor = visit(ada)
    pages = live(visitor), live(visit(mia)), wall_of(visitor)

    pages[0].get_by_role("button", name="Next: Customers").click()

    for page in pages:
        expect(page.locator("#room")).to_have_attribute("data-stage", "customers")
        expect(page.locator("#moving count-down")).to_have_count(0)
    assert workshop.topic.events.filter(kind="stage-moved").count() == 1


def test_two_browsers_and_the_wall_show_one_clock(visit: Visit, ada: User, mia: User, workshop: Workshop) -> None:
    visitor = visit(ada)
    hers, mias, wall = live(visitor), live(visit(mia)), wall_of(visitor)

    hers.locator("#clock summary").click()
    hers.get_by_role("button", name="+5 min").click()
    for page in (hers, mias):
        expect(page.locator("time-box")).to_have_text("13 of 13 min left")
    hers.get_by_role("button", name="Stop the clock").click()
    for page in (hers, mias):
        expect(page.locator("time-box")).to_contain_text("Stopped, ")
    expect(wall.locator("time-box")).to_have_class("is-resting")
    assert_accessible(wall)

    ends = {page.locator("time-box").get_attribute("left") for page in (hers, mias, wall)}
    assert len(ends) == 1


@pytest.mark.parametrize(("count", "is_all"), [(8, True), (18, False)])
def test_what_is_much_for_a_wall_is_smaller_and_what_is_too_much_is_told(
    visit: Visit, ada: User, workshop: Workshop, count: int, is_all: bool
) -> None:
    for _ in range(count):
        make_answer(workshop, ada, text="What everybody here knows. " * 7, is_revealed=True)

    wall = wall_of(visit(ada))

    last, told = wall.locator("#revealed li").last, wall.get_by_text("There are more.")
    expect(wall.locator(".wall__stage")).to_have_attribute("style", re.compile("--fit"))
    expect(told).to_be_visible(visible=not is_all)
    assert last.evaluate(IS_WHOLE) is is_all


def test_the_lobby_shows_at_once_who_comes(visit: Visit, ada: User, workshop: Workshop) -> None:
    visitor = visit(ada)
    page = visitor.tab(f"{visitor.address}people/")
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")

    started = time.monotonic()
    guests.come_in(workshop, name="Gus Greenwood", operation=uuid4())

    expect(page.locator("#people")).to_contain_text("Gus Greenwood")
    assert time.monotonic() - started < EVERY, "it was asked for by the clock"


def test_a_raised_hand_is_seen_and_heard(visit: Visit, ada: User, mia: User) -> None:
    hers, mias = live(visit(ada)), live(visit(mia))

    mias.get_by_role("button", name="Raise my hand").click()
    expect(hers.locator("#hands")).to_contain_text("Mia")
    hers.get_by_role("button", name="Heard Mia").click()

    expect(mias.get_by_role("button", name="Raise my hand")).to_have_attribute("aria-pressed", "false")
    expect(mias.locator("#hands p")).to_have_count(0)
