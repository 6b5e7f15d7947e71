"""Pages of the board in Chromium: when each serial showed, how long scripts ran, how soon a page is seen."""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Response

# Seconds since the epoch at which a frame was asked for that shows this serial, and tasks longer than 50 ms.
WATCH = """() => {
  window.shown = []; window.long = [];
  const room = document.getElementById("room");
  document.addEventListener("room:changed", () => requestAnimationFrame(() =>
    window.shown.push([Number(room.dataset.serial), (performance.timeOrigin + performance.now()) / 1000])));
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({duration}) => duration)))
    .observe({type: "longtask"});
}"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
FILES = (
    "() => performance.getEntriesByType('resource').map(({name}) => name).filter((name) => /[.](js|css)$/.test(name))"
)
MOVE = """async () => {
  document.querySelector("#loose .note input").click();
  const begun = performance.now();
  const answered = new Promise((resolve) => document.addEventListener("room:changed", function hear({detail}) {
    if (detail.isAnswer) {
      document.removeEventListener("room:changed", hear);
      requestAnimationFrame(() => setTimeout(resolve));
    }
  }));
  document.querySelector(".bucket[id] [data-put]").click();
  await answered;
  const took = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return took;
}"""
METRICS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration")
SLOWER = 4
LINE = {
    "offline": False,
    "latency": 60,
    "downloadThroughput": 9_000_000 / 8,
    "uploadThroughput": 1_500_000 / 8,
}


@dataclass
class Board:
    """One page, in a context of its own."""

    page: Page
    line: CDPSession

    @classmethod
    def blank(cls, browser: Browser, base: str, session: str) -> Board:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "session", "value": session, "url": base}])
        page = context.new_page()
        return cls(page, context.new_cdp_session(page))

    @classmethod
    def opened(cls, browser: Browser, url: str, base: str, session: str) -> Board:
        board = cls.blank(browser, base, session)
        board.page.goto(url)
        board.page.wait_for_selector("live-topic[data-mode=live]", state="attached")
        board.page.evaluate(WATCH)
        return board

    def slow_down(self) -> None:
        self.line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def metrics(self) -> dict[str, float]:
        # Of this thread alone: what other processes take of the processor is not counted.
        self.line.send("Performance.enable", {"timeDomain": "threadTicks"})
        found = self.line.send("Performance.getMetrics")["metrics"]
        return {each["name"]: each["value"] * 1000 for each in found if each["name"] in METRICS}

    def wants_whole_rooms(self) -> None:
        """Be a page that does not say that it follows the stream."""
        self.page.evaluate("window.heldParts = () => ({})")

    def answers(self) -> list[Response]:
        """The rooms that come from now on as answers to this page."""
        came: list[Response] = []

        def hear(response: Response) -> None:
            if response.url == self.page.url and response.status == 200:
                came.append(response)

        self.page.on("response", hear)
        return came

    def move_one(self) -> float:
        """Put the first loose card in the first bucket; milliseconds until all of the answer is there."""
        return float(self.page.evaluate(MOVE))

    @property
    def shown(self) -> list[tuple[int, float]]:
        return [(serial, at) for serial, at in self.page.evaluate("window.shown")]

    @property
    def long_tasks(self) -> list[float]:
        return list(self.page.evaluate("window.long"))

    def close(self) -> None:
        self.page.context.close()


def first_paint(browser: Browser, url: str, base: str, session: str) -> float:
    """Milliseconds until something is seen, on a slow device at the end of a slow line, with nothing kept."""
    board = Board.blank(browser, base, session)
    board.slow_down()
    board.line.send("Network.enable")
    board.line.send("Network.emulateNetworkConditions", LINE)
    board.page.goto(url, wait_until="load")
    painted = board.page.wait_for_function(PAINT).json_value()  # a page may be loaded before it is seen
    board.close()
    return float(painted)


def weights(browser: Browser, url: str, base: str, session: str) -> dict[str, float]:
    """Kilobytes, as gzip makes them, of what the page loads; and of the page itself."""
    board = Board.blank(browser, base, session)
    html = board.page.goto(url, wait_until="load")
    board.page.wait_for_timeout(500)
    files = [board.page.request.get(name).body() for name in sorted(set(board.page.evaluate(FILES)))]
    nodes = board.page.evaluate("document.querySelectorAll('*').length")
    found: dict[str, Any] = {"files": len(files), "nodes": nodes}
    found["files KB"] = sum(map(zipped, files)) / 1000
    found["page KB"] = zipped(html.body()) / 1000 if html else 0
    found["page KB plain"] = len(html.body()) / 1000 if html else 0
    board.close()
    return found


def zipped(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def pause(board: Board, seconds: float) -> None:
    """Let the browser's messages through meanwhile."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        board.page.wait_for_timeout(min(left, 0.2) * 1000)
