"""One write reaches everybody who has room, and nobody keeps it from the others."""

from __future__ import annotations

import asyncio
from typing import Any
from unittest.mock import Mock

import pytest
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from mdd.live import sockets
from mdd.live.sockets import Asgi, Chunk, Message, Uvicorn

CHUNK = Chunk(b"event: step\ndata: {}\n\n")


def cycle(**state: Any) -> Any:
    """A response that streams through uvicorn, as its protocol makes them."""
    made: Any = RequestResponseCycle.__new__(RequestResponseCycle)
    made.transport, made.flow = Mock(), Mock(write_paused=state.get("is_full", False))
    made.disconnected, made.chunked_encoding = state.get("has_left", False), state.get("is_chunked", True)
    return made


def test_a_chunk_is_framed_as_uvicorn_frames_it() -> None:
    response = cycle()

    assert sockets.of(response.send).put(CHUNK)

    response.transport.write.assert_called_once_with(b"16\r\nevent: step\ndata: {}\n\n\r\n")


def test_a_full_socket_gets_nothing() -> None:
    response = cycle(is_full=True)

    assert not sockets.of(response.send).put(CHUNK)

    response.transport.write.assert_not_called()


def test_nothing_is_written_to_those_who_left() -> None:
    response = cycle(has_left=True)

    assert sockets.of(response.send).put(CHUNK)

    response.transport.write.assert_not_called()


@pytest.mark.parametrize("is_chunked", [True, None])
def test_the_line_of_who_takes_nothing_is_dropped_although_its_answer_has_not_begun(is_chunked: bool | None) -> None:
    response = cycle(is_full=True, is_chunked=is_chunked)

    sockets.abort(response.send)

    response.transport.abort.assert_called_once_with()


def test_other_servers_and_other_framings_are_sent_to() -> None:
    async def send(message: Message) -> None:
        await asyncio.sleep(0)

    assert isinstance(sockets.of(send), Asgi)
    assert isinstance(sockets.of(cycle(is_chunked=False).send), Asgi)
    assert isinstance(sockets.of(cycle().send), Uvicorn)


def test_a_send_that_would_wait_sends_nothing() -> None:
    taken: list[bytes] = []

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        taken.append(message["body"])

    assert not Asgi(send).put(CHUNK)
    assert taken == []
