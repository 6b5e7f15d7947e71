"""Which Chromium the browser tests drive. `python -m tests.browser.chromium` finds or unpacks it and prints its path.

In this order: CHROMIUM, a Chrome or Chromium on the PATH, Playwright's own, the npm package @sparticuz/chromium.
"""

import fcntl
import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from mdd.engines import Trouble, data_folder, instance

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PACKAGE = CHECKOUT / "node_modules" / "@sparticuz" / "chromium"
NAMES = ("google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "chrome")


def find() -> Path:
    """Return a Chromium that Playwright can start as it is. Raises Trouble when there is none and none can be made."""
    return _named() or _on_the_path() or _of_playwright() or _unpacked()


def driven() -> AbstractContextManager[Playwright]:
    """Return Playwright, which comes without a node, on the one that make found or fetched."""
    node = os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", shutil.which("node") or "")
    if not node:
        raise Trouble("There is no node for the browser tests: run `make test`, which fetches one.")
    return sync_playwright()


def _named() -> Path | None:
    name = os.environ.get("CHROMIUM")
    if name and not os.access(name, os.X_OK):
        raise Trouble(f"CHROMIUM is {name}, which is no program: name another, or leave it out.")
    return Path(name) if name else None


def _on_the_path() -> Path | None:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def _of_playwright() -> Path | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return max(cache.glob("chromium-*/chrome-linux*/chrome"), default=None)


def _unpacked() -> Path:
    """Return a start script for the npm package's Chromium, unpacked under MDD_DATA once for each version."""
    if not PACKAGE.exists():
        raise Trouble("There is no browser for the tests: run `make test`, which fetches one, or set CHROMIUM.")
    version: str = json.loads((PACKAGE / "package.json").read_text())["version"]
    folder = instance.private(instance.private(data_folder()) / "browser") / version
    with _alone(folder.parent):
        if not folder.exists():
            _unpack(folder)
    return folder / "start"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _unpack(folder: Path) -> None:
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    node = shutil.which("node")
    if node is None:
        raise Trouble("There is no browser for the tests and no node to unpack one: run `make test`.")
    script = str(Path(__file__).with_name("unpack.mjs"))
    subprocess.run([node, script], cwd=CHECKOUT, env=os.environ | {"TMPDIR": str(draft)}, check=True)
    _settle_fonts(draft / "fonts" / "fonts.conf", folder)
    _write_start(draft / "start", folder)
    draft.rename(folder)


def _settle_fonts(configuration: Path, folder: Path) -> None:
    """Point the package's font list, written for another machine, at our folder."""
    configuration.write_text(configuration.read_text().replace("/tmp/", f"{folder}/"))  # noqa: S108 (its words)


def _write_start(start: Path, folder: Path) -> None:
    """Write what a bare machine lacks into a script, so that whoever starts the browser need not know."""
    lines = ["#!/bin/sh", f"export LD_LIBRARY_PATH={shlex.quote(str(folder / 'al2023' / 'lib'))}"]
    if not Path("/etc/fonts/fonts.conf").exists():
        lines.append(f"export FONTCONFIG_PATH={shlex.quote(str(folder / 'fonts'))}")
    lines.append(f'exec {shlex.quote(str(folder / "chromium"))} "$@"')
    start.write_text("\n".join(lines) + "\n")
    start.chmod(0o755)


if __name__ == "__main__":
    print(find())
