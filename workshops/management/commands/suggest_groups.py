"""`manage.py suggest_groups`: what the board's suggestions say about any list of texts."""

import io
import json
import sys
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import ngettext

from workshops import suggestions


class Command(BaseCommand):
    help = (
        "Reads one text a line from standard input and prints a JSON list of groups, each a list of line indexes "
        "from 0. Each line is in exactly one group; one that is like no other is alone in its own. The order of the "
        "lines has no influence. It understands English, and says on standard error how many lines are not."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--pairs", action="store_true", help="print the pairs that a mark would show: [[i, j], ...]"
        )

    def handle(self, *args: Any, pairs: bool, **options: Any) -> None:
        texts = lines(sys.stdin)
        found = suggestions.pairs(texts) if pairs else suggestions.groups(texts)
        self.stdout.write(json.dumps(found))
        if count := len(suggestions.foreign(texts)):
            said = ngettext("%(n)s line is not in English.", "%(n)s lines are not in English.", count) % {"n": count}
            self.stderr.write(f"{said} Only English is understood, so look at what came of it.")


def lines(source: TextIO) -> list[str]:
    """Only a line feed ends a line, and bytes that are no text spoil their own line alone."""
    if isinstance(source, io.TextIOWrapper):
        source.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    text = source.read()
    return text.removesuffix("\n").split("\n") if text else []
