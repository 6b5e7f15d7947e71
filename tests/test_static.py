"""The style sheet that a browser gets."""

import re

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from mdd import static

SHEETS = settings.STATIC_ROOT / "css"


def collected() -> str:
    return next(SHEETS.glob("app.????????????.css")).read_text()


def test_the_sheet_is_one_file_in_its_layers() -> None:
    sheet = collected()

    assert "@import" not in sheet
    assert sheet.index("@layer reset{") < sheet.index("@layer components{") < sheet.index("@layer utilities{")


def test_each_link_of_the_sheet_leads_to_a_file() -> None:
    links = re.findall(r'url\("([^"]+)"\)', collected())

    assert links
    assert [link for link in links if not (SHEETS / link).exists()] == []


def test_a_part_below_keeps_its_links() -> None:
    files = InMemoryStorage()
    files.save("css/app.css", ContentFile(b'@layer a;\n@import url("parts/rail.css") layer(a);'))
    files.save("css/parts/rail.css", ContentFile(b'/* why */\n.rail {\n  mask: url("../../img/trees.svg");\n}'))

    sheet = static.join({name: (files, name) for name in ("css/app.css", "css/parts/rail.css")})

    assert sheet == '@layer a; @layer a{ .rail { mask: url("../img/trees.svg"); }}'
