"""The rounds, and what is told of them."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser

from benchmarks.board import pages, room
from benchmarks.board.hands import Hands
from benchmarks.board.listeners import Listeners
from benchmarks.board.pages import Board
from benchmarks.board.room import Room
from benchmarks.live import servers
from benchmarks.live.servers import Server
from mdd.models import Event
from tests.browser import chromium
from workshops.models import Card

TICK = os.sysconf("SC_CLK_TCK")
SETTLE = 3.0  # seconds


def rounds(asked: argparse.Namespace) -> None:
    with chromium.driven() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for number in range(asked.rounds):
            print(f"round {number + 1} of {asked.rounds}, load {os.getloadavg()[0]:.1f}", flush=True)
            people = asked.clients + asked.pages
            crowd = room.made(cards=asked.cards, people=people, pages=asked.pages)
            with servers.app(Path(os.environ["MDD_DATA"])) as server:
                measure(asked, browser, server, crowd)
        browser.close()


def measure(asked: argparse.Namespace, browser: Browser, server: Server, crowd: Room) -> None:
    base = f"http://127.0.0.1:{server.port}"
    url, session = base + crowd.path, crowd.people[0]
    pages.weights(browser, url, base, session)  # the process has begun, and drawn each card once
    tell("weights", pages.weights(browser, url, base, session))
    tell("first paint ms", {"each": sorted(round(pages.first_paint(browser, url, base, session)) for _ in range(5))})
    tell("one move, 4x slower", one_move(browser, server, crowd))
    tell("own move, 4x slower", own_move(browser, server, crowd))
    tell("own move as it was, 4x slower", own_move(browser, server, crowd, is_whole=True))
    tell("crowd", together(asked, browser, server, crowd))


def one_move(browser: Browser, server: Server, crowd: Room) -> Mapping[str, object]:
    """What a page on a slow device does for each move that is streamed to it, in milliseconds."""
    base, count = f"http://127.0.0.1:{server.port}", 20
    board = Board.opened(browser, base + crowd.path, base, crowd.people[0])
    board.slow_down()
    pages.pause(board, SETTLE)
    before, idle = board.metrics(), len(board.long_tasks)
    hands = Hands(server.port, crowd)
    busy(board, hands, rate=2, seconds=count / 2)
    after = board.metrics()
    found = {name.removesuffix("Duration"): round((after[name] - before[name]) / count, 1) for name in after}
    long = sorted(round(each) for each in board.long_tasks[idle:])
    board.close()
    return {**found, "long tasks": len(long), "longest": long[-1:], "moves": count}


def own_move(browser: Browser, server: Server, crowd: Room, *, is_whole: bool = False) -> Mapping[str, object]:
    """What moving a card oneself costs: the page on a slow device, the server, and what comes as the answer."""
    base, count = f"http://127.0.0.1:{server.port}", 10
    board = Board.opened(browser, base + crowd.path, base, crowd.people[0])
    pages.pause(board, 2 * SETTLE)  # the page is kept for a reload meanwhile
    board.slow_down()
    if is_whole:
        board.wants_whole_rooms()
    answers = board.answers()
    before, spent = board.metrics(), cpu(server.pid)
    took = [board.move_one() for _ in range(count)]
    after, spent = board.metrics(), cpu(server.pid) - spent
    found = {name.removesuffix("Duration"): round((after[name] - before[name]) / count, 1) for name in after}
    told = {"answer KB": round(sum(map(len, (each.body() for each in answers))) / 1000 / count, 1)}
    board.close()
    crowd.lies = {card.pk: card.bucket_id for card in Card.objects.filter(workshop=crowd.workshop)}
    return {**found, **told, "answered ms": round(median(took)), "server CPU ms": round(spent * 1000 / count)}


def together(asked: argparse.Namespace, browser: Browser, server: Server, crowd: Room) -> Mapping[str, object]:
    base = f"http://127.0.0.1:{server.port}"
    boards = [Board.opened(browser, base + crowd.path, base, each) for each in crowd.people[: asked.pages]]
    listeners = Listeners(server.port, crowd.stream, crowd.people[asked.pages :])
    pages.pause(boards[0], SETTLE)
    hands, spent = Hands(server.port, crowd), cpu(server.pid)
    busy(boards[0], hands, rate=asked.rate, seconds=asked.seconds)
    spent = cpu(server.pid) - spent
    listeners.close()
    late = [lag for board in boards for lag in lags(hands, board.shown)]
    heard = lags(hands, [(to, max(times)) for to, times in listeners.came.items()])
    answers = [took * 1000 for status, took in hands.answers if status == 204]
    long = [each for board in boards for each in board.long_tasks]
    for board in boards:
        board.close()
    return {
        "actions": len(hands.begun),
        "pages p50, p95, max": spread(late),
        "last listener p50, p95, max": spread(heard),
        "answers p50, p95, max": spread(answers),
        "refused or unanswered": len(hands.begun) - len(answers),
        "not shown": len(hands.begun) * len(boards) - len(late),
        "server CPU %": round(100 * spent / asked.seconds),
        "long tasks in pages": len(long),
    }


def busy(board: Board, hands: Hands, *, rate: float, seconds: float) -> None:
    """Let hands work in a thread, while the browser's messages are heard in this one."""
    worker = threading.Thread(target=hands.work, kwargs={"rate": rate, "seconds": seconds})
    worker.start()
    pages.pause(board, seconds + SETTLE)
    worker.join()


def lags(hands: Hands, shown: Iterable[tuple[int, float]]) -> list[float]:
    """Milliseconds from when each action was due to when its serial, or a later one, was there."""
    serials = Event.objects.filter(operation__in=hands.begun).values_list("operation", "serial")
    came = sorted(shown)
    found = []
    for operation, serial in serials:
        at = min((at for to, at in came if to >= serial), default=None)
        if at is not None:
            found.append((at - hands.begun[str(operation)]) * 1000)
    return found


def spread(values: Sequence[float]) -> list[int]:
    if len(values) < 2:
        return []
    return [round(median(values)), round(quantiles(values, n=20)[-1]), round(max(values))]


def cpu(pid: int) -> float:
    """Seconds that a process has worked."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def tell(what: str, found: Mapping[str, object]) -> None:
    print(f"  {what}: " + ", ".join(f"{name} {value}" for name, value in found.items()), flush=True)
