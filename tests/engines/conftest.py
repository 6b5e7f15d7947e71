"""Real servers in a folder of their own; one set of them for all tests of a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mdd.engines import foreground, plan, trials


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of an instance whose three servers run."""
    with trials.folder(tmp_path_factory.mktemp("instance")) as folder:
        engines = plan.trial(folder, version="18", with_flights=True)
        with foreground.running(engines, log=folder / "engines.log"):
            yield folder
