"""What the operator chose for this start."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from mdd.engines import Trouble, data_folder


@dataclass(frozen=True)
class Start:
    """`has_demo`: the demo squad lives in a database of our own; its user signs in only where `is_local` holds."""

    data: Path
    host: str
    port: int
    runs_postgres: bool
    runs_valkey: bool
    has_demo: bool

    @property
    def is_local(self) -> bool:
        """Tell whether only this machine can reach web."""
        return _is_loopback(self.host)

    @property
    def address(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}/"

    @property
    def own_host(self) -> str:
        """Where this machine reaches the web process."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104


def read(environ: Mapping[str, str] = os.environ) -> Start:
    """Return what the environment says. Raises Trouble on a port that is none."""
    runs_postgres = not environ.get("DATABASE_URL")
    return Start(
        data=data_folder(environ),
        host=environ.get("HOST") or "127.0.0.1",
        port=_port(environ.get("PORT") or "8000"),
        runs_postgres=runs_postgres,
        runs_valkey=not environ.get("REDIS_URL"),
        has_demo=runs_postgres and environ.get("MDD_DEMO", "1") == "1",
    )


def refuse_what_is_taken(start: Start) -> None:
    """Raise Trouble when web could not listen: said before anything else is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(start.host, start.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Trouble(
            f"Cannot listen on {start.host} port {start.port} ({error.strerror}): "
            f"choose another, for example `make run PORT={start.port + 1 if 1024 <= start.port < 65535 else 8001}`."
        ) from error


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT is {text!r}: give a number from 1 to 65535, for example `make run PORT=8001`.")
    return int(text)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
