"""A topic that no event tells of: it is looked at, and what differs from before is sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from functools import partial
from typing import Any

from mdd.models import Topic

from . import frames, looks
from .channel import Channel, Run, told
from .drawings import Drawing
from .feeds import Marks
from .listeners import Listener
from .looks import Look
from .steps import Cursor

REST = 0.2  # seconds between two drawings: samples may come by the hundred
WHOLE = 4  # signs of life between two drawings of everything: a minute, for what time alone changes


class WatchedChannel(Channel):
    """`marks` are those of the moment at which each drawing was made: what differs is all there is."""

    def __init__(self, topic: Topic, run: Run[Any]) -> None:
        super().__init__(topic.pk, Cursor.of(topic), run)
        self.topic = topic
        self.marks: dict[str, Marks] = {}
        self._rests_until = 0.0
        self._beats = 0

    async def _move(self) -> bool:
        await asyncio.sleep(self._rests_until - time.monotonic())
        seen: Look = await self._run(partial(looks.look, self.topic, dict(self.held), dict(self.marks)))
        self._rests_until = time.monotonic() + REST
        self._take_look(seen)
        return False

    def is_behind(self, now: Marks | None) -> bool:
        """Whether something that somebody holds differs from what these marks tell."""
        return any(self.marks.get(audience) != now for audience in self.held)

    def _take_look(self, seen: Look) -> None:
        for audience in seen.drawings.keys() & self.held.keys():
            self._tell(audience, seen.drawings[audience])
            self.marks[audience] = seen.marks

    def _tell(self, audience: str, drawing: Drawing) -> None:
        frame = frames.between(self.at.serial, self.at.serial, self.held[audience].groups, drawing.groups)
        self.held[audience] = drawing
        if not frame.is_empty:
            self._send(audience, frame)

    async def beat(self) -> None:
        self._beats += 1
        async with self._moving:
            if self._beats % WHOLE == 0:
                self._take_look(await self._run(partial(looks.whole, self.topic, list(self.held))))
            for audience in self.held:
                self.sign(audience)

    async def prepare(self, audience: str) -> None:
        """Drawn for the first of an audience; those who come later are told from what is held."""
        if audience in self.held:
            return
        async with self._moving:
            if audience not in self.held:
                seen: Look = await self._run(partial(looks.whole, self.topic, [audience]))
                self.held[audience], self.marks[audience] = seen.drawings[audience], seen.marks

    def add(self, listener: Listener, shown: Collection[int] = ()) -> None:
        """Nothing is awaited between the comparison and the adding, so that nothing is lost between them."""
        super().add(listener)
        missing = looks.missing(self.held[listener.admission.audience], shown)
        listener.push(told(missing), self.late())
