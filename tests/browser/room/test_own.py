"""Who does something gets an answer of their own; what everybody sees of it comes by the stream."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, expect

from mdd.models import User
from tests.browser.room.following import follows
from tests.browser.room.lying import LATE, bucket, card, place
from tests.browser.room.visitors import Visit, Visitor
from tests.workshops.boards import make_card
from workshops.models import Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

DEAF = """
const listen = EventSource.prototype.addEventListener;
EventSource.prototype.addEventListener = function (name, ...more) {
  if (name !== "step") {
    listen.call(this, name, ...more);
  }
};
"""
# Of each part, on this page and on one that is fetched now: its place, its name and its version.
VERSIONS = """async () => {
  const parts = (page) => [...page.querySelectorAll('#room [data-v]')].map(
    ({ id, parentElement, dataset }) => `${parentElement.id} ${id} ${dataset.v}`);
  const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  return [parts(document), parts(fresh)];
}"""
UNDO = "undo-keys [data-undo] button"


@pytest.fixture(autouse=True)
def _cards(workshop: Workshop, ada: User) -> None:
    Workshop.objects.update(stage="group")
    for text in (LATE, "Late bags"):
        make_card(workshop, ada, text)


def opened(visitor: Visitor) -> Page:
    """A page that follows the stream, and has been kept for a reload offline."""
    page = follows(visitor.open())
    visitor.keep(page)
    return page


def rooms_fetched(page: Page) -> list[Response]:
    """The rooms that the page fetches from now on."""
    fetched: list[Response] = []

    def hear(response: Response) -> None:
        if response.request.resource_type == "fetch" and response.url == page.url and response.status == 200:
            fetched.append(response)

    page.on("response", hear)
    return fetched


def are_own(fetched: list[Response]) -> list[bool]:
    """Whether each is what is one's own alone."""
    return ["<body data-is-own>" in each.text() for each in fetched]


def put_in_usage(page: Page) -> None:
    card(page, LATE).click()
    bucket(page, "Usage").locator("[data-put]").click()
    expect(bucket(page, "Usage").locator(".note")).to_have_count(1)


def test_ones_own_move_needs_no_page(visit: Visit, ada: User) -> None:
    page = opened(visit(ada, has_worker=True))
    fetched = rooms_fetched(page)

    put_in_usage(page)

    expect(page.get_by_text("Moved 1 card to Usage.")).to_be_visible()
    expect(page.locator(".tangle .note :focus")).to_have_count(1)
    expect(page.locator(UNDO)).to_be_enabled()
    assert are_own(fetched) == [True]
    brought, fresh = page.evaluate(VERSIONS)
    assert brought == fresh


def test_what_does_not_come_by_the_stream_is_fetched(visit: Visit, ada: User) -> None:
    visitor = visit(ada, has_worker=True)
    visitor.context.add_init_script(DEAF)
    page = opened(visitor)
    fetched = rooms_fetched(page)

    put_in_usage(page)

    expect(page.get_by_text("Moved 1 card to Usage.")).to_be_visible()
    expect(page.locator(".tangle .note :focus")).to_have_count(1)
    assert are_own(fetched) == [True, False]


def test_ones_other_device_learns_the_way_back_without_a_page(visit: Visit, ada: User) -> None:
    page, other = opened(visit(ada, has_worker=True)), opened(visit(ada, has_worker=True))
    fetched = rooms_fetched(other)

    put_in_usage(page)
    expect(other.locator(UNDO)).to_be_enabled()
    other.locator(UNDO).click()

    expect(page.locator(".tangle .note")).to_have_count(2)
    expect(page.locator("undo-keys [data-redo] button")).to_be_enabled()
    assert all(are_own(fetched))
    assert place(LATE) == ""
