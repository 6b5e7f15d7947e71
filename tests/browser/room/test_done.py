"""“I am done” while something on the page is not kept: it is said first, and both ways go on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.axe import assert_accessible
from tests.browser.room.visitors import FIELD, Visit, write
from tests.builders import make_expectation
from tests.workshops.posting import move
from workshops.models import Opinion, Participant, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]


def say_done(page: Page) -> None:
    page.get_by_role("button", name="I am done", exact=True).click()


def expect_done(page: Page) -> None:
    done = page.get_by_role("button", name="I am done", exact=True)
    expect(done).to_have_attribute("aria-pressed", "true")


def test_a_chosen_opinion_is_pointed_out_before_one_is_done(
    visit: Visit, ada: User, mia: User, workshop: Workshop
) -> None:
    make_expectation(workshop.squad, ada)
    move(workshop, "meeting")
    page = visit(mia).open()
    page.get_by_label("Not met").check()

    say_done(page)
    asks = page.get_by_role("dialog", name="Not kept yet")
    expect(asks).to_be_visible()
    assert_accessible(page)
    assert not Participant.objects.get(user=mia).done_stage
    asks.get_by_role("button", name="Back to it").click()

    expect(page.get_by_label("Not met")).to_be_focused()
    page.get_by_role("button", name="Keep my opinion").click()
    expect(page.get_by_text("Kept, face down.")).to_be_visible()
    say_done(page)
    expect_done(page)
    assert Opinion.objects.get().verdict == "not-met"


def test_who_is_done_all_the_same_keeps_the_half_typed_thought(visit: Visit, mia: User, workshop: Workshop) -> None:
    move(workshop, "throw")
    page = visit(mia).open()
    page.get_by_placeholder("Throw a thought…").fill("Half a tho")

    say_done(page)
    page.get_by_role("button", name="I am done anyway").click()

    expect_done(page)
    expect(page.get_by_role("dialog", name="Not kept yet")).to_be_hidden()
    expect(page.get_by_placeholder("Throw a thought…")).to_have_value("Half a tho")


def test_nobody_is_asked_who_has_sent_everything(visit: Visit, mia: User) -> None:
    page = visit(mia).open()
    write(page, "Departures")
    page.get_by_label(FIELD).fill("Taken back")
    page.get_by_label(FIELD).fill("")

    say_done(page)

    expect_done(page)
