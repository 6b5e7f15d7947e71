"""`python -m mdd.engines with [--postgres 16] [--flights] -- COMMAND`: run a command with engines of its own."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from mdd.engines import data_folder, environment, foreground, instance, plan, trials


def main() -> int:
    arguments = _arguments()
    # Stopped from outside, it still stops its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with trials.folder(data_folder()) as data:
        engines = plan.trial(data, version=arguments.postgres, with_flights=arguments.flights)
        with foreground.running(engines, log=data / "engines.log"):
            return subprocess.run(arguments.command, env=_environ(data, arguments), check=False).returncode


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m mdd.engines", description=__doc__)
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("with", help="run a command with PostgreSQL and Valkey of its own")
    run.add_argument("--postgres", choices=["18", "16"], default="18", help="version of PostgreSQL")
    run.add_argument("--flights", action="store_true", help="also start the demo's server")
    run.add_argument("command", nargs="+")
    return parser.parse_args()


def _environ(data: Path, arguments: argparse.Namespace) -> dict[str, str]:
    """What a machine with real servers would set."""
    ours = environment({"MDD_DATA": str(data)})
    environ = os.environ | {
        "MDD_DATA": str(data),
        "TMPDIR": str(instance.private(data / "tmp")),
        "DATABASE_URL": ours.database_url,
        "REDIS_URL": ours.redis_url,
        "SECRET_KEY": ours.secret_key,
        "SOURCE_KEYS": ",".join(ours.source_keys),
    }
    if arguments.flights:
        environ["MDD_EGRESS_ALLOW"] = ",".join(filter(None, [environ.get("MDD_EGRESS_ALLOW"), ours.flights]))
    return environ


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
