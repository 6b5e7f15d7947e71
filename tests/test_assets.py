"""What reaches a browser from the packages: the named files and icons, and nothing else."""

import json
from pathlib import Path

import pytest

from mdd import assets
from mdd.engines.errors import Trouble


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules"
    for source in assets.FILES:
        put(folder / source, "let chart;\n//# sourceMappingURL=chart.js.map\n")
    put(folder / assets.DRAWINGS, json.dumps({"icons": {name: {"body": "<path/>"} for name in [*assets.ICONS, "zap"]}}))
    return folder


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_named_files_and_icons_are_copied_and_old_ones_go(packages: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    put(vendor / "icons" / "old.svg", "<svg/>")
    assets.copy(packages, vendor)

    copied = {str(path.relative_to(vendor)) for path in vendor.rglob("*.*")}
    assert copied == set(assets.FILES.values()) | {f"icons/{name}.svg" for name in assets.ICONS}
    assert (vendor / "chart.js").read_text() == "let chart;"
    assert (vendor / "icons" / "x.svg").read_text().count("<path/>") == 1


def test_what_a_package_lacks_is_named_and_the_old_files_stay(packages: Path, tmp_path: Path) -> None:
    put(tmp_path / "vendor" / "chart.js", "old")
    put(packages / assets.DRAWINGS, json.dumps({"icons": {}}))
    with pytest.raises(Trouble, match="Lucide has no icon archive"):
        assets.copy(packages, tmp_path / "vendor")

    (packages / assets.DRAWINGS).unlink()
    with pytest.raises(Trouble, match=r"icons\.json is not there"):
        assets.copy(packages, tmp_path / "vendor")
    assert (tmp_path / "vendor" / "chart.js").read_text() == "old"
