"""A new squad's days are, unless somebody says otherwise, those of whoever makes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.xdist_group("browser")

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "own-zone.js"


def test_the_time_zone_is_that_of_the_browser(browser: Browser) -> None:
    page = browser.new_page(timezone_id="America/Lima")
    page.set_content('<input data-own-zone value="UTC">')

    page.add_script_tag(content=SCRIPT.read_text(), type="module")

    expect(page.locator("input")).to_have_value("America/Lima")
    page.close()
