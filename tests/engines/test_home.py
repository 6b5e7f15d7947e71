"""Where engines live."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from mdd.engines.home import Home

ENGINES = 3


def test_engines_that_start_at_once_share_a_room(tmp_path: Path) -> None:
    home, together = Home(tmp_path, user=None), Barrier(ENGINES)

    def come(number: int) -> list[Path]:
        together.wait()
        return [home.room(f"room {each}") for each in range(200)]

    with ThreadPoolExecutor(ENGINES) as pool:
        came = list(pool.map(come, range(ENGINES)))

    assert came == [came[0]] * ENGINES
