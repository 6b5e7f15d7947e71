"""Every stage of the board for everybody: nothing that axe finds, at a desk and on a phone, by day and by night."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from mdd.models import User
from tests import builders
from tests.browser.axe import assert_accessible
from tests.browser.served import DESK, Served
from tests.browser.shelf import tab
from tests.workshops import builders_focus
from tests.workshops.boards import bucket_of, judge, make_card, make_workshop, place_of
from workshops.actions import focus, guessing, keeps, moves, suggesting
from workshops.models import Bucket, Workshop

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

STAGES = ("throw", "group", "prune", "focus", "wrap-up")
BOARD = [f"{stage} {part}".strip() for stage in STAGES for part in ("", "projector/")]
# All of it at once: what has just slid halfway under a bar would count as a small target.
TALL = {"width": 360, "height": 4000}
MOVING = """() => document.getAnimations().filter(each => each.playState === 'running')
  .filter(each => each.effect.getComputedTiming().duration > 1)
  .map(each => each.effect.target.outerHTML.slice(0, 200))"""

TILTED = "all => all.filter(each => !['none', '0deg'].includes(getComputedStyle(each).rotate)).length"


@pytest.fixture
def workshop(ada: User) -> Workshop:
    """Something of everything: hidden and revealed, grouped, split, kept, parked, voted on, guessed, just moved."""
    squad = ada.memberships.get().squad
    mia = builders.make_member(squad, name="Mia")
    builders.make_expectation(squad, ada, text="Bags arrive with their owners")
    made = make_workshop(squad, ada)
    lead, me = place_of(made, ada), place_of(made, mia)
    usage, health = bucket_of(made), bucket_of(made, "System Health")
    make_card(made, ada, "Is it hidden?", is_revealed=False)
    make_card(made, mia, "Parked?", state="parked", reason="later")
    loose = [make_card(made, mia, text) for text in ("Late bags", "Late crews", "Who waits?")]
    split = make_card(made, mia, "Who calls twice?", bucket=usage)
    judge(split, ada)
    judge(split, mia, "gaming")
    keeps.settle(made, bucket=usage.pk, by=lead, operation=uuid4())
    builders_focus.make_card(made, bucket=health)
    Bucket.objects.filter(pk=health.pk).update(question="Do callers wait?", unit="minutes", if_falls="call them")
    health.refresh_from_db()
    for person, value in ((lead, 40), (me, 70)):
        guessing.guess(health, value=value, by=person, operation=uuid4())
        focus.dot(health, change=1, by=person, operation=uuid4())
    suggesting.keep(suggesting.Group(loose[:2], None, "Late"), lead)
    moves.move(made, held={loose[2].pk: None}, to=usage.pk, by=lead, operation=uuid4())
    return made


def at(served: Served, user: User, workshop: Workshop, where: str, **options: Any) -> Page:
    stage, _space, path = where.partition(" ")
    Workshop.objects.update(stage=stage)
    return served.page(user, f"{workshop.get_absolute_url()}{path}", **options)


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [
        pytest.param(DESK, "light", id="1280-light"),
        pytest.param(TALL, "dark", id="360-dark", marks=pytest.mark.long),
    ],
)
def test_nothing_is_found_at_any_stage(
    served: Served, ada: User, workshop: Workshop, viewport: dict[str, int], scheme: str
) -> None:
    context = served.context(ada, viewport=viewport, color_scheme=scheme, has_touch=viewport == TALL)
    page = tab(context)

    for where in BOARD:
        stage, _space, path = where.partition(" ")
        Workshop.objects.update(stage=stage)
        page.goto(f"{workshop.get_absolute_url()}{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where


@pytest.mark.long
@pytest.mark.parametrize("stage", STAGES)
def test_nothing_is_found_in_what_is_open_and_unfolded(
    served: Served, ada: User, workshop: Workshop, stage: str
) -> None:
    lead, health = place_of(workshop, ada), bucket_of(workshop, "System Health")
    focus.reveal_dots(workshop, is_revealed=True, by=lead, operation=uuid4())
    focus.consent(health, value="concern", text="Whose calls?", seen=health.stamp, by=lead, operation=uuid4())
    focus.reveal_consents(health, is_revealed=True, by=lead, operation=uuid4())
    guessing.reveal(health, by=lead, operation=uuid4())

    page = at(served, ada, workshop, stage)

    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    assert_accessible(page)


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_moves_where_motion_is_not_wanted(served: Served, ada: User, workshop: Workshop, stage: str) -> None:
    page = at(served, ada, workshop, stage, reduced_motion="reduce")

    page.mouse.move(640, 400)

    assert page.evaluate(MOVING) == []
    assert page.locator(".note").evaluate_all(TILTED) == 0
