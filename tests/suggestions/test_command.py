"""`manage.py suggest_groups`: once as a program, and else in the process of the test, which has its words already."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

BOARD = b"open bugs\nlate releases\nbugs that are open\nreleases that are late\n"


class Suggest:
    """Types bytes into the command; answers what it printed, and what it said on standard error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def __call__(self, typed: bytes, *arguments: str) -> tuple[list[list[int]], str]:
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="ascii"))
        printed, said = io.StringIO(), io.StringIO()
        call_command("suggest_groups", *arguments, stdout=printed, stderr=said)
        return json.loads(printed.getvalue()), said.getvalue()


@pytest.fixture
def suggest(monkeypatch: pytest.MonkeyPatch) -> Suggest:
    return Suggest(monkeypatch)


def test_the_program_prints_groups_of_line_indexes() -> None:
    command = [sys.executable, "manage.py", "suggest_groups"]
    answer = subprocess.run(command, input=BOARD, cwd=settings.BASE_DIR, capture_output=True, check=True)

    assert json.loads(answer.stdout) == [[0, 2], [1, 3]]
    assert answer.stderr == b""


def test_it_prints_pairs(suggest: Suggest) -> None:
    assert suggest(BOARD, "--pairs") == ([[0, 2], [1, 3]], "")


def test_nothing_typed_is_no_groups(suggest: Suggest) -> None:
    assert suggest(b"") == ([], "")


def test_only_a_line_feed_ends_a_line_and_bytes_that_are_no_text_do_no_harm(suggest: Suggest) -> None:
    groups, _ = suggest(b"open bugs\r\n\n\xff\xfe\x00\na\x0bb\xe2\x80\xa8c\nopen bugs")

    assert sorted(index for group in groups for index in group) == [0, 1, 2, 3, 4]
    assert [0, 4] in groups


def test_it_says_that_it_knows_only_english(suggest: Suggest) -> None:
    _, said = suggest(b"Wie viele Tickets sind offen?\nopen bugs\n")

    assert "1 line is not in English. Only English is understood" in said
