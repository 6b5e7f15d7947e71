"""What every test would do anew though nothing has changed since the last one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from whitenoise.base import WhiteNoise


@pytest.fixture(autouse=True, scope="session")
def static_files_listed_once() -> Iterator[None]:
    """Each test client makes a chain of middleware of its own, and WhiteNoise would list and read about 400 files."""
    look = WhiteNoise.update_files_dictionary
    known: dict[tuple[str, str, str], dict[str, Any]] = {}

    def listed(self: WhiteNoise, root: str, prefix: str) -> None:
        place = (root, prefix, settings.STORAGES["staticfiles"]["BACKEND"])
        if place not in known:
            look(self, root, prefix)
            known[place] = dict(self.files)
        self.files.update(known[place])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", listed)
        yield
