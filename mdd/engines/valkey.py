"""Valkey from the wheel's program: broker and wake-up. Our own configuration, a user without admin commands."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import redis

from mdd.engines import home, instance, leftovers
from mdd.engines.engine import Command

# INFO belongs to @dangerous, but tells the memory limit and policy that a broker must have.
CONFIGURATION = """\
bind {host}
port {port}
dir {folder}
daemonize no
save ""
appendonly yes
appendfsync everysec
maxmemory 128mb
maxmemory-policy noeviction
user default off
user mdd on #{password_hash} allkeys allchannels +@all -@admin -@dangerous +info
"""


@dataclass(frozen=True)
class Valkey:
    """One server with one user, `mdd`."""

    name: str
    data: Path
    port: int
    password: str = field(repr=False)

    def command(self) -> Command:
        """Write the configuration, end what an earlier start left, and say how to run the server."""
        place = home.of(self.data)
        program = home.valkey_program(place)
        folder = place.room(self.name)
        leftovers.end_engines_in(folder)
        configuration = folder / "valkey.conf"
        instance.write_private(configuration, self._configuration(folder))
        place.give(configuration)
        environ = {"PATH": os.defpath, "LC_ALL": "C", "TMPDIR": str(place.room("tmp"))}
        return Command((str(program), str(configuration)), environ, folder, place.user)

    def is_ready(self) -> bool:
        """Tell whether it answers; while it reads its file back it does not yet."""
        client = redis.Redis(
            host=instance.LOOPBACK, port=self.port, username="mdd", password=self.password, socket_timeout=3
        )
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def settle(self) -> None:
        """Its user stands in the configuration."""

    def _configuration(self, folder: Path) -> str:
        return CONFIGURATION.format(
            host=instance.LOOPBACK,
            port=self.port,
            folder=f'"{folder}"',
            password_hash=hashlib.sha256(self.password.encode()).hexdigest(),
        )
