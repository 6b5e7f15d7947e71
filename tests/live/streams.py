"""Reading a stream of the real web process as a page does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from socket import SHUT_RDWR
from typing import Any

from django.conf import settings
from django.test import Client

from mdd.models import Topic, User
from tests.stack import wait_until

PATIENCE = 20.0
Asked = tuple[HTTPConnection, HTTPResponse]


@dataclass
class Stream:
    """What has come so far: events by name, and every byte."""

    topic: Topic
    connection: HTTPConnection
    answer: HTTPResponse
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    sent: str = ""
    ended: float = 0.0

    def read(self) -> None:
        name = ""
        for line in iter(self.answer.readline, b""):
            text = line.decode()
            self.sent += text
            if text.startswith("event: "):
                name = text.removeprefix("event: ").strip()
            elif text.startswith("data: "):
                self.events.append((name, json.loads(text.removeprefix("data: "))))
        self.ended = time.monotonic()

    def named(self, name: str) -> list[dict[str, Any]]:
        return [told for each, told in self.events if each == name]

    def at(self) -> int:
        return max((told["to"] for told in self.named("step")), default=-1)

    def wait_for(self, serial: int) -> None:
        wait_until(lambda: self.at() >= serial, PATIENCE, lambda: self.sent)

    def wait_for_end(self) -> None:
        wait_until(lambda: bool(self.ended), PATIENCE, lambda: self.sent)


@contextmanager
def asked(
    port: int, topic: Topic, cookies: str, since: int | None = None
) -> Iterator[tuple[HTTPConnection, HTTPResponse]]:
    """A request for a stream, and its answer."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE + 20)) as connection:
        serial = topic.serial if since is None else since
        headers = {"Accept": "text/event-stream", "Cookie": cookies}
        connection.request("GET", f"/live/{topic.pk}/?since={topic.epoch}.{serial}", headers=headers)
        with connection.getresponse() as answer:
            yield connection, answer


@contextmanager
def listening(port: int, topic: Topic, cookies: str, since: int | None = None) -> Iterator[Stream]:
    """A stream from where the topic is now, or from serial `since`."""
    topic.refresh_from_db()
    with asked(port, topic, cookies, since) as (connection, answer):
        assert answer.status == 200, answer.read()
        held = connection.sock.dup()  # the answer takes the connection's own
        stream = Stream(topic, connection, answer)
        reader = threading.Thread(target=stream.read, daemon=True)
        reader.start()
        wait_until(lambda: bool(stream.named("hello")), PATIENCE)
        yield stream
        with suppress(OSError):
            held.shutdown(SHUT_RDWR)
        held.close()
        reader.join()


def cookies_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
