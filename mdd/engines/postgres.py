"""PostgreSQL from the wheel's programs: in the foreground, on a loopback port, scram passwords only."""

import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from mdd.engines import home, instance, leftovers
from mdd.engines.engine import Command
from mdd.engines.errors import Trouble

SUPERUSER = "postgres"
Roles = Callable[["psycopg.Connection[Any]"], None]

# For a laptop that also runs everything else. What is not named stays as PostgreSQL's authors chose it.
SETTINGS = {
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",  # costs more than it saves on queries of a few milliseconds
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
    "scram_iterations": "1",  # thousands protect what people think up; these are random, and each connection pays
    "unix_socket_directories": "",  # no files outside our folder, no local user that is trusted
    "listen_addresses": instance.LOOPBACK,
    "log_line_prefix": "[%p] ",  # whoever keeps the log writes the time
    "log_checkpoints": "off",
    # A failed statement may hold what squads wrote or a token: name the error, keep its values out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
LOSES_DATA_WITH_THE_MACHINE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
# 16 knows no locale of its own; this one of the C library orders and folds letters as 18's built-in one does.
LOCALES = {
    "18": ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    "16": ("--locale=C.UTF-8",),
}


@dataclass(frozen=True)
class Postgres:
    """One server. `settle_roles` makes its roles and databases as superuser and may run any number of times."""

    name: str
    data: Path
    port: int
    superuser_password: str = field(repr=False)
    settle_roles: Roles
    version: str = "18"
    is_durable: bool = True

    def command(self) -> Command:
        """Make the cluster at the first start, end what an earlier one left, and say how to run the server."""
        place = home.of(self.data)
        programs = home.postgres_programs(place, self.version)
        cluster = place.room(self.name) / self.version
        if not cluster.exists():
            self._initialise(place, programs, cluster)
        self._refuse_foreign(cluster)
        # SIGQUIT: at once, whatever a query does; the log is replayed at the start.
        leftovers.end_engines_in(cluster, signal.SIGQUIT)
        (cluster / "postmaster.pid").unlink(missing_ok=True)
        settings = SETTINGS | {"port": str(self.port)} | ({} if self.is_durable else LOSES_DATA_WITH_THE_MACHINE)
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        argv = (str(programs / "postgres"), "-D", str(cluster), *flags)
        return Command(argv, _environ(place), cluster, place.user, stop_signal=signal.SIGINT)

    def is_ready(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def settle(self) -> None:
        with self.connect() as connection:
            self.settle_roles(connection)

    def connect(self, dbname: str = "postgres") -> "psycopg.Connection[Any]":
        """Connect as superuser: for our own housekeeping only."""
        return psycopg.connect(
            host=instance.LOOPBACK,
            port=self.port,
            user=SUPERUSER,
            password=self.superuser_password,
            dbname=dbname,
            autocommit=True,
            connect_timeout=3,
        )

    def _initialise(self, place: home.Home, programs: Path, cluster: Path) -> None:
        """Make the cluster beside its place and move it there whole: a broken start leaves nothing half made."""
        draft = cluster.with_name(f"{cluster.name}.part")
        shutil.rmtree(draft, ignore_errors=True)
        password = cluster.with_name("password")
        instance.write_private(password, self.superuser_password)
        place.give(password)
        made = subprocess.run(
            self._initdb(programs, draft, password),
            cwd=cluster.parent,
            env=_environ(place),
            user=place.user,
            group=place.user,
            extra_groups=[] if place.user else None,
            capture_output=True,
            text=True,
            check=False,
        )
        password.unlink()
        if made.returncode:
            raise Trouble(f"PostgreSQL could not make {cluster}: {made.stderr.strip()}")
        _mark(cluster).write_text(self._fingerprint())
        draft.rename(cluster)

    def _refuse_foreign(self, cluster: Path) -> None:
        """Say at once that the passwords are gone, which the server would only say to each connection."""
        if not _mark(cluster).exists() or _mark(cluster).read_text() != self._fingerprint():
            raise Trouble(
                f"{cluster} holds the data of an instance whose passwords are gone with {self.data / 'instance.json'}: "
                "put that file back, or remove the data with `make clean`."
            )

    def _fingerprint(self) -> str:
        return hashlib.sha256(self.superuser_password.encode()).hexdigest()

    def _initdb(self, programs: Path, cluster: Path, password: Path) -> list[str]:
        files = [str(programs / "initdb"), "-D", str(cluster), f"--pwfile={password}"]
        access = ["-U", SUPERUSER, "-A", "scram-sha-256"]
        access += ["-c", f"scram_iterations={SETTINGS['scram_iterations']}"]
        sync = [] if self.is_durable else ["--no-sync"]
        return [*files, *access, *sync, "--encoding=UTF8", *LOCALES[self.version], "--no-instructions"]


def _mark(cluster: Path) -> Path:
    """Beside the cluster: whose passwords it knows."""
    return cluster.with_name(f"{cluster.name}.passwords")


def _environ(place: home.Home) -> dict[str, str]:
    """Nothing of the operator's environment changes how the server behaves."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "TMPDIR": str(place.room("tmp"))}
