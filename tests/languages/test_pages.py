"""No page says a word of ours that no other language can say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.access.asking import ours
from tests.access.conftest import own, twin, world, worlds
from tests.access.verdicts import VERDICTS
from tests.access.world import World
from tests.languages import pseudo

__all__ = ["own", "twin", "world", "worlds"]

# Names of things, and what is the same in every language.
SAME = [
    "MDD",
    "Markdown",
    "JSON",
    "CSV",
    "SELECT",
    "PostgreSQL",
    "English",
    "Interlingua",
    "min",
    "testserver/go",
    "5.6 short of 82.",
]
# Only operators read these, who read this code as well.
UNTOLD = {"styleguide"}
READERS = ("admin", "viewer", "operator", "guest", "anonymous")


@pytest.fixture(scope="module")
def brackets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pseudo.write(tmp_path_factory.mktemp("brackets"))


@pytest.fixture
def in_brackets(settings: Settings, brackets: Path) -> None:
    settings.LANGUAGES = [("en", "English"), (pseudo.CODE, "Interlingua")]
    settings.LOCALE_PATHS = [brackets]


def typed() -> list[str]:
    """Whatever stands in the database, the longest first."""
    found = {word for model in apps.get_models() for word in words_of(model)} | set(SAME)
    return sorted((word for word in found if len(word) > 2), key=len, reverse=True)


def words_of(model: type[models.Model]) -> Iterator[str]:
    columns = [
        field.name for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)
    ]
    for row in model._base_manager.values_list(*columns) if columns else ():
        yield from (line.strip() for word in row if isinstance(word, str) for line in word.splitlines())


def said_to(client: Client, route: str, arguments: list[object], method: str) -> str:
    answer = client.generic(method, reverse(route, args=arguments), headers={"Accept-Language": pseudo.CODE})
    is_page = answer.status_code in {200, 422} and answer["Content-Type"].startswith("text/html")
    return answer.content.decode() if is_page else ""


@pytest.mark.long
@pytest.mark.parametrize("who", READERS)
def test_every_word_of_every_page_is_marked(world: World, in_brackets: None, who: str) -> None:
    known, found = typed(), {}
    for route in sorted(ours() - UNTOLD):
        for method in VERDICTS[route]:
            html = said_to(world.clients[who], route, world.arguments.get(route, []), method)
            if words := list(pseudo.unmarked(html, known)):
                found[f"{method} {route}"] = words

    assert found == {}
