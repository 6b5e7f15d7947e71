"""Bring the browser files that we serve from node_modules to static/vendor: `python -m mdd.assets`.

Add a file, an icon or a part of Chart.js here when a page wants it; nothing else of the packages reaches a browser.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

from mdd.engines.errors import Trouble

FILES = {
    "idiomorph/dist/idiomorph.min.js": "idiomorph.js",
    "@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2": "fonts/fraunces-latin.woff2",
    "@fontsource-variable/fraunces/files/fraunces-latin-ext-wght-normal.woff2": "fonts/fraunces-latin-ext.woff2",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "fonts/inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "fonts/inter-latin-ext.woff2",
}
ICONS = """
    archive arrow-down arrow-up chart-spline check chevron-left chevron-right chevrons-up-down circle-alert
    circle-check circle-x cloud-check cloud-off crown database download ellipsis eye eye-off flask-conical hand
    heart-handshake house inbox info key-round layout-dashboard list-checks lock lock-open log-out mail
    message-circle-question-mark monitor package palette pause pencil play plus printer qr-code refresh-cw
    rotate-ccw ruler send shuffle stethoscope table-2 target timer triangle-alert user-plus user-x users volume-2
    volume-off x
""".split()  # noqa: SIM905 (short to read, easy to add to)

# What a <metric-chart> draws with. All of Chart.js would be 21 KB more for each browser.
CHART = """
    import { CategoryScale, Chart, LinearScale, LineController, LineElement, PointElement } from "chart.js";
    Chart.register(CategoryScale, LinearScale, LineController, LineElement, PointElement);
    window.Chart = Chart;
"""
BUNDLER = "esbuild-wasm/bin/esbuild"

# All of lucide in one file: as drawings it would be 7 MB to fetch and 6,000 files to write.
DRAWINGS = "@iconify-json/lucide/icons.json"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{}</svg>\n'

CHECKOUT = Path(__file__).resolve().parent.parent
# The map is not served, and hashed file names would break on it.
SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")


def copy(packages: Path, vendor: Path) -> None:
    """Make `vendor` hold these files and no others. Raises Trouble when a package or an icon is not there."""
    draft = vendor.with_name(f".{vendor.name}")
    shutil.rmtree(draft, ignore_errors=True)
    for source, target in FILES.items():
        _write(draft / target, SOURCE_MAP.sub(b"", _read(packages / source)))
    drawings = json.loads(_read(packages / DRAWINGS))["icons"]
    for name in ICONS:
        _write(draft / "icons" / f"{name}.svg", _draw(drawings, name))
    _write(draft / "chart.js", _bundle(packages, CHART))
    shutil.rmtree(vendor, ignore_errors=True)
    draft.rename(vendor)


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except FileNotFoundError as error:
        raise Trouble(f"{source} is not there: check its name in mdd/assets.py, then run `make run` again.") from error


def _bundle(packages: Path, code: str) -> bytes:
    """Join a piece of JavaScript with what it imports of the packages."""
    argv: list[str | Path] = ["node", packages / BUNDLER, "--bundle", "--minify", "--log-level=error"]
    made = subprocess.run(argv, input=code.encode(), cwd=packages.parent, capture_output=True, check=False)
    if made.returncode:
        raise Trouble(f"Chart.js could not be put together: {made.stderr.decode(errors='replace').strip()}")
    return made.stdout


def _draw(drawings: dict[str, dict[str, str]], name: str) -> bytes:
    if name not in drawings:
        raise Trouble(f"Lucide has no icon {name}: check its name in mdd/assets.py, then run `make run` again.")
    return SVG.format(drawings[name]["body"]).encode()


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


if __name__ == "__main__":
    copy(CHECKOUT / "node_modules", CHECKOUT / "static" / "vendor")
