"""One topic in this process: what its listeners hold, and the way of each step to all of them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from . import frames, steps
from .drawings import Drawing
from .frames import Frame
from .listeners import Listener
from .sockets import Chunk
from .steps import Cursor, Step

T = TypeVar("T")
Run = Callable[[Callable[[], T]], Coroutine[Any, Any, T]]
"""Runs what reads the database in a thread."""


class Channel:
    """Its listeners stand by audience. It moves on step by step, each worked out once for all of them."""

    def __init__(self, pk: int, at: Cursor, run: Run[Any]) -> None:
        self.pk = pk
        self.at = at
        self.held: dict[str, Drawing] = {}
        self.listeners: dict[str, set[Listener]] = defaultdict(set)
        self._run = run
        self._moving = asyncio.Lock()
        self._waiting = 0
        self.followers = 0

    def __iter__(self) -> Iterator[Listener]:
        return iter([listener for group in self.listeners.values() for listener in group])

    async def prepare(self, audience: str) -> None:
        """Draw what the first listener of an audience sees, so that the first step tells no more than what changed.

        Where the topic has moved on meanwhile, what is held would be ahead of what listeners know: then nothing is.
        """
        if audience in self.held:
            return
        async with self._moving:
            drawn: Mapping[str, Drawing] = await self._run(partial(steps.whole, self.pk, [audience]))
            if Cursor(drawn[audience].epoch, drawn[audience].serial) == self.at:
                self.held.setdefault(audience, drawn[audience])

    def add(self, listener: Listener, shown: Collection[int] = ()) -> None:
        """From now on it hears of each change. `shown` are the versions of the parts that its page shows."""
        audience = listener.admission.audience
        self.held.setdefault(audience, Drawing(self.at.epoch, self.at.serial))
        self.listeners[audience].add(listener)

    def remove(self, listener: Listener) -> None:
        audience = listener.admission.audience
        self.listeners[audience].discard(listener)
        if not self.listeners[audience]:
            self.listeners.pop(audience)
            self.held.pop(audience, None)
        listener.leave()

    async def advance(self, serial: int | None = None) -> bool:
        """Go on to where the topic is now, at least to `serial`, and say whether rights have changed on the way.

        Calls that come meanwhile are one more step.
        """
        if self._waiting > 1 or (serial is not None and serial <= self.at.serial):
            return False
        self._waiting += 1
        try:
            async with self._moving:
                return await self._move()
        finally:
            self._waiting -= 1

    async def _move(self) -> bool:
        step: Step = await self._run(partial(steps.step, self.pk, dict(self.held), self.at))
        self._take(step)
        return step.revokes

    def _take(self, step: Step) -> None:
        if step.to == self.at:
            return
        self.at = step.to
        for audience in step.frames.keys() & self.held.keys():
            self.held[audience] = step.drawings[audience]
            self._send(audience, step.frames[audience], step.people)

    async def beat(self) -> None:
        """Draw everything again: what changed without an event is told, and each page learns whether it drifted."""
        async with self._moving:
            seen = await self._run(partial(steps.whole, self.pk, list(self.held)))
            for audience in seen.keys() & self.held.keys():
                self._compare(audience, seen[audience])

    def _compare(self, audience: str, drawing: Drawing) -> None:
        if Cursor(drawing.epoch, drawing.serial) != self.at:
            return  # a step is on its way
        at, held = drawing.serial, self.held[audience].groups
        frame = frames.between(at, at, held, {name: drawing.groups[name] for name in held if name in drawing.groups})
        if not frame.is_empty:
            self._send(audience, frame)
        self.held[audience] = drawing
        self.sign(audience)

    def sign(self, audience: str) -> None:
        """A sign of life, by which each page sees whether it shows what is held."""
        drawing, late = self.held[audience], self.late()
        beat = Chunk(frames.event("beat", {"to": drawing.serial, "digest": drawing.digest}))
        for listener in self.listeners[audience]:
            listener.push(beat, late)

    def _send(self, audience: str, frame: Frame, people: frozenset[str] = frozenset()) -> None:
        others, mine = told(frame), told(frame, is_mine=True)
        late = self.late()
        for listener in self.listeners[audience]:
            listener.push(mine if listener.key in people else others, late)

    def whisper(self, told_now: Mapping[str, object]) -> None:
        """Pass on what is no step: the page may miss it."""
        chunk, late = Chunk(frames.event("whisper", told_now)), self.late()
        for listener in self:
            listener.push(chunk, late)

    def late(self) -> Chunk:
        return told(frames.snapshot(self.at.serial))


def told(frame: Frame, *, is_mine: bool = False) -> Chunk:
    return Chunk(frames.event("step", frame.told(is_mine=is_mine)))
