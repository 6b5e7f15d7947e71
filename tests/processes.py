"""Start our own programs as a person would, in an environment without the tests' servers."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SOURCE_KEYS", "MDD_EGRESS_ALLOW", "DJANGO_SETTINGS_MODULE")


def environ(**changes: str) -> dict[str, str]:
    """This environment without what the test command set, and with the changes."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | changes


def tied(module: str, *arguments: str, **more: Any) -> subprocess.Popen[bytes]:
    """Start a module as a program that ends with this process, and before it once its input is closed."""
    command = [sys.executable, "-m", "tests.tied", module, *arguments]
    return subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, **more)


def run(arguments: list[str], **changes: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in the checkout and wait for its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env=environ(**changes),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
