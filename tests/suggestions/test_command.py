"""`manage.py suggest_groups`, as a program."""

from __future__ import annotations

import json
import subprocess
import sys

from django.conf import settings

BOARD = b"open bugs\nlate releases\nbugs that are open\nreleases that are late\n"


def suggest(typed: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "manage.py", "suggest_groups", *arguments]
    return subprocess.run(command, input=typed, cwd=settings.BASE_DIR, capture_output=True, check=True)


def test_it_prints_groups_of_line_indexes() -> None:
    answer = suggest(BOARD)

    assert json.loads(answer.stdout) == [[0, 2], [1, 3]]
    assert answer.stderr == b""


def test_it_prints_pairs() -> None:
    assert json.loads(suggest(BOARD, "--pairs").stdout) == [[0, 2], [1, 3]]


def test_nothing_typed_is_no_groups() -> None:
    assert json.loads(suggest(b"").stdout) == []


def test_only_a_line_feed_ends_a_line_and_bytes_that_are_no_text_do_no_harm() -> None:
    groups = json.loads(suggest(b"open bugs\r\n\n\xff\xfe\x00\na\x0bb\xe2\x80\xa8c\nopen bugs").stdout)

    assert sorted(index for group in groups for index in group) == [0, 1, 2, 3, 4]
    assert [0, 4] in groups


def test_it_says_that_it_knows_only_english() -> None:
    answer = suggest(b"Wie viele Tickets sind offen?\nopen bugs\n")

    assert b"1 line is not in English. Only English is understood" in answer.stderr
