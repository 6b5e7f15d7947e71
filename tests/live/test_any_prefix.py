"""Whatever has happened on a board, and whatever happens next: a page that is told of it is as a fresh one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import transaction

from mdd.live import steps
from mdd.live.steps import Cursor
from mdd.models import Squad, Topic, User
from tests.live.crowd import KINDS, Crowd
from tests.live.page import Page, same
from tests.workshops.hands import Step
from workshops.models import Stage
from workshops.parts import Audience

RUNS = 50
LONGEST = 24
EVERYBODY = list(Audience)  # half of them see a kind after one prefix, the others after the next

# What is done at these stages, and is streamed to the pages that stand there.
STREAMED: Mapping[str, Collection[str]] = {
    Stage.THROW: ("throw", "reword", "take_back", "reveal", "reveal_next", "mark", "come_in", "say_done", "raise_hand"),
    Stage.GROUP: KINDS.split(),
}

# While cards are thrown and grouped the whole page is fetched again for these alone: rare, or changing all of it.
OF_ROOM = ("stage-moved", "workshop-paused", "workshop-open", "facilitator-joined", "role-given", "door-locked")
OF_PRUNE = ("door-unlocked", "verdict-counted", "bucket-settled", "judging-ended", "bucket-chosen", "talk-started")
OF_FOCUS = ("bucket-phrased", "dots-revealed", "dots-hidden", "consent-asked", "consents-revealed", "consents-hidden")
OF_CHOICE = ("guess-given", "guesses-revealed", "main-question-decided", "card-adopted")
FETCHED = {*OF_ROOM, *OF_PRUNE, *OF_FOCUS, *OF_CHOICE}


class Watched:
    """Pages of these audiences, as they were when they came and as they are told."""

    def __init__(self, topic: int, audiences: Sequence[Audience]) -> None:
        self.topic = topic
        self.held = steps.whole(topic, audiences)
        self.at = Cursor.of(Topic.objects.get(pk=topic))

    def told(self) -> Mapping[str, Page]:
        step = steps.step(self.topic, self.held, self.at)
        pages = {audience: Page(partial(self.held.__getitem__, audience)) for audience in self.held}
        for audience, page in pages.items():
            page.take(step.frames[audience].told())
        return pages

    def drifted(self, pages: Mapping[str, Page]) -> Collection[str]:
        """Whose page is not as it would be if it came now. One that fetches itself is."""
        told = [audience for audience in self.held if not pages[audience].is_stale]
        fresh = steps.whole(self.topic, told) if told else {}
        return [audience for audience in told if not same(pages[audience], fresh[audience].groups)]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(RUNS))
def test_a_page_that_is_told_is_as_a_fresh_one(squad: Squad, ada: User, mia: User, seed: int) -> None:
    crowd = Crowd(squad, ada, mia, seed)
    watched = Watched(crowd.room.topic_id, EVERYBODY)

    prefix = crowd.wander(crowd.random.randrange(LONGEST))
    assert not watched.drifted(watched.told()), prefix

    halves = [Watched(crowd.room.topic_id, EVERYBODY[half::2]) for half in (0, 1)]
    for place, (name, step) in enumerate(crowd.kinds.items()):
        with taken_back():
            check(crowd, halves[(seed + place) % 2], name, step)


def check(crowd: Crowd, watched: Watched, name: str, step: Step) -> None:
    stage, kinds = crowd.stage, crowd.do(step)
    if not kinds:
        return  # refused
    pages = watched.told()
    assert not watched.drifted(pages), (name, stage, kinds)
    if name in STREAMED.get(stage, ()):
        assert next(iter(pages.values())).is_stale == bool(FETCHED.intersection(kinds)), (name, kinds)


def test_everything_happens_sooner_or_later(squad: Squad, ada: User, mia: User) -> None:
    crowd = Crowd(squad, ada, mia, seed=9)  # one of those by whom it happens soon
    missing = set(crowd.kinds)

    for _ in range(100):
        crowd.go_on()
        crowd.do(crowd.throw)
        missing -= {name for name, step in crowd.kinds.items() if name in missing and crowd.do(step)}
        if not missing:
            break
        crowd.wander(3)

    assert missing == set()


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside was never done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
