"""Takes the README's picture from a running demo: `python -m docs.picture ADDRESS --email … --password …`."""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import chromium

HERE = Path(__file__).parent
SIZE = {"width": 1280, "height": 1500}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("--email", required=True)
    parser.add_argument("--password", required=True)
    asked = parser.parse_args()
    with chromium.driven() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce", color_scheme="light")
        open_home(page, asked.base, asked.email, asked.password)
        page.screenshot(path=HERE / "loop.png")
        browser.close()


def open_home(page: Page, base: str, email: str, password: str) -> None:
    """Signs in; the demo's user is in one squad and lands on its home."""
    page.goto(f"{base}/accounts/login/?next=/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/squads/*/")
    page.reload()  # without the toast of signing in
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
