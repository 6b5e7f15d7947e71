"""While the disk still has to keep what was sent, the hands go on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.room.following import follows
from tests.browser.room.visitors import FIELD, Visit, pending, slips, write, written
from workshops.models import Card, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

# Whatever wants to be kept waits behind this transaction until it is let go.
BUSY = """() => new Promise((begun) => {
  indexedDB.open("mdd-room").onsuccess = ({ target }) => {
    const store = target.result.transaction("outbox", "readwrite").objectStore("outbox");
    let isBusy = true;
    window.letGo = () => { isBusy = false; };
    const again = () => { if (isBusy) store.count().onsuccess = again; };
    store.count().onsuccess = () => { begun(); again(); };
  };
})"""
KEPT = "() => Object.entries(localStorage).filter(([key]) => key.startsWith('mdd:draft:')).map(([, text]) => text)"
FULL = "() => { IDBObjectStore.prototype.add = function () { this.transaction.abort(); }; }"


def throws(page: Page, text: str) -> None:
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_what_is_thrown_in_quick_turns_is_a_card_each(visit: Visit, ada: User) -> None:
    Workshop.objects.update(stage="throw")
    page = visit(ada).open()
    thought = page.locator("#thought")
    thought.focus()

    page.evaluate(BUSY)
    throws(page, "Who waits?")
    expect(thought).to_have_value("")
    throws(page, "Who leaves?")
    page.keyboard.type("Who st")
    page.evaluate("letGo()")

    expect(page.locator(".pile .note")).to_have_count(2)
    page.keyboard.type("ays?")
    expect(thought).to_have_value("Who stays?")
    assert list(Card.objects.order_by("pk").values_list("text", flat=True)) == ["Who waits?", "Who leaves?"]


def test_until_the_disk_has_them_the_words_are_a_draft(visit: Visit, mia: User) -> None:
    page = visit(mia).open()
    field = page.get_by_label(FIELD)
    field.focus()

    page.evaluate(BUSY)
    page.keyboard.type("Departures")
    page.get_by_role("button", name="Write it down").click()
    expect(field).to_have_value("")
    assert page.evaluate(KEPT) == ["Departures"]

    page.evaluate("letGo()")
    expect(slips(page)).to_have_count(1)
    assert page.evaluate(KEPT) == []


def test_a_second_press_sends_nothing_more(visit: Visit, mia: User) -> None:
    page = visit(mia).open()
    page.get_by_label(FIELD).focus()

    page.evaluate(BUSY)
    page.keyboard.type("Departures")
    page.get_by_role("button", name="Write it down").dblclick()
    page.evaluate("letGo()")

    expect(slips(page)).to_have_count(1)
    expect(pending(page)).to_have_count(0)
    expect(page.locator(".field__error")).to_have_count(0)
    assert written() == ["Departures"]


def test_a_disk_that_keeps_nothing_has_the_form_posted_and_the_next_words_kept(visit: Visit, mia: User) -> None:
    page = visit(mia).open()
    page.evaluate(BUSY)
    page.evaluate(FULL)

    write(page, "Departures")
    page.get_by_label(FIELD).press_sequentially("Notices")
    with page.expect_navigation():
        page.evaluate("letGo()")

    expect(slips(follows(page))).to_have_count(1)
    expect(page.get_by_label(FIELD)).to_have_value("Notices")
    assert written() == ["Departures"]
