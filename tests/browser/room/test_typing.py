"""Whoever types is not disturbed: neither by what the others do, nor by what comes back from the server."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.room.visitors import FIELD, Visit, Visitor, slips, write
from workshops.actions import answers, workshops
from workshops.models import Participant, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

REFRESHES = 50


def change(workshop: Workshop, by: User, number: int) -> int:
    """Something that shows on everybody's page; returns the serial it has."""
    me = Participant.objects.get(workshop=workshop, user=by)
    answers.write(workshop, stage="deliver", texts=[f"Theirs {number}"], by=me, operation=uuid4())
    workshop.topic.refresh_from_db()
    return workshop.topic.serial


def refresh(page: Page, serial: int) -> None:
    """Say that the room is stale, as the stream does, and wait until it shows what has happened."""
    page.evaluate(
        "serial => document.dispatchEvent(new CustomEvent('room:stale', {detail: {serial}}))",
        serial,
    )
    expect(page.locator("#room")).to_have_attribute("data-serial", str(serial))


def test_fifty_changes_by_others_leave_draft_and_caret(visit: Visit, workshop: Workshop, ada: User, mia: User) -> None:
    page = visit(mia).open()
    field = page.get_by_label(FIELD)
    field.press_sequentially("Begin  end")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.evaluate("window.mine = document.activeElement")
    typed = "abcdefghij" * (REFRESHES // 10)

    for number, letter in enumerate(typed):
        page.keyboard.press(letter)
        refresh(page, change(workshop, ada, number))

    expect(field).to_have_value(f"Begin {typed} end")
    assert page.evaluate("document.activeElement === window.mine && mine.isConnected && mine.selectionStart") == 56
    expect(page.get_by_text("50 answers lie face down.")).to_be_visible()


def test_ticks_open_details_and_edits_stay(visit: Visit, workshop: Workshop, ada: User, mia: User) -> None:
    page = visit(mia).open()
    write(page, "Departures")
    expect(slips(page)).to_have_count(1)
    page.locator(".slip__edit summary").click()
    edit = page.locator(".slip__edit input[type=text]")
    edit.fill("Departures, on time")

    refresh(page, change(workshop, ada, 1))
    expect(edit).to_be_visible()
    expect(edit).to_have_value("Departures, on time")
    page.reload()
    expect(edit).to_be_visible()
    expect(edit).to_have_value("Departures, on time")

    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".slip__text").first).to_have_text("Departures, on time")
    expect(edit).to_be_hidden()


def test_words_for_one_question_do_not_become_an_answer_to_the_next(
    visit: Visit, workshop: Workshop, ada: User, mia: User
) -> None:
    page = typing_while_the_room_moves_on(visit(mia), workshop, ada)

    expect(page.locator(".stepper [aria-current=step]")).to_contain_text("Customers")
    expect(page.get_by_label(FIELD)).to_have_value("For the first")
    page.get_by_role("button", name="Write it down").click()

    expect(page.locator("#toasts")).to_contain_text("Kept under")
    expect(page.get_by_label(FIELD)).to_have_value("")
    assert Participant.objects.get(user=mia).answers.get().stage == "deliver"


def test_whoever_deletes_words_for_one_question_answers_the_next(
    visit: Visit, workshop: Workshop, ada: User, mia: User
) -> None:
    page = typing_while_the_room_moves_on(visit(mia), workshop, ada)

    page.get_by_label(FIELD).clear()
    expect(page.locator("#write-stage")).to_have_value("customers")
    write(page, "For the second")

    expect(slips(page)).to_have_count(1)
    assert Participant.objects.get(user=mia).answers.get().stage == "customers"


def test_words_whose_form_is_no_more_are_given_back(visit: Visit, workshop: Workshop, ada: User, mia: User) -> None:
    page = visit(mia).open()
    page.get_by_label(FIELD).press_sequentially("Too late")

    leader = Participant.objects.get(workshop=workshop, user=ada)
    workshops.move(workshop, seen="deliver", to="meeting", by=leader, operation=uuid4())
    workshop.topic.refresh_from_db()
    refresh(page, workshop.topic.serial)

    returned = page.locator("unsent-list")
    expect(returned).to_contain_text("You were writing this when the room moved on.")
    expect(returned.get_by_label("What you wrote")).to_have_value("Too late")


def test_an_older_page_never_replaces_a_newer_one(visit: Visit, workshop: Workshop, ada: User, mia: User) -> None:
    page = visit(mia).open()
    older = page.content()

    refresh(page, change(workshop, ada, 1))
    page.evaluate("html => document.dispatchEvent(new CustomEvent('room:fresh', {detail: {html}}))", older)

    expect(page.get_by_text("1 answer lies face down.")).to_be_visible()


def test_what_another_page_had_to_say_outlives_the_answer_that_follows(visit: Visit, mia: User) -> None:
    page = visit(mia).open()

    page.evaluate(
        """html => {
            const says = (name, detail) => document.dispatchEvent(new CustomEvent(name, {detail}));
            says('outbox:state', {waiting: 1, online: true, isSending: true, isSignedOut: false});
            const toast = '<div class="toast"><p>Revealed</p></div>';
            says('room:fresh', {html: html.replace(/<toast-list[^>]*>/, `$&${toast}`)});
            says('room:fresh', {html, url: location.href, isAnswer: true});
        }""",
        page.request.get(page.url).text(),
    )

    expect(page.locator("#toasts")).to_contain_text("Revealed")
    write(page, "Departures")
    expect(page.locator("#toasts .toast")).to_have_count(0)


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("live", "Live"),
        ("polling", "Live updates are blocked here: asking every few seconds."),
        ("lost", "No connection since "),
    ],
)
def test_the_chip_says_how_the_others_reach_us(visit: Visit, mia: User, mode: str, said: str) -> None:
    page = visit(mia).open()
    page.evaluate("document.querySelector('live-topic').remove()")

    page.evaluate("mode => document.dispatchEvent(new CustomEvent('live:state', {detail: {mode}}))", mode)

    expect(page.locator("sync-chip")).to_contain_text(said)


def test_a_view_that_is_asked_for_brings_its_own_words(visit: Visit, workshop: Workshop, ada: User, mia: User) -> None:
    change(workshop, mia, 1)
    workshop.answers.update(is_revealed=True)
    page = visit(ada).open()
    refresh(page, change(workshop, mia, 2))

    page.get_by_label("Theirs 1").check()
    page.get_by_role("button", name="Agree on what is ticked").click()
    expect(page.get_by_label("We deliver")).to_have_value("Theirs 1")
    page.get_by_label("The most critical one").check()
    page.get_by_role("button", name="We agree on this").click()

    expect(page.locator("#agreed .answers")).to_contain_text("Theirs 1")
    expect(page.locator("details.settle")).not_to_have_attribute("open", "")
    assert "?" not in page.url


def typing_while_the_room_moves_on(visitor: Visitor, workshop: Workshop, leader: User) -> Page:
    page = visitor.open()
    page.get_by_label(FIELD).press_sequentially("For the first")
    leading = Participant.objects.get(workshop=workshop, user=leader)
    workshops.move(workshop, seen="deliver", to="customers", by=leading, operation=uuid4())
    workshop.topic.refresh_from_db()
    refresh(page, workshop.topic.serial)
    return page
