"""Static files as browsers get them: the style sheet is many files for people and one for a page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/app.css"
IMPORT = re.compile(r'@import url\("(?P<part>[^"]+)"\) layer\((?P<layer>\w+)\);')
LINK = re.compile(r'url\("(?P<link>[^":]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Paths = dict[str, tuple[Any, str]]


class OneSheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Puts the parts of app.css into it when the files are collected: 25 requests less, half the bytes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """A room asks for forty on each of its pages, and no manifest changes while a process runs."""
        if force or name not in self._addresses:
            self._addresses[name] = super().url(name, force=force)
        return self._addresses[name]

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[tuple[str, str, bool]]:
        if SHEET in paths:
            joined = InMemoryStorage()
            joined.save(SHEET, ContentFile(join(paths).encode()))
            paths[SHEET] = (joined, SHEET)
        yield from super().post_process(paths, dry_run=dry_run, **options)


def join(paths: Paths) -> str:
    """The sheet with each imported part in its layer, links still right, comments and air left out."""
    folder = posixpath.dirname(SHEET)
    return IMPORT.sub(lambda line: f"@layer {line['layer']}{{{part(paths, folder, line['part'])}}}", read(paths, SHEET))


def part(paths: Paths, folder: str, name: str) -> str:
    """One imported file, its links written as seen from the sheet."""
    below = posixpath.dirname(name)
    return LINK.sub(
        lambda link: f'url("{posixpath.normpath(posixpath.join(below, link["link"]))}")',
        read(paths, posixpath.join(folder, name)),
    )


def read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return re.sub(r"\s+", " ", COMMENT.sub("", file.read().decode()))
