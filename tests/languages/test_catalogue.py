"""Every word of ours has its German ones, and the catalogue holds what the code says and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from mdd import messages

PLACE = re.compile(r"%\(\w+\)|(?<!%)%[sd]|%%|\{\w*\}|</?\w+[^>]*>")
CATALOGUES = list(messages.catalogues())


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parents[1].name)
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def catalogue(path: Path) -> Catalog:
    return messages.read(path)


def ids(catalogue: Catalog) -> set[tuple[str | None, object]]:
    return {(message.context, message.id) for message in catalogue if message.id}


def forms(told: object) -> tuple[str, ...]:
    return tuple(told) if isinstance(told, tuple | list) else (str(told),)


def loses(message: Message) -> bool:
    """A form may leave out its number, “one card”; nothing else gets lost, and nothing is invented."""
    wanted = {place for form in forms(message.id) for place in PLACE.findall(form)}
    told = [set(PLACE.findall(form)) for form in forms(message.string)]
    return any(places - wanted for places in told) or told[-1] != wanted


def test_german_is_shipped() -> None:
    assert "de" in {path.parents[1].name for path in CATALOGUES}


def test_nothing_lacks_its_words(catalogue: Catalog) -> None:
    assert [message.id for message in messages.lacking(catalogue)] == []


def test_the_catalogue_holds_what_the_code_says(catalogue: Catalog) -> None:
    assert ids(catalogue) == ids(messages.gathered()), "Run 'make messages'."
    assert not catalogue.obsolete


def test_no_place_for_a_value_gets_lost(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and loses(message)] == []


def test_words_keep_the_space_around_them(catalogue: Catalog) -> None:
    def around(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    told = [(forms(message.id)[0], forms(message.string)[0]) for message in catalogue if message.id]
    assert [msgid for msgid, string in told if around(msgid) != around(string)] == []


def test_what_django_reads_is_compiled_from_it(path: Path, catalogue: Catalog) -> None:
    compiled = path.with_suffix(".mo")

    assert compiled.is_file(), "Run 'python -m mdd.messages compile'; make does it by itself."
    assert compiled.read_bytes() == messages.compiled(catalogue), "Run 'python -m mdd.messages compile'."


@pytest.mark.parametrize(
    ("source", "msgids"),
    [
        ("{% load i18n %}", []),
        ('{% load i18n %}\n<p>\n  {% translate "One" %}\n      {{ x|date:_("j M") }}</p>\n', ["One", "j M"]),
        ("{% blocktranslate count n=n %}a card{% plural %}{{ n }} cards{% endblocktranslate %}", ["a card"]),
        ("{% blocktranslate trimmed %}\n  On\n  two lines\n{% endblocktranslate %}", ["On two lines"]),
    ],
)
def test_the_words_of_templates_are_found(tmp_path: Path, source: str, msgids: list[str]) -> None:
    template = tmp_path / "page.html"
    template.write_text(source)

    assert [forms(words)[0] for _line, words, _context in messages.words_of(template)] == msgids


@pytest.mark.parametrize(
    ("code", "msgids"),
    [
        ("f\"{_('One')} {rest}\"", ["One"]),
        ('_("One" " two")', ["One two"]),
        ('ngettext("a card", "%(n)d cards", n)', ["a card"]),
        ('gettext_lazy("One"), gettext_noop("Two")', ["One", "Two"]),
        ('pgettext("a place", "Board")', ["Board"]),
        ('_(name), other("One"), log.info("Two")', []),
    ],
)
def test_the_words_of_code_are_found(tmp_path: Path, code: str, msgids: list[str]) -> None:
    module = tmp_path / "code.py"
    module.write_text(code)

    assert [forms(words)[0] for _line, words, _context in messages.words_of(module)] == msgids
