"""What the composer says of a line while it is typed: few hints, kind ones, and none where nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.xdist_group("browser")

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "thought-lint.js"
ORIGIN = "http://mdd.test"
METRICS = ["How long do callers wait?", "Bags on time"]
KINDS = '<input type="radio" name="kind" value="" checked><input type="radio" name="kind" value="evidence">'

BARE = "Which question would it answer, for whom?"
STUCK = "Yes or no moves only once."
SAYS_NOTHING = [
    "",
    "Why do callers hang up?",
    "How many bags miss their flight",
    "Releases?",
    "Nobody reads the handbook",
    "Guests wait too long",
    "Builds break often",
    "We deploy on Fridays",
    "# Hours to first answer",
    "# Share of bags on the belt after 20 min",
    "# p95 latency",
    "# 30 % churn",
    "“Coffee",
    "Do guests wait longer than ten minutes?",
    "How is the new desk doing?",
    "Is it?",
    "The queue at the desk looks endless to guests",
]
HINTS = [
    ("Performance", BARE),
    ("# Velocity", BARE),
    ("# Story points", BARE),
    ("- Customer satisfaction", BARE),
    ("! Release quality", BARE),
    ("2. Team happiness", BARE),
    ("Is the new booking page finished?", STUCK),
    ("? Do we have a runbook", STUCK),
    ("Have we moved to the cloud?", STUCK),
    ("bags on time", "Your squad already has a metric of this name: “Bags on time”."),
    ("# Bags on-time.", "Your squad already has a metric of this name: “Bags on time”."),
    ("how long do callers wait", "Your squad already has a metric of this name: “How long do callers wait?”."),
]


@pytest.fixture
def composer(page: Page) -> Page:
    """The composer's field with nothing but the hints around it."""
    lint = render_to_string("workshops/board/lint.html", {"known_metrics": METRICS})
    body = (
        f'<form id="f"><textarea name="text"></textarea>{KINDS}{lint}</form><script type="module" src="/x.js"></script>'
    )
    page.route(f"{ORIGIN}/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))

    def script(route: Route) -> None:
        route.fulfill(path=SCRIPT, content_type="text/javascript")

    page.route(f"{ORIGIN}/x.js", script)
    page.goto(f"{ORIGIN}/")
    page.clock.install()
    return page


def hint_on(page: Page, typed: str) -> str:
    page.locator("textarea").fill(typed)
    page.clock.run_for(1_000)
    return page.get_by_role("status").text_content() or ""


def test_good_thoughts_are_left_alone(composer: Page) -> None:
    assert {typed: hint_on(composer, typed) for typed in SAYS_NOTHING} == dict.fromkeys(SAYS_NOTHING, "")


def test_labels_dead_ends_and_known_metrics_get_a_hint(composer: Page) -> None:
    found = {typed: hint_on(composer, typed) for typed, _hint in HINTS}

    assert [(typed, found[typed]) for typed, hint in HINTS if not found[typed].startswith(hint)] == []


def test_the_line_being_typed_is_looked_at_not_those_before(composer: Page) -> None:
    assert hint_on(composer, "Performance\nWhy do callers hang up?") == ""
    assert hint_on(composer, "Why do callers hang up?\nPerformance") == BARE


def test_evidence_is_never_asked_what_it_answers(composer: Page) -> None:
    composer.locator("[value=evidence]").check()

    assert hint_on(composer, "Performance") == ""


def test_a_hint_waits_for_a_pause_and_is_gone_once_the_card_is(composer: Page) -> None:
    composer.locator("textarea").fill("Performance")
    composer.clock.run_for(200)
    expect(composer.get_by_role("status")).to_have_text("")

    assert hint_on(composer, "Performance") == BARE
    composer.evaluate(
        "document.forms.f.elements.text.value = ''; document.dispatchEvent(new CustomEvent('outbox:put'))"
    )
    composer.clock.run_for(10)

    expect(composer.get_by_role("status")).to_have_text("")
