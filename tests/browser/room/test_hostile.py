"""Whatever is written where: no script runs, nothing is asked of anybody else, and it can be read as it was written."""

from __future__ import annotations

from itertools import cycle
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from mdd.models import Customer, Deliverable, Expectation, User
from tests.browser.room.hostile import texts
from tests.browser.room.visitors import FIELD, Visit, Visitor, write
from tests.browser.shelf import tab
from tests.workshops.coming import make_guest
from workshops.actions import buckets
from workshops.models import Answer, Bucket, Card, Guess, Opinion, Participant, Stage, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]


class Eavesdropper:
    """What a page did that no text may make it do."""

    def __init__(self, visitor: Visitor) -> None:
        self.seen: list[str] = []
        context = visitor.context
        context.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; }")
        context.on("request", lambda request: self.note(request.url, visitor.base))
        context.on("dialog", lambda dialog: self.seen.append(f"dialog {dialog.message}"))
        context.on("console", lambda line: self.seen.append(line.text) if line.type == "error" else None)

    def note(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:", "blob:")):
            self.seen.append(url)

    def of(self, page: Page) -> list[str]:
        return [*self.seen, *(["a script ran"] if page.evaluate("window.hits") else [])]


@pytest.fixture
def filled(workshop: Workshop, ada: User, mia: User) -> Workshop:
    """Hostile texts in every place where people write, past all forms."""
    lead = Participant.objects.get(workshop=workshop, user=ada)
    squad, long, short = workshop.squad, cycle(texts(140)), cycle(texts(50))
    Workshop.objects.filter(pk=workshop.pk).update(title=next(long)[:80])
    type(squad).objects.filter(pk=squad.pk).update(name=next(short))
    User.objects.filter(pk=mia.pk).update(name=next(short))
    make_guest(workshop, name="<img src=x onerror=hit()>")
    said = {"squad": squad, "by": ada}
    deliverable = Deliverable.objects.create(text=next(long), **said)
    customer = Customer.objects.create(text=next(long), **said)
    expectation = Expectation.objects.create(text=next(long), customer=customer, deliverable=deliverable, **said)
    Opinion.objects.create(
        workshop=workshop, expectation=expectation, participant=lead, verdict="unknown", evidence=next(long)
    )
    for bucket in Bucket.objects.filter(workshop=workshop):
        Bucket.objects.filter(pk=bucket.pk).update(
            title=next(short), question=next(long), if_rises=next(long), if_falls=next(long), unit=next(long)[:30]
        )
        Guess.objects.create(bucket=bucket, participant=lead, value=7, is_revealed=True)
    places = [None, *Bucket.objects.filter(workshop=workshop)]
    for number, text in enumerate(texts(140)):
        place = places[number % len(places)]
        state = "parked" if number % 5 == 0 else "survived" if number % 3 == 0 else "grouped" if place else "thrown"
        Card.objects.create(
            workshop=workshop,
            participant=lead,
            text=text,
            bucket=place,
            state=state,
            reason="later" if state == "parked" else "",
            expectation=expectation,
            is_revealed=number % 7 > 0,
        )
        stage = list(Stage)[number % 3]
        Answer.objects.create(workshop=workshop, stage=stage, participant=lead, text=text, is_revealed=number % 2 > 0)
    workshop.refresh_from_db()
    return workshop


def test_no_text_does_anything_at_any_stage(visit: Visit, ada: User, filled: Workshop) -> None:
    visitor = visit(ada, is_new=True)
    spied = Eavesdropper(visitor)
    page = tab(visitor.context)

    for stage in Stage:
        Workshop.objects.filter(pk=filled.pk).update(stage=stage)
        for path in ("", "projector/", "people/", "decision/"):
            page.goto(f"{visitor.base}{visitor.address}{path}")
            assert spied.of(page) == [], (stage, path)


def test_no_text_does_anything_when_it_is_streamed(visit: Visit, ada: User, mia: User, filled: Workshop) -> None:
    Workshop.objects.filter(pk=filled.pk).update(stage=Stage.GROUP)
    visitor = visit(ada, is_new=True)
    spied = Eavesdropper(visitor)
    page = visitor.open()
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    hers = Participant.objects.get(workshop=filled, user=mia)
    loose = list(Card.objects.on_board().filter(workshop=filled, bucket=None, is_revealed=True))

    for number, text in enumerate(texts(60)[::10]):
        held = {loose[number].pk: None} if number < len(loose) else {}
        buckets.open_new(filled, title=text, held=held, by=hers, operation=uuid4())

    expect(page.locator(".buckets .bucket__head h3").last).to_have_text(texts(60)[-10].strip())
    assert spied.of(page) == []
    titles = [
        title.strip() for title in page.locator(".bucket [name=title]").evaluate_all("all => all.map(f => f.value)")
    ]
    assert {text.strip() for text in texts(60)[::10]} <= set(titles)


@pytest.mark.parametrize("path", ["", "../../squads/{slug}/workshops/"])
def test_a_title_without_a_space_makes_no_page_wider(visit: Visit, ada: User, workshop: Workshop, path: str) -> None:
    Workshop.objects.update(title="W" * 80)
    visitor = visit(ada, is_new=True)
    page = tab(visitor.context)
    page.set_viewport_size({"width": 360, "height": 740})

    page.goto(f"{visitor.base}{visitor.address}{path.format(slug=workshop.squad.slug)}")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_word_that_is_refused_makes_no_page_wider(visit: Visit, ada: User) -> None:
    page = visit(ada, is_new=True).open()
    page.set_viewport_size({"width": 360, "height": 740})

    write(page, "x" * 400)

    expect(page.get_by_text("An answer has at most 200 characters.")).to_be_visible()
    box = page.locator("form", has=page.get_by_label(FIELD)).bounding_box()
    error = page.get_by_text("An answer has at most 200 characters.").bounding_box()
    assert box is not None
    assert error is not None
    assert error["x"] + error["width"] <= box["x"] + box["width"]
