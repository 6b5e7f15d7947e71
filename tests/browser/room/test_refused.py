"""What the server does not take is given back to the person who did it, and to nobody else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from mdd.models import Membership, Role, User
from tests.browser.axe import assert_accessible
from tests.browser.room.visitors import FIELD, Visit, pending, slips, waylay, write, written
from tests.builders import make_answer
from workshops.models import Answer, Participant, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]


def test_refused_words_are_asked_again_with_what_is_wrong(visit: Visit, mia: User) -> None:
    visitor = visit(mia)
    page = visitor.open()
    long = "x" * 201

    visitor.context.set_offline(True)
    write(page, long)
    expect(pending(page)).to_have_count(1)
    visitor.context.set_offline(False)

    expect(page.locator(".field__error")).to_contain_text("at most 200 characters")
    expect(page.get_by_label(FIELD)).to_have_value(long)
    expect(pending(page)).to_have_count(0)
    page.reload()
    expect(page.get_by_label(FIELD)).to_have_value(long)
    assert written() == []


def test_who_presses_and_is_asked_again_stands_where_it_is_to_be_mended(visit: Visit, mia: User) -> None:
    page = visit(mia).open()

    write(page, " ")

    expect(page.locator(".field__error")).to_be_visible()
    expect(page.get_by_label(FIELD)).to_be_focused()


def test_who_steps_on_over_what_lies_face_down_is_asked_where_they_then_stand(
    visit: Visit, ada: User, mia: User, workshop: Workshop
) -> None:
    make_answer(workshop, mia, text="Departures")
    page = visit(ada).open()

    page.get_by_role("navigation", name="Stages").get_by_role("button", name="Throw").click()

    expect(page.get_by_text("1 thing still lies face down here.")).to_be_in_viewport()
    expect(page.locator("summary", has_text="Next: Throw")).to_be_focused()
    page.get_by_role("button", name="Go on anyway").click()
    expect(page.locator("#room[data-stage=throw]")).to_be_visible()


def test_what_asks_before_going_on_is_folded_again_where_it_was_opened(
    visit: Visit, ada: User, mia: User, workshop: Workshop
) -> None:
    make_answer(workshop, mia, text="Departures")
    page = visit(ada).open()
    page.set_viewport_size({"width": 360, "height": 740})
    way_on = page.locator("summary", has_text="Next: Customers")

    way_on.click()
    expect(page.get_by_text("1 thing still lies face down here.")).to_be_visible()
    way_on.click()

    expect(page.get_by_text("1 thing still lies face down here.")).to_be_hidden()


def test_what_is_wrong_stays_beside_the_words_while_others_go_on(visit: Visit, mia: User) -> None:
    page = visit(mia).open()
    write(page, "x" * 201)
    expect(page.locator(".field__error")).to_be_visible()

    page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener('room:changed', resolve, {once: true});
            document.dispatchEvent(new CustomEvent('room:stale', {detail: {}}));
        })"""
    )

    expect(page.locator(".field__error")).to_contain_text("at most 200 characters")
    write(page, "Short enough")
    expect(slips(page)).to_have_text([re.compile("Short enough")])
    expect(page.locator(".field__error")).to_have_count(0)


def test_refused_words_are_given_back_beside_what_is_being_typed(visit: Visit, mia: User) -> None:
    visitor = visit(mia)
    page = visitor.open()
    long = "x" * 201

    visitor.context.set_offline(True)
    write(page, long)
    expect(pending(page)).to_have_count(1)
    page.get_by_label(FIELD).press_sequentially("The next thing")
    visitor.context.set_offline(False)

    returned = page.locator("unsent-list")
    expect(returned).to_contain_text("at most 200 characters")
    expect(returned.get_by_label("What you wrote")).to_have_value(long)
    expect(page.get_by_label(FIELD)).to_have_value("The next thing")

    page.get_by_label(FIELD).focus()
    returned.get_by_role("button", name="Let it go").press("Enter")
    expect(returned).to_be_hidden()
    expect(page.get_by_label(FIELD)).to_be_focused()


def test_what_one_may_not_do_any_more_is_given_back(visit: Visit, mia: User) -> None:
    visitor = visit(mia)
    page = visitor.open()

    visitor.context.set_offline(True)
    write(page, "Departures")
    expect(pending(page)).to_have_count(1)
    Membership.objects.filter(user=mia).update(role=Role.VIEWER)
    visitor.context.set_offline(False)

    returned = page.locator("unsent-list")
    expect(returned).to_contain_text("You may not do this here any more.")
    expect(returned.get_by_label("What you wrote")).to_have_value("Departures")
    expect(pending(page)).to_have_count(0)
    assert_accessible(page)
    page.reload()
    expect(returned.get_by_label("What you wrote")).to_have_value("Departures")
    returned.get_by_role("button", name="Let it go").click()
    expect(returned).to_be_hidden()
    assert written() == []


def test_what_was_changed_meanwhile_is_said(visit: Visit, mia: User, workshop: Workshop) -> None:
    visitor = visit(mia)
    page = visitor.open()
    write(page, "Departures")
    expect(slips(page)).to_have_count(1)

    visitor.context.set_offline(True)
    page.get_by_role("button", name="Take back “Departures”").click()
    Answer.objects.update(is_revealed=True)
    visitor.context.set_offline(False)

    expect(page.locator("#toasts")).to_contain_text("It has been revealed or taken back meanwhile")
    assert written() == ["Departures"]


def test_signed_out_everything_waits_for_the_person_to_come_back(visit: Visit, mia: User) -> None:
    visitor = visit(mia)
    page = visitor.open()

    visitor.context.clear_cookies(name="session")
    write(page, "Departures")
    expect(page.locator("[data-note-words]")).to_have_text("Sign in again; what you wrote is kept on this device.")
    visitor.become(mia)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(slips(page)).to_have_count(1)
    assert written() == ["Departures"]


def test_another_person_neither_sees_nor_sends_what_waits(visit: Visit, mia: User, ada: User) -> None:
    visitor = visit(mia)
    page = visitor.open()
    visitor.context.set_offline(True)
    write(page, "Mia’s own")
    expect(page.get_by_label(FIELD)).to_have_value("")
    page.get_by_label(FIELD).press_sequentially("Mia’s draft")

    visitor.become(ada)
    visitor.context.set_offline(False)

    expect(page.locator("#room")).to_have_attribute("data-person", f"user:{ada.pk}")
    expect(page.get_by_label(FIELD)).to_have_value("")
    expect(page.locator("sync-chip")).to_have_attribute("state", "saved")
    expect(pending(page)).to_have_count(0)
    assert written() == []

    visitor.become(mia)
    page.reload()
    expect(slips(page)).to_have_count(1)
    expect(page.get_by_label(FIELD)).to_have_value("Mia’s draft")
    assert Participant.objects.get(user=mia).answers.count() == len(written()) == 1


def test_what_the_server_breaks_over_holds_up_nothing(visit: Visit, mia: User) -> None:
    page = visit(mia).open()
    waylay(page, "**/write/", lambda route: route.fulfill(status=500, body="broken", headers={"MDD": "1"}), times=8)

    write(page, "The breaking one")
    expect(pending(page)).to_have_count(1)
    write(page, "The next")
    returned = page.locator("unsent-list")
    page.wait_for_function(
        "() => { dispatchEvent(new Event('online')); return !document.querySelector('unsent-list').hidden }",
        polling=200,
    )
    expect(returned.get_by_label("What you wrote")).to_have_value("The breaking one")

    expect(slips(page)).to_have_text([re.compile("The next")])
    assert written() == ["The next"]
