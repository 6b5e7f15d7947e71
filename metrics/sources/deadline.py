"""The one moment by which a source has to answer, and what happens when it does not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.utils.translation import gettext as _

from .errors import Code, SourceError

LOOK_EVERY = 1.0  # seconds until a cancelled question is noticed
POLITE = 1.0  # seconds that the other side has to heed a request to stop


class Deadline:
    """Seconds that are left of a whole run. Every other limit is derived from it, so that no two of them race."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        return max(0.0, self._end - self._clock())

    def is_over(self) -> bool:
        return self.left() == 0

    def check(self) -> None:
        """Raise TIMEOUT when the time is up."""
        if self.is_over():
            raise self.missed()

    def missed(self) -> SourceError:
        sentence = _("It took longer than %(seconds)d s and was stopped. Ask for a shorter time or add an index.")
        return SourceError(Code.TIMEOUT, sentence % {"seconds": self.seconds})

    def for_the_server(self) -> float:
        """Seconds after which the server should stop by itself, a little before we give up."""
        return max(self.left() * 0.9, self.left() - 2)


@contextmanager
def watch(
    deadline: Deadline, is_wanted: Callable[[], bool], *, stop: Callable[[], None], cut: Callable[[], None]
) -> Iterator[None]:
    """Call `stop` from another thread when time is up, or when nobody wants the answer any more.

    `stop` asks the other side politely; `cut` follows a second later and ends the line, whatever the other side does.
    """
    done = Event()
    thread = Thread(target=stop_in_time, args=(deadline, is_wanted, stop, cut, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def stop_in_time(
    deadline: Deadline,
    is_wanted: Callable[[], bool],
    stop: Callable[[], None],
    cut: Callable[[], None],
    done: Event,
) -> None:
    while not done.wait(min(LOOK_EVERY, deadline.left())):
        if deadline.is_over() or not is_wanted():
            stop()
            if not done.wait(POLITE):
                cut()
            return
