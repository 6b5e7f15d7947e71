"""Somebody's device without a browser: an outbox that sends until it is answered, and a page that follows the room."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from mdd.live.drawings import Drawing, version
from mdd.models import User
from tests.live.page import Page
from tests.live.streams import cookies_of
from workshops.models import Workshop

BROKEN = (OSError, HTTPException)
PATIENCE = 20.0
PAUSE = 0.03
TOKEN = "m" * 32
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
Shown = dict[str, list[tuple[str, int]]]


class Room(HTMLParser):
    """The parts of a page by the element in which they stand, as stamps that carry their version."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.drawing = Drawing(UUID(int=0), -1, {})
        self._within: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if named.get("id") == "room":
            self.drawing = Drawing(UUID(named["data-epoch"]), int(named["data-serial"]), {})
        if "data-v" in named:
            around = self._within[-1][1] if self._within else ""
            groups: dict[str, dict[str, str]] = self.drawing.groups  # type: ignore[assignment]
            groups.setdefault(around, {})[named["id"]] = f'< data-v="{named["data-v"]}"'
        if tag not in VOID:
            self._within.append((tag, named.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass


@dataclass(eq=False)
class Device:
    """Ends with the process that it talks to, once it is told that all is over."""

    port: int
    room: Workshop
    user: User
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.cookies = f"{cookies_of(self.user)}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        self.page: Page | None = None

    def send(self, path: str, **fields: object) -> int:
        """Post, again and again with the same key, until there is an answer."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._until_answered("POST", self.room.get_absolute_url() + path, body, headers)[0]

    def fetch(self) -> Drawing:
        status, html = self._until_answered("GET", self.room.get_absolute_url())
        assert status == 200, html
        return Room(html).drawing

    def follow(self, how: Callable[[Device, Page], None]) -> threading.Thread:
        thread = threading.Thread(target=self._follow, args=(how,), daemon=True)
        thread.start()
        return thread

    def shows(self, fresh: Drawing) -> bool:
        page = self.page
        return page is not None and (page.epoch, page.serial) == (fresh.epoch, fresh.serial) and not page.is_stale

    def _follow(self, how: Callable[[Device, Page], None]) -> None:
        with suppress(TimeoutError):
            self.page = Page(self.fetch)
        while self.page and not self.over.is_set():
            with suppress(*BROKEN):
                how(self, self.page)
            time.sleep(PAUSE)

    @contextmanager
    def _asked(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> Iterator[HTTPResponse]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body or None, {"Cookie": self.cookies} | (headers or {}))
            with connection.getresponse() as answer:
                yield answer

    def _until_answered(self, *asked: Any) -> tuple[int, str]:
        """Ask until somebody answers who is well."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends and not self.over.is_set():
            with suppress(*BROKEN):
                answer = self._ask(*asked)
                if answer[0] < 500:
                    return answer
            time.sleep(PAUSE)
        raise TimeoutError

    def _ask(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> tuple[int, str]:
        with self._asked(method, path, body, headers) as answer:
            return answer.status, answer.read().decode()

    def _at(self, page: Page) -> str:
        return f"/live/{self.room.topic_id}/?since={page.epoch}.{page.serial}"


def streaming(device: Device, page: Page) -> None:
    """As an EventSource: an event counts once the empty line behind it has come."""
    with device._asked("GET", device._at(page), headers={"Accept": "text/event-stream"}) as answer:
        lines: list[bytes] = []
        for line in iter(answer.readline, b""):
            lines.append(line)
            if line == b"\n":
                page.hear(b"".join(lines))
                page.settle()
                lines = []


def polling(device: Device, page: Page) -> None:
    status, told = device._ask("GET", device._at(page), headers={"Accept": "application/json"})
    assert status == 200, told
    page.take(json.loads(told))
    page.settle()
    time.sleep(5 * PAUSE)


def shown(drawing: Drawing | Page) -> Shown:
    """The version of each part, by its place and in its order."""
    return {
        name: [(part, version(html)) for part, html in group.items()] for name, group in drawing.groups.items() if group
    }
