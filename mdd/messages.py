"""The words of each language, in locale/: gathered from the code, and made ready to be read.

`python -m mdd.messages gather` brings the catalogues up to what the code says, `missing` lists what has no words yet,
`compile` writes what Django reads.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parent.parent
LOCALE = CHECKOUT / "locale"
Words: TypeAlias = str | tuple[str, ...]
Found: TypeAlias = tuple[int, Words, str | None]

APPS = ("mdd", "metrics", "workshops")
CALLS = {"_", "gettext_noop"} | {
    f"{name}{lazy}" for name in ("gettext", "ngettext", "pgettext", "npgettext") for lazy in ("", "_lazy")
}
EVER = datetime(2026, 1, 1, tzinfo=UTC)
# What would differ each time although no word did.
NOISE = re.compile(rb'^(#.*|"(POT-|PO-|Last|Generated|Language-Team|Report|Project).*)\n', re.MULTILINE)


def catalogues() -> Iterator[Path]:
    """The file of each language beside English, in which the code speaks."""
    yield from sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def gathered() -> Catalog:
    """All that is marked in the code and in the templates."""
    catalog = Catalog(charset="utf-8")
    for path in sources():
        where = str(path.relative_to(CHECKOUT))
        for line, words, context in words_of(path):
            catalog.add(words, None, [(where, line)], context=context)
    return catalog


def words_of(path: Path) -> Iterator[Found]:
    """The marked words of one file, each with its line and its context."""
    text = path.read_text()
    return in_python(text) if path.suffix == ".py" else in_template(text)


def in_python(text: str) -> Iterator[Found]:
    """By the syntax tree: it has the calls inside of f-strings too, with every Python."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = written_in(node) if name in CALLS else []
        context = words.pop(0) if words and "pgettext" in name else None
        if words:
            yield node.lineno, tuple(words[:2]) if name.removesuffix("_lazy").startswith("n") else words[0], context


def written_in(call: ast.Call) -> list[str]:
    """The strings that a call begins with; whatever follows them is counted or filled in."""
    constants = takewhile(lambda argument: isinstance(argument, ast.Constant), call.args)
    return [each.value for each in constants if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def in_template(text: str) -> Iterator[Found]:
    """Django writes the words of a template as calls, on their lines but not at their depth."""
    calls = "\n".join(line.lstrip() for line in templatize(text).split("\n"))
    for line, words, _comments, context in extract("python", BytesIO(calls.encode())):
        yield line, words, context


def sources() -> Iterator[Path]:
    for app in APPS:
        yield from sorted((CHECKOUT / app).rglob("*.py"))
    yield from sorted(path for path in (CHECKOUT / "templates").rglob("*") if path.is_file())


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parents[1].name)
    catalog.creation_date = EVER  # or what is compiled of it would tell the minute
    return catalog


def gather() -> None:
    """Bring each catalogue up to what the code says. Words that nobody says any more go away."""
    for path in catalogues():
        catalog = read(path)
        catalog.update(gathered(), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.write_bytes(written(catalog))


def written(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=120, include_lineno=False)
    header, _, words = out.getvalue().partition(b"\n\n")
    return NOISE.sub(b"", header + b"\n") + b"\n" + words


def lacking(catalog: Catalog) -> list[Message]:
    """What has no words in this language, or not all of its forms."""
    return [message for message in catalog if message.id and not is_whole(message)]


def is_whole(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def missing() -> None:
    for path in catalogues():
        for message in lacking(read(path)):
            where = message.locations[0][0] if message.locations else ""
            print(f"{where}: {message.context or ''} {message.id!r}")  # noqa: T201 (what it is called for)


def make() -> None:
    for path in catalogues():
        path.with_suffix(".mo").write_bytes(compiled(read(path)))


def compiled(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


COMMANDS: Mapping[str, Callable[[], None]] = {"gather": gather, "missing": missing, "compile": make}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]]()
