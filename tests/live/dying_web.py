"""`python -m tests.live.dying_web PORT [hurry]`: the real web process, forked for each line of its input, that may be
told where to die. The product knows nothing of it: its functions are wrapped from outside, in the fork alone."""

from __future__ import annotations

import inspect
import json
import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from itertools import count
from operator import attrgetter
from typing import Any

import uvicorn
from django.db import connections
from django.test import RequestFactory

from mdd.asgi import application
from mdd.live import hub
from mdd.wsgi import application as django
from tests.live.points import Point

Called = Callable[..., Any]


def main(port: int) -> None:
    """Fork for each line, and say the pid of the fork and, after its end, what ended it. The first line is a page."""
    warm(**json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            serve(port, Point(**told) if (told := json.loads(line)) else None)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def warm(path: str, cookies: str) -> None:
    """Draw a page, so that no fork has to read templates and routes."""
    django.get_response(RequestFactory(HTTP_COOKIE=cookies, HTTP_HOST="127.0.0.1").get(path))
    connections.close_all()


def serve(port: int, point: Point | None) -> None:
    if point:
        arm(point)
    uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)
    os._exit(0)


def arm(point: Point) -> None:
    begun: list[bool] = [not point.since]
    if point.since:
        wrap(point.since, lambda called: noting(called, begun))
    calls = count(1)

    def is_time() -> bool:
        return begun[0] and next(calls) == point.nth

    wrap(point.target, lambda called: DYING[point.when](called, is_time))


def wrap(target: str, around: Callable[[Called], Called]) -> None:
    module, _, path = target.partition(":")
    owner, _, name = path.rpartition(".")
    held = attrgetter(owner)(import_module(module)) if owner else import_module(module)
    setattr(held, name, around(getattr(held, name)))


def noting(called: Called, begun: list[bool]) -> Called:
    @wraps(called)
    def noted(*args: Any, **kwargs: Any) -> Any:
        begun[0] = True
        return called(*args, **kwargs)

    return noted


def before(called: Called, is_time: Callable[[], bool]) -> Called:
    @wraps(called)
    def dying(*args: Any, **kwargs: Any) -> Any:
        if is_time():
            die()
        return called(*args, **kwargs)

    return dying


def after(called: Called, is_time: Callable[[], bool]) -> Called:
    @wraps(called)
    def dying(*args: Any, **kwargs: Any) -> Any:
        result = called(*args, **kwargs)
        if is_time():
            die()
        return result

    @wraps(called)
    async def dying_later(*args: Any, **kwargs: Any) -> Any:
        result = await called(*args, **kwargs)
        if is_time():
            die()
        return result

    return dying_later if inspect.iscoroutinefunction(called) else dying


def writing(share: int) -> Callable[[Called, Callable[[], bool]], Called]:
    """Dies when so much of a chunk, in hundredths, is in the reader's socket."""

    def around(called: Called, is_time: Callable[[], bool]) -> Called:
        @wraps(called)
        def dying(socket: Any, chunk: Any) -> Any:
            if is_time():
                connection = socket._cycle.transport.get_extra_info("socket")
                os.write(connection.fileno(), chunk.framed[: len(chunk.framed) * share // 100])
                die()
            return called(socket, chunk)

        return dying

    return around


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


DYING = {"before": before, "after": after, "torn": writing(50), "written": writing(100)}

if __name__ == "__main__":
    if "hurry" in sys.argv:
        hub.LOOK, hub.RECHECK, hub.BEAT = 0.3, 2, 4
    main(int(sys.argv[1]))
