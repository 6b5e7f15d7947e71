"""Measure the board and print what was found. Starts itself again with engines of its own.

    python -m benchmarks.board [--rounds 3] [--cards 300] [--rate 10] [--seconds 30]

Needs Chromium (see tests/browser/chromium.py) and two cores: the web process runs on core 0, all else on core 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

INSIDE = "MDD_BENCH_INSIDE"
CHECKOUT = Path(__file__).parent.parent.parent


def main() -> None:
    asked = arguments()
    if INSIDE not in os.environ:
        again = [sys.executable, "-m", "mdd.engines", "with", "--", sys.executable, "-m", "benchmarks.board"]
        os.execve(sys.executable, [*again, *sys.argv[1:]], os.environ | {INSIDE: "1"})  # noqa: S606
    os.environ |= {"DJANGO_SETTINGS_MODULE": "mdd.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        subprocess.run([sys.executable, "manage.py", *command, "--verbosity=0"], cwd=CHECKOUT, check=True)

    import django

    django.setup()
    from benchmarks.board import run

    run.rounds(asked)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cards", type=int, default=300)
    parser.add_argument("--clients", type=int, default=37)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--rate", type=float, default=10, help="actions a second")
    parser.add_argument("--seconds", type=float, default=30)
    return parser.parse_args()


if __name__ == "__main__":
    main()
