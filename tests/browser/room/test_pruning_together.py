"""Prune in two browsers: both follow, counts come alive, and a verdict that comes too late is given back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.axe import assert_accessible
from tests.browser.room.visitors import Visit
from tests.workshops.boards import bucket_of, make_card
from workshops.models import Card, Keep, Stage, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]


@pytest.fixture
def pages(visit: Visit, ada: User, mia: User, workshop: Workshop) -> tuple[Page, Page]:
    """Ada's and Mia's: two cards in Usage, one in System Health."""
    Workshop.objects.update(stage=Stage.PRUNE, stage_since=timezone.now())
    for text in ("Who waits?", "Who calls?"):
        make_card(workshop, ada, text, bucket=bucket_of(workshop))
    make_card(workshop, ada, "Who is up?", bucket=bucket_of(workshop, "System Health"))
    hers, mias = visit(ada).open(), visit(mia).open()
    for page in (hers, mias):
        expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    return hers, mias


def test_both_follow_and_one_may_look_around(pages: tuple[Page, Page]) -> None:
    hers, mias = pages

    hers.get_by_role("button", name="Next: System Health").click()

    expect(mias.get_by_role("button", name="Keep: Who is up?")).to_be_visible()
    mias.get_by_role("link", name="Usage").click()
    expect(mias.get_by_text("You look around.")).to_be_visible()
    assert_accessible(mias)
    mias.get_by_role("link", name="Return").click()
    expect(mias.get_by_role("button", name="Keep: Who is up?")).to_be_visible()
    expect(mias.get_by_text("You look around.")).to_have_count(0)


def test_counts_come_alive_and_the_last_verdict_settles(pages: tuple[Page, Page]) -> None:
    hers, mias = pages

    mias.get_by_role("button", name="Keep: Who waits?").click()
    expect(hers.locator(".judge", has_text="Who waits?")).to_contain_text("1 of 2 have judged")
    mias.get_by_role("button", name="Keep: Who calls?").click()
    hers.get_by_role("button", name="Keep: Who waits?").click()
    expect(hers.locator(".judge", has_text="Who waits?")).to_contain_text("You would keep it.")
    park = hers.locator(".judge", has_text="Who calls?")
    park.locator("summary").click()
    park.get_by_role("button", name="6 later").click()

    for page in pages:
        expect(page.locator(".talk")).to_have_count(1)
        expect(page.get_by_role("heading", name="Kept")).to_be_visible()
    hers.get_by_role("button", name="Talk for a minute about Who calls?").click()
    expect(mias.locator(".talk time-box")).to_contain_text("0:")
    assert_accessible(hers)


def test_of_verdicts_that_wait_the_last_one_counts(pages: tuple[Page, Page]) -> None:
    _hers, mias = pages
    card = mias.locator(".judge", has_text="Who waits?")

    mias.context.set_offline(True)
    for label in ("Keep: Who waits?", "6 later", "Keep: Who waits?"):
        if label == "6 later":
            card.locator("summary").click()
        card.get_by_role("button", name=label).click()
    expect(mias.locator("sync-chip [data-words]")).to_have_text("Offline, kept on this device (3)")
    mias.context.set_offline(False)

    expect(mias.locator("sync-chip")).to_have_attribute("state", "saved")
    expect(card).to_contain_text("You would keep it.")
    assert Keep.objects.get(card__text="Who waits?").value == Keep.Value.KEEP


def test_a_verdict_after_the_time_is_given_back_with_the_reason(pages: tuple[Page, Page]) -> None:
    _hers, mias = pages
    mias.context.set_offline(True)
    card = mias.locator(".judge", has_text="Who waits?")
    card.locator("summary").click()
    card.get_by_role("button", name="6 later").click()
    Workshop.objects.update(stage_since=timezone.now() - timedelta(hours=1))

    mias.context.set_offline(False)

    returned = mias.locator("unsent-list")
    expect(returned).to_contain_text("“Park: Who waits?, later” was not done.")
    expect(returned).to_contain_text("The time was up before your verdict on “Who waits?” came")
    assert not Keep.objects.exists()
    assert Card.objects.in_play().count() == 3
