"""What reaches a browser from the packages: the named files and icons, and nothing else."""

import json
from pathlib import Path

import pytest

from mdd import assets
from mdd.engines.errors import Trouble

CHART = """
    export class Chart { static register(...parts) {} }
    export const CategoryScale = "across", LinearScale = "up", LineController = "line";
    export const LineElement = "stroke", PointElement = "dot", Tooltip = "says what one sees anyway";
"""


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules"
    for source in assets.FILES:
        put(folder / source, "let chart;\n//# sourceMappingURL=chart.js.map\n")
    put(folder / "chart.js" / "package.json", '{"main": "index.js", "sideEffects": false}')
    put(folder / "chart.js" / "index.js", CHART)
    (folder / "esbuild-wasm").symlink_to(assets.CHECKOUT / "node_modules" / "esbuild-wasm")
    put(folder / assets.DRAWINGS, json.dumps({"icons": {name: {"body": "<path/>"} for name in [*assets.ICONS, "zap"]}}))
    return folder


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_named_files_icons_and_parts_of_a_chart_are_brought_and_old_ones_go(packages: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    put(vendor / "icons" / "old.svg", "<svg/>")
    assets.copy(packages, vendor)

    copied = {str(path.relative_to(vendor)) for path in vendor.rglob("*.*")}
    assert copied == set(assets.FILES.values()) | {"chart.js"} | {f"icons/{name}.svg" for name in assets.ICONS}
    assert (vendor / "idiomorph.js").read_text() == "let chart;"
    assert (vendor / "icons" / "x.svg").read_text().count("<path/>") == 1
    chart = (vendor / "chart.js").read_text()
    assert "window.Chart=" in chart
    assert "stroke" in chart
    assert "says what one sees anyway" not in chart


@pytest.mark.long
def test_a_part_that_chart_js_lacks_is_named(packages: Path, tmp_path: Path) -> None:
    put(packages / "chart.js" / "index.js", CHART.replace("LinearScale", "LogarithmicScale"))

    with pytest.raises(Trouble, match=r'could not be put together.*"LinearScale"'):
        assets.copy(packages, tmp_path / "vendor")


def test_what_a_package_lacks_is_named_and_the_old_files_stay(packages: Path, tmp_path: Path) -> None:
    put(tmp_path / "vendor" / "chart.js", "old")
    put(packages / assets.DRAWINGS, json.dumps({"icons": {}}))
    with pytest.raises(Trouble, match="Lucide has no icon archive"):
        assets.copy(packages, tmp_path / "vendor")

    (packages / assets.DRAWINGS).unlink()
    with pytest.raises(Trouble, match=r"icons\.json is not there"):
        assets.copy(packages, tmp_path / "vendor")
    assert (tmp_path / "vendor" / "chart.js").read_text() == "old"
