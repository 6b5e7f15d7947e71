"""One log for all processes: a colour each on the terminal, a bounded file under MDD_DATA."""

import asyncio
import itertools
import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import BinaryIO, TextIO

LINE_BYTES = 64 * 1024
FILE_BYTES = 5_000_000
COLOURS = (36, 33, 32, 35, 34, 96, 93, 92, 95, 94)


class Log:
    """Lines of every process, each under its name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._logger = logging.getLogger("mdd.supervisor")
        self._logger.setLevel(logging.INFO)
        self._logger.propagate = False
        self._logger.handlers = [_console(), _file(path)]
        self._colours = itertools.cycle(COLOURS)
        self._colour_of: dict[str, int] = {}

    def say(self, name: str, line: str) -> None:
        colour = self._colour_of.setdefault(name, next(self._colours))
        self._logger.info("%s", line, extra={"process_name": name, "colour": colour})

    def close(self) -> None:
        for handler in self._logger.handlers:
            handler.close()

    async def copy(self, name: str, source: BinaryIO) -> None:
        """Say every line that comes out of a pipe, until nobody can write to it any more."""
        reader = asyncio.StreamReader(limit=LINE_BYTES)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), source)
        try:
            while line := await _line(reader):
                self.say(name, line.decode(errors="replace").rstrip())
        finally:
            transport.close()


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readline()
    except ValueError:
        # The reader dropped what it held of it.
        return b"(a line that was too long)\n"


class _Terminal(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Go on: the terminal may be closed while the instance runs."""


def _console() -> logging.Handler:
    handler = _Terminal(sys.stdout)
    is_coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    paint = "\033[%(colour)sm%(process_name)14s |\033[0m " if is_coloured else "%(process_name)14s | "
    handler.setFormatter(logging.Formatter(paint + "%(message)s"))
    return handler


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=lambda path, how: os.open(path, how, 0o600))


def _file(path: Path) -> logging.Handler:
    handler = _PrivateFile(path, maxBytes=FILE_BYTES, backupCount=2)
    handler.setFormatter(logging.Formatter("%(asctime)s %(process_name)s | %(message)s"))
    return handler
