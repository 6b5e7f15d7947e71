"""A language in which every marked word stands in brackets: what stands outside of them was never marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from mdd import messages

CODE = "ia"
OURS = messages.LOCALE / "de" / "LC_MESSAGES" / "django.po"
DJANGO = Path(django.__file__).parent
THEIRS = [
    *(DJANGO / where / "locale" / "de" / "LC_MESSAGES" / "django.po" for where in ("conf", "contrib/auth")),
    Path(allauth.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.po",
]
MARKED = re.compile(r"⟦[^⟦⟧\n]*⟧")
INLINE = {"b", "bdi", "q"}
SILENT = {"code", "pre", "script", "style", "svg"}
SAID = {"alt", "aria-label", "aria-description", "label", "placeholder", "title"}


def write(folder: Path) -> Path:
    """A folder for LOCALE_PATHS. Words of Django count as marked: it brings their translations itself."""
    catalog = Catalog(locale=CODE)
    for path in (*THEIRS, OURS):
        for message in read(path):
            if message.id:
                catalog.add(message.id, bracketed(message), context=message.context)
    target = folder / CODE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(messages.compiled(catalog))
    return folder


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="de")


def bracketed(message: Message) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return f"⟦{message.id}⟧"
    return tuple(f"⟦{form}⟧" for form in message.id)


class Said(HTMLParser):
    """What a page says: its texts, and the attributes that are read out, shown or given to scripts as sentences."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts = [""]
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        said = [value for name, value in attrs if value and (name in SAID or is_sentence(name, value))]
        if tag not in INLINE | SILENT:
            self.texts += [*said, ""]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT
        if tag not in INLINE | SILENT:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts[-1] += data


def is_sentence(name: str, value: str) -> bool:
    return name.startswith("data-") and re.search(r"[a-z] [a-z]", value) is not None


def unmarked(html: str, known: list[str]) -> Iterator[str]:
    """Words of a page that are neither marked nor what somebody has typed."""
    rest = "\n".join(re.sub(r"\s+", " ", text) for text in Said(html).texts)
    for typed in known:
        rest = rest.replace(typed, " ")
    while (less := MARKED.sub(" ", rest)) != rest:
        rest = less
    yield from (line.strip() for line in rest.split("\n") if re.search(r"[^\W\d_]{2}", line))
