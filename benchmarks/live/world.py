"""What the rounds need: programs that are built, packages of the peers, and a squad that holds a workshop."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import django

HERE = Path(__file__).parent
CHECKOUT = HERE.parent.parent
LIMIT = "100000"
INSTALL = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


@dataclass(frozen=True)
class World:
    """`folder` holds the generator, the peers with their packages, and files for the generator."""

    folder: Path
    data: Path

    @property
    def generator(self) -> Path:
        return self.folder / "livebench"


def built(folder: Path) -> World:
    subprocess.run(["cc", "-O2", "-o", folder / "livebench", HERE / "livebench.c"], check=True)
    for each in [*HERE.glob("package*.json"), *HERE.glob("peers/*.*")]:
        shutil.copy(each, folder)
    subprocess.run(INSTALL, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "mdd.settings",
        "MDD_LIVE_STREAMS": LIMIT,
        "MDD_LIVE_STREAMS_EACH": LIMIT,
        "NODE_PATH": str(folder / "node_modules"),
    }
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        subprocess.run([sys.executable, "manage.py", *command, "--verbosity=0"], cwd=CHECKOUT, check=True)
    django.setup()
    return World(folder, Path(os.environ["MDD_DATA"]))
