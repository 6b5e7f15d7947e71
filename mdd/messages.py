"""The words of each language, in locale/: gathered from the code, and made ready to be read.

`python -m mdd.messages gather` brings the catalogues up to what the code says, `missing` lists what has no words yet,
`compile` writes what Django reads.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parent.parent
LOCALE = CHECKOUT / "locale"
APPS = ("mdd", "metrics", "workshops")
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY}
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
        for line, words, _comments, context in extract("python", BytesIO(code_of(path)), KEYWORDS):
            catalog.add(words, None, [(where, line)], context=context)
    return catalog


def sources() -> Iterator[Path]:
    for app in APPS:
        yield from sorted((CHECKOUT / app).rglob("*.py"))
    yield from sorted(path for path in (CHECKOUT / "templates").rglob("*") if path.is_file())


def code_of(path: Path) -> bytes:
    """What is read as Python. Django writes the words of a template as calls, on their lines but not at their depth."""
    text = path.read_text()
    if path.suffix == ".py":
        return text.encode()
    return "\n".join(line.lstrip() for line in templatize(text).split("\n")).encode()


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


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
        out = BytesIO()
        write_mo(out, read(path))
        path.with_suffix(".mo").write_bytes(out.getvalue())


COMMANDS: Mapping[str, Callable[[], None]] = {"gather": gather, "missing": missing, "compile": make}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]]()
