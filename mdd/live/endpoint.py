"""The streams of this process, below Django: it is asked once, when a stream opens, whether the listener may."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from mdd.views.live import Followed

from . import frames, sockets, steps
from .channel import Channel
from .frames import Frame
from .hub import BEAT, Hub
from .listeners import SLOW, Listener
from .sockets import Chunk, Message, Send

Receive = Callable[[], Awaitable[Message]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

PATH = re.compile(r"/live/(\d{1,18})/")
DOORS = 4  # threads that ask Django who may come in
PARTING = 1.0  # seconds that a reader may take to be told why it is over
STREAM = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
}
FULL = "Live updates are full at the moment. This page asks every few seconds instead."


class Endpoint:
    """Streams topics to those who accept an event stream; everything else is a page."""

    def __init__(self, pages: App, django: WSGIHandler) -> None:
        self.hub = Hub()
        self._pages = pages
        self._django = django
        self._doors = ThreadPoolExecutor(DOORS, thread_name_prefix="door")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        path = PATH.fullmatch(scope.get("path", ""))
        if path and _wants_stream(scope):
            await self._open(int(path[1]), scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    async def _open(self, pk: int, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        ask, revocations = partial(self._ask, scope), self.hub.revocations
        response = await asyncio.get_running_loop().run_in_executor(self._doors, ask)
        if not isinstance(response, Followed):
            await _answer(response, send)
        elif self._is_full(response.admission.key):
            await _answer(HttpResponse(FULL, status=503, headers={"Retry-After": "60"}), send)
        else:
            with self.hub.place(response.admission.key):
                await self._stream(pk, response, revocations, receive, send)

    def _ask(self, scope: dict[str, Any]) -> HttpResponseBase:
        request = ASGIRequest(scope, BytesIO())
        response = self._django.get_response(request)
        response.close()
        return response

    def _is_full(self, key: str) -> bool:
        return len(self.hub) >= settings.LIVE_STREAMS or self.hub.people[key] >= settings.LIVE_STREAMS_EACH

    async def _stream(self, pk: int, opened: Followed, revocations: int, receive: Receive, send: Send) -> None:
        async with self.hub.following(pk) as channel:
            try:
                async with asyncio.timeout(SLOW):
                    listener = await self._begin(channel, opened, send)
            except TimeoutError:
                sockets.abort(send)
                return
            try:
                if self.hub.revocations != revocations:
                    await self.hub.recheck(channel, listener)
                await _until_left(receive)
            except asyncio.CancelledError:
                if not listener.ended:
                    raise
                listener.take_up_again()
            finally:
                channel.remove(listener)
            if listener.ended:
                await _part(listener.ended, send)

    async def _begin(self, channel: Channel, opened: Followed, send: Send) -> Listener:
        headers = [(name.encode(), value.encode()) for name, value in STREAM.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send(Chunk(frames.event("hello", {"epoch": str(opened.epoch), "beat": BEAT})).message)
        return await self._catch_up(channel, opened, send)

    async def _catch_up(self, channel: Channel, opened: Followed, send: Send) -> Listener:
        """Send what the page misses until nothing is between it and the channel, then stand with the others.

        Between the last look at where the channel is and that, nothing is awaited.
        """
        frame: Frame | None = opened.frame
        while frame is not None:
            if not frame.is_empty or frame.to != frame.since:
                await send(Chunk(frames.event("step", frame.told())).message)
            await channel.prepare(opened.admission.audience)
            frame = await self._missing(channel, opened, frame)
        listener = Listener(opened.admission, send)
        channel.add(listener, opened.shown)
        return listener

    async def _missing(self, channel: Channel, opened: Followed, told: Frame) -> Frame | None:
        if told.to >= channel.at.serial:
            return None
        since = steps.Cursor(opened.epoch, told.to)
        return await self.hub.run(partial(steps.tail, channel.pk, opened.admission.audience, since))


async def _part(why: str, send: Send) -> None:
    """Tell why it is over, and hang up on a reader who takes not even that."""
    try:
        async with asyncio.timeout(PARTING):
            await send(Chunk(frames.event("over", {"why": why}), more=False).message)
    except TimeoutError:
        sockets.abort(send)


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _wants_stream(scope: dict[str, Any]) -> bool:
    return any(name == b"accept" and b"text/event-stream" in value for name, value in scope["headers"])


async def _answer(response: HttpResponseBase, send: Send) -> None:
    """Pass on what Django says to those who may not come in."""
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in response.items()]
    content = response.content if isinstance(response, HttpResponse) else b""
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send(Chunk(content, more=False).message)
