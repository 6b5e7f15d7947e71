"""The style sheet that a browser gets."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from pytest_django.fixtures import Settings

from mdd import static


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "mdd.static.OneSheetStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def sheet_in(folder: Path) -> str:
    return next((folder / "css").glob("app.????????????.css")).read_text()


def test_the_sheet_is_one_file_in_its_layers(collected: Path) -> None:
    sheet = sheet_in(collected)

    assert "@import" not in sheet
    assert sheet.index("@layer reset{") < sheet.index("@layer components{") < sheet.index("@layer utilities{")


def test_each_link_of_the_sheet_leads_to_a_file(collected: Path) -> None:
    links = re.findall(r'url\("([^"]+)"\)', sheet_in(collected))

    assert links
    assert [link for link in links if not (collected / "css" / link).exists()] == []


def test_a_part_below_keeps_its_links() -> None:

    files = InMemoryStorage()
    files.save("css/app.css", ContentFile(b'@layer a;\n@import url("parts/rail.css") layer(a);'))
    files.save("css/parts/rail.css", ContentFile(b'/* why */\n.rail {\n  mask: url("../../img/trees.svg");\n}'))

    sheet = static.join({name: (files, name) for name in ("css/app.css", "css/parts/rail.css")})

    assert sheet == '@layer a; @layer a{ .rail { mask: url("../img/trees.svg"); }}'
