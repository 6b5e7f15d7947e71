"""What one does shows on the page of the other, by a stream or, where it is blocked, by asking."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Request, Route, expect

from mdd.models import User
from tests.browser.room.following import PARTS, at, follows
from tests.browser.room.visitors import Visit, hasten, write
from workshops.actions import answers, workshops
from workshops.models import Answer, Participant, Stage, Workshop

pytestmark = pytest.mark.xdist_group("room")

LOSSY = """
const listen = EventSource.prototype.addEventListener;
EventSource.prototype.addEventListener = function (name, hear) {
  window.stream = this;
  listen.call(this, name, (event) => {
    if (name === "step" && window.loses) {
      window.lost = true;
    } else {
      hear(event);
    }
  });
};
"""
BEATS = """to => {
  const data = JSON.stringify({to, digest: 0});
  window.stream.dispatchEvent(new MessageEvent('beat', {data}));
  window.stream.dispatchEvent(new MessageEvent('beat', {data}));
}"""


def test_what_one_does_shows_on_the_page_of_the_other(visit: Visit, ada: User, mia: User) -> None:
    hers, mine = visit(ada).open(), visit(mia).open()
    follows(hers)

    write(mine, "Departures")

    expect(hers.get_by_text("1 answer lies face down.")).to_be_visible()
    expect(hers.get_by_role("button", name="Agree on what is ticked")).to_be_hidden()
    hers.get_by_role("button", name="Reveal all").click()
    expect(hers.get_by_role("button", name="Agree on what is ticked")).to_be_visible()
    expect(mine.locator("#revealed").get_by_text("Departures")).to_be_visible()


def test_a_page_that_was_brought_here_step_by_step_is_as_a_fresh_one(
    visit: Visit, workshop: Workshop, ada: User, mia: User
) -> None:
    page = visit(ada).open()
    follows(page)
    leader, writer = (Participant.objects.get(workshop=workshop, user=user) for user in (ada, mia))

    answers.write(workshop, stage="deliver", texts=list("abcdefg"), by=writer, operation=uuid4())
    answers.reveal(workshop, stage="deliver", by=leader, operation=uuid4(), is_sure=True)
    at(page, workshop)
    for answer in Answer.objects.order_by("pk")[:5]:
        answers.set_aside(workshop, answer=answer.pk, is_aside=True, by=leader, operation=uuid4())
    for answer in Answer.objects.order_by("-pk")[3:5]:
        answers.set_aside(workshop, answer=answer.pk, is_aside=False, by=leader, operation=uuid4())
    workshops.say_done(workshop, stage=workshop.stage, is_done=True, by=writer, operation=uuid4())
    answers.write(workshop, stage="deliver", texts=["h"], by=writer, operation=uuid4())
    at(page, workshop)

    brought, fresh = page.evaluate(PARTS)
    assert brought == fresh


def test_a_sign_of_life_from_beyond_where_the_page_is_has_it_fetched_once(
    visit: Visit, workshop: Workshop, ada: User, mia: User
) -> None:
    visitor = visit(ada, is_new=True)
    visitor.context.add_init_script(LOSSY)
    page = follows(visitor.open())
    fetched: list[Request] = []
    page.on("request", lambda each: fetched.append(each) if each.url == page.url else None)
    writer = Participant.objects.get(workshop=workshop, user=mia)

    page.evaluate("window.loses = true")
    answers.write(workshop, stage="deliver", texts=["Departures"], by=writer, operation=uuid4())
    page.wait_for_function("() => window.lost")
    workshop.topic.refresh_from_db()
    page.evaluate(BEATS, workshop.topic.serial)

    expect(page.get_by_text("1 answer lies face down.")).to_be_visible(timeout=5_000)
    at(page, workshop)
    assert len(fetched) == 1


@pytest.mark.long
def test_where_streams_are_blocked_the_page_asks_and_says_so(visit: Visit, ada: User, mia: User) -> None:
    visitor = visit(ada, is_new=True)
    visitor.context.clock.install()

    def swallow(route: Route) -> None:
        if "text/event-stream" not in route.request.headers.get("accept", ""):
            route.continue_()

    visitor.context.route("**/live/**", swallow)
    hers, mine = visitor.open(), visit(mia).open()
    hasten(hers, hers.get_by_text("Live updates are blocked here"))

    write(mine, "Departures")

    hasten(hers, hers.get_by_text("1 answer lies face down."))


@pytest.mark.long
def test_a_room_that_could_not_be_fetched_is_fetched_again_though_nothing_more_happens(
    visit: Visit, workshop: Workshop, ada: User
) -> None:
    page = visit(ada).open()
    follows(page)
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if failed or route.request.resource_type != "fetch":
            route.continue_()
        else:
            failed.append(route.request.url)
            route.fulfill(status=502, body="Bad gateway")

    page.route(f"**{workshop.get_absolute_url()}", fail_once)
    workshops.go(workshop, to=Stage.CUSTOMERS, by=None, operation=uuid4())

    expect(page.locator("#room")).to_have_attribute("data-stage", Stage.CUSTOMERS, timeout=15_000)
    assert failed
