"""In two browsers: before the meeting, in groups, and somebody who speaks for another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.axe import assert_accessible
from tests.browser.room.visitors import Visit
from tests.workshops.boards import bucket_of, make_card
from tests.workshops.coming import make_guest
from workshops.models import Card, Keep, Stage, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

SOON = 5_000  # before the next sign of life, which would tell it as well


@pytest.fixture
def pages(visit: Visit, ada: User, mia: User) -> tuple[Page, Page]:
    """Ada's and Mia's."""
    hers, mias = visit(ada).open(), visit(mia).open()
    for page in (hers, mias):
        expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    return hers, mias


@pytest.fixture
def ahead(workshop: Workshop) -> Workshop:
    Workshop.objects.update(is_ahead=True, meets_at=timezone.now() + timedelta(days=3))
    return workshop


@pytest.fixture
def throwing(workshop: Workshop) -> Workshop:
    Workshop.objects.update(stage=Stage.THROW, stage_since=timezone.now())
    return workshop


def test_each_writes_where_they_like_until_they_meet(ahead: Workshop, pages: tuple[Page, Page]) -> None:
    hers, mias = pages

    mias.get_by_role("link", name="Throw").click()
    mias.get_by_role("textbox", name="What would we like to know?").fill("Who queues?")
    mias.keyboard.press("Enter")

    expect(mias.locator(".pile .note")).to_contain_text("Who queues?")
    expect(hers.locator("#ahead")).to_contain_text("1 of 2 have thrown. Mia")
    expect(hers.get_by_role("heading", name="What do we deliver?")).to_be_visible()
    for page in pages:
        assert_accessible(page)
    hers.get_by_role("button", name="Begin now").click()
    for page in pages:
        expect(page.locator(".stepper [aria-current]")).to_contain_text("Deliver")
        expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")


def test_a_group_throws_apart_and_comes_back(throwing: Workshop, pages: tuple[Page, Page]) -> None:
    hers, mias = pages
    hers.locator("#door a").click()
    hers.get_by_role("button", name="Split into groups").click()
    expect(mias.locator(".apart")).to_be_visible()
    assert_accessible(mias)

    mias.locator(".apart").get_by_role("link").click()
    expect(mias.locator("sync-chip")).to_contain_text("Live")
    mias.get_by_role("textbox", name="What would we like to know?").fill("Who queues?")
    mias.keyboard.press("Enter")
    expect(mias.locator(".pile .note")).to_contain_text("Who queues?")
    count = hers.locator(".group", has_text="Mia").locator(".num")
    expect(count).to_have_text("1 card · 1 face down", timeout=SOON)
    assert_accessible(mias)
    mias.get_by_role("button", name="Reveal all").click()
    expect(mias.locator("#thrown .note")).to_have_count(1)

    expect(count).to_have_text("1 card", timeout=SOON)
    assert "Who queues?" not in hers.content()
    hers.locator(".group", has_text="Mia").get_by_role("button", name="Bring back").click()

    expect(hers.locator("#thrown .note")).to_contain_text("Who queues?")
    expect(mias.get_by_text("This group is back.")).to_be_visible()
    hers.locator("[data-undo] button").click()
    expect(hers.locator("#thrown .note")).to_have_count(0)
    expect(mias.get_by_text("This group is back.")).to_have_count(0)


def test_what_is_pressed_for_somebody_else_is_theirs(workshop: Workshop, visit: Visit, ada: User) -> None:
    gran = make_guest(workshop, name="Gran", has_device=False)
    Workshop.objects.update(stage=Stage.PRUNE, stage_since=timezone.now())
    card = make_card(workshop, ada, "Who waits?", bucket=bucket_of(workshop))
    page = visit(ada).open()

    page.get_by_role("button", name="Gran").click()
    expect(page.get_by_text("You speak for Gran")).to_be_visible()
    expect(page.locator("sync-chip")).to_contain_text("Live")
    page.locator(".judge").focus()
    page.keyboard.press("k")

    expect(page.locator(".judge")).to_contain_text("Gran would keep it.")
    assert Keep.objects.get(card=card).participant == gran
    assert_accessible(page)
    page.get_by_role("button", name="Myself").click()
    expect(page.locator(".judge")).not_to_contain_text("would keep it")


def test_how_it_went_is_readable_by_all(workshop: Workshop, visit: Visit, ada: User, mia: User) -> None:
    Workshop.objects.update(stage=Stage.WRAP_UP, stage_since=timezone.now())
    for user, state in ((ada, "survived"), (mia, "thrown"), (mia, "thrown")):
        make_card(workshop, user, state=state)
    page = visit(ada).open()

    for name in ("not at all", "very"):
        page.get_by_role("button", name=name).click()
    expect(page.get_by_role("button", name="very")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="How it went").click()

    expect(page.get_by_text("1 of 3 cards that were thrown.")).to_be_visible()
    assert_accessible(page)
    page.goto(page.url.replace(f"workshops/{workshop.pk}/health/", f"{trend(workshop)}"))
    expect(page.get_by_role("link", name="Spring")).to_be_visible()
    assert_accessible(page)
    assert Card.objects.count() == 3


def trend(workshop: Workshop) -> str:
    return reverse("workshops:healths", args=[workshop.squad.slug]).lstrip("/")
