"""A page that nobody has to tell of a change to what is its reader's own: outside of the parts it is as a fresh one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from uuid import uuid4

import pytest
from django.test import Client

from mdd.live import key_of, steps
from mdd.live.frames import Frame
from mdd.models import Squad, User
from tests.live.test_parts import BOARD, Scene, happenings
from tests.workshops.coming import client_of
from workshops import stages
from workshops.models import Participant, Workshop
from workshops.parts import Audience

# What differs each time that a page is drawn.
FRESH = re.compile(r'(value|content|nonce|data-now|data-serial|data-csrf)="[^"]*"')
ALWAYS = ("participant-joined", "participant-removed", "hand-raised", "done-said", "time-added", "move-announced")


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


@pytest.fixture(autouse=True)
def _parts_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    empty: Mapping[str, str] = defaultdict(str)
    monkeypatch.setattr(stages, "shared", lambda *_args: empty)


@pytest.mark.parametrize("kind", [*BOARD, *ALWAYS])
@pytest.mark.parametrize("stage", ["throw", "group"])
def test_who_is_not_told_has_nothing_to_be_told_of(squad: Squad, ada: User, mia: User, stage: str, kind: str) -> None:
    scene = Scene(squad, ada, mia)
    Workshop.objects.filter(pk=scene.workshop.pk).update(stage=stage)
    audiences = {scene.lead: Audience.LEAD, scene.mia: Audience.MEMBER, scene.gus: Audience.GUEST}
    readers = [Reader(person, audience) for person, audience in audiences.items()]
    held, since = scene.drawings(), scene.cursor()

    happenings(scene)[kind](operation=uuid4())

    step = steps.step(scene.workshop.topic_id, held, since)
    unheard = [reader for reader in readers if not reader.is_told(step.frames[reader.audience], step.people)]
    for reader in unheard:
        assert reader.fresh() == reader.page, reader.audience
