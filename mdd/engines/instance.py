"""What an instance with embedded engines remembers between starts: keys, passwords and ports, in one private file."""

import base64
import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from mdd.engines.errors import Trouble

LOOPBACK = "127.0.0.1"
# Below those that a kernel lends to outgoing connections: an engine that is started again finds its port still free.
PORTS = range(20_000, 32_768)


def _password() -> str:
    return secrets.token_urlsafe(32)


def _source_keys() -> list[str]:
    """One AES-256 key in URL-safe base64."""
    return [base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()]


def free_port() -> int:
    """Return a port of the loopback interface on which nobody listens now."""
    while is_taken(LOOPBACK, port := secrets.choice(PORTS)):
        pass
    return port


@dataclass(frozen=True)
class Instance:
    """Made at the first start. Ports are kept as long as they are free."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(64), repr=False)
    source_keys: list[str] = field(default_factory=_source_keys, repr=False)
    postgres_port: int = field(default_factory=free_port)
    postgres_superuser_password: str = field(default_factory=_password, repr=False)
    postgres_password: str = field(default_factory=_password, repr=False)
    valkey_port: int = field(default_factory=free_port)
    valkey_password: str = field(default_factory=_password, repr=False)
    flights_port: int = field(default_factory=free_port)
    flights_superuser_password: str = field(default_factory=_password, repr=False)
    flights_password: str = field(default_factory=_password, repr=False)
    flights_reader_password: str = field(default_factory=_password, repr=False)

    @property
    def database_url(self) -> str:
        return f"postgresql://mdd:{self.postgres_password}@{LOOPBACK}:{self.postgres_port}/mdd"

    @property
    def redis_url(self) -> str:
        return f"redis://mdd:{self.valkey_password}@{LOOPBACK}:{self.valkey_port}/0"


def of(data: Path) -> Instance:
    """Return what the instance in this folder remembers, made up by the first call.

    Raises Trouble when the folder cannot be written, or the file be read.
    """
    path = data / "instance.json"
    try:
        if not path.exists():
            _create(path, Instance())
        return Instance(**json.loads(path.read_text()))
    except OSError as error:
        raise Trouble(f"Cannot use {data} ({error.strerror}): set MDD_DATA to a folder that you may write.") from error
    except (ValueError, TypeError) as error:
        raise Trouble(f"{path} cannot be read: put it back from a backup, or `make clean` and start anew.") from error


def with_free_ports(data: Path) -> Instance:
    """Choose another port for every engine whose port was taken by somebody else since the last start."""
    instance = of(data)
    moved = replace(
        instance,
        postgres_port=_kept_or_free(instance.postgres_port),
        valkey_port=_kept_or_free(instance.valkey_port),
        flights_port=_kept_or_free(instance.flights_port),
    )
    if moved != instance:
        _written_beside(data / "instance.json", moved).replace(data / "instance.json")
    return moved


def is_taken(host: str, port: int) -> bool:
    """Tell whether we could not listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def private(folder: Path) -> Path:
    """Return the folder, made for our eyes only if it was not there. An existing folder keeps its mode."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"Cannot make {folder} ({error.strerror}): set MDD_DATA to a folder that you may write."
        ) from error
    return folder


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def _kept_or_free(port: int) -> int:
    return free_port() if is_taken(LOOPBACK, port) else port


def _create(path: Path, instance: Instance) -> None:
    """Two processes may come here at once; the link makes one of them first and the other read."""
    draft = _written_beside(private(path.parent) / path.name, instance)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _written_beside(path: Path, instance: Instance) -> Path:
    remembered: dict[str, Any] = asdict(instance)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    write_private(draft, json.dumps(remembered, indent=1))
    return draft
