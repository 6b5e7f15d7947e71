"""`python -m mdd.supervisor [run|stop|clean]`: what `make run`, `make stop` and `make clean` call."""

import argparse
import sys

from mdd.engines import data_folder
from mdd.supervisor import settings
from mdd.supervisor.run import run
from mdd.supervisor.stop import clean, stop


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m mdd.supervisor", description=__doc__)
    parser.add_argument("command", nargs="?", choices=["run", "stop", "clean"], default="run")
    command = parser.parse_args().command
    if command == "run":
        run(settings.read())
    else:
        print({"stop": stop, "clean": clean}[command](data_folder()))  # noqa: T201


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
