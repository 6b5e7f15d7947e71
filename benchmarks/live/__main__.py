"""Run the rounds and print the table. Starts itself again with engines of its own.

    python -m benchmarks.live [--rounds 3] [--only cost,steady,...]

Needs a C compiler, node and npm, and two cores: the servers run on core 0, the generator on core 1.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path

from benchmarks.live import world

INSIDE = "MDD_BENCH_INSIDE"
FILES = 20_000  # open files of a server with a thousand listeners, and room


def main() -> None:
    asked = arguments()
    if INSIDE not in os.environ:
        again = [sys.executable, "-m", "mdd.engines", "with", "--", sys.executable, "-m", "benchmarks.live"]
        os.execve(sys.executable, [*again, *sys.argv[1:]], os.environ | {INSIDE: "1"})  # noqa: S606
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    with tempfile.TemporaryDirectory() as folder:
        built = world.built(Path(folder))
        from benchmarks.live import run

        run.rounds(built, count=asked.rounds, only=set(filter(None, asked.only.split(","))))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="names of cases, comma separated; all of them if empty")
    return parser.parse_args()


if __name__ == "__main__":
    main()
