"""One card that moves leaves the others alone: the browser styles what has come, not all that lies there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from tests.browser.room.following import follows
from tests.browser.room.lying import LATE, bucket
from tests.browser.room.visitors import Visit
from tests.workshops.boards import bucket_of, make_card
from workshops.actions import moves
from workshops.models import Card, Participant, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

MANY = 60
A_FEW_NOTES = 100  # elements; one note has about ten


class Trace:
    """What the browser styles while it is watched."""

    def __init__(self, page: Page) -> None:
        self._page, self._line = page, page.context.new_cdp_session(page)
        self._events: list[dict[str, Any]] = []
        self._is_over = False
        self._line.on("Tracing.dataCollected", lambda told: self._events.extend(told["value"]))
        self._line.on("Tracing.tracingComplete", self._end)
        self._line.send("Tracing.start", {"categories": "devtools.timeline,blink", "transferMode": "ReportEvents"})

    def _end(self, _told: object) -> None:
        self._is_over = True

    def most_styled(self) -> int:
        """The most elements that were styled at once."""
        self._line.send("Tracing.end")
        while not self._is_over:
            self._page.wait_for_timeout(50)
        styled = [each["args"] for each in self._events if each["name"] == "UpdateLayoutTree"]
        return max(int(each.get("elementCount", 0)) for each in styled)


def test_a_card_that_somebody_moves_has_no_other_card_styled_anew(visit: Visit, ada: User, workshop: Workshop) -> None:
    Workshop.objects.update(stage="group")
    usage = bucket_of(workshop)
    for number in range(MANY):
        make_card(workshop, ada, f"Who waits for {number}?", bucket=usage if number % 2 else None)
    make_card(workshop, ada, LATE)
    page = follows(visit(ada, is_new=True).open())
    trace = Trace(page)

    moved: dict[int, int | None] = {Card.objects.get(text=LATE).pk: None}
    me = Participant.objects.get(workshop=workshop, user=ada)
    moves.move(workshop, held=moved, to=usage.pk, by=me, operation=uuid4())
    expect(bucket(page, "Usage").get_by_text(LATE)).to_be_visible()

    assert 0 < trace.most_styled() < A_FEW_NOTES
