"""A page that nobody has to tell of a change to what is its reader's own: outside of the parts it is as a fresh one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from mdd.live import key_of, steps
from mdd.live.frames import Frame
from tests.live.test_parts import BOARD, Drawn, happenings
from tests.workshops.coming import client_of
from workshops import stages
from workshops.models import Participant
from workshops.parts import Audience

# What differs each time that a page is drawn.
FRESH = re.compile(r'(value|content|nonce|data-now|data-serial|data-csrf)="[^"]*"')
STAGES = ("throw", "group")
ALWAYS = ("participant-joined", "participant-removed", "hand-raised", "done-said", "time-added", "move-announced")
KINDS = [*BOARD, *ALWAYS]


class Reader:
    """Somebody with a page, without the parts that are streamed to it."""

    def __init__(self, person: Participant, audience: Audience) -> None:
        self.key, self.audience, self.address = key_of(person.actor), audience, person.workshop.get_absolute_url()
        self.client = client_of(person) if person.is_guest else Client()
        if person.user:
            self.client.force_login(person.user)
        self.page = self.fresh()

    def fresh(self) -> str:
        return FRESH.sub("", self.client.get(self.address).content.decode())

    def is_told(self, frame: Frame, people: frozenset[str]) -> bool:
        """Whether the page will be fetched: it is to, or a part comes for what was its reader's own until now."""
        is_own = any(f'id="{part}"' in self.page for part in frame.parts)
        return frame.is_stale or self.key in people or is_own


class Watched(Drawn):
    """With its readers and their pages."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        people = (self.scene.lead, self.scene.mia, self.scene.gus)
        audiences = (Audience.LEAD, Audience.MEMBER, Audience.GUEST)
        self.readers = [Reader(person, audience) for person, audience in zip(people, audiences, strict=True)]


@pytest.fixture(scope="module")
def watched(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mapping[str, Watched]]:
    """By the stage, made once: what a test lets happen is taken back. The parts are left out of all pages."""
    empty: Mapping[str, str] = defaultdict(str)
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages, "shared", lambda *_args: empty)
        yield {stage: Watched(stage) for stage in STAGES}
        transaction.set_rollback(True)


@pytest.mark.sampled
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stage", STAGES)
def test_who_is_not_told_has_nothing_to_be_told_of(
    watched: Mapping[str, Watched], db: None, stage: str, kind: str
) -> None:
    here, scene = watched[stage], deepcopy(watched[stage].scene)

    happenings(scene)[kind](operation=uuid4())

    step = steps.step(scene.workshop.topic_id, here.held, here.since)
    unheard = [reader for reader in here.readers if not reader.is_told(step.frames[reader.audience], step.people)]
    for reader in unheard:
        assert reader.fresh() == reader.page, reader.audience
