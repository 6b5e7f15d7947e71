"""What axe-core finds wrong with a page by WCAG 2.2 A and AA."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RUN = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def assert_accessible(page: Page) -> None:
    """Fail with each violation and where it is."""
    # The policy of our pages forbids inline scripts; Playwright evaluates outside of it.
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN, RULES)
    violations = [
        f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']]}"
        for violation in found["violations"]
    ]
    assert violations == [], f"{page.url}: {violations}"
