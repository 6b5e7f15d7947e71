"""The environment of this instance: what the operator set, or what the embedded engines remember."""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from mdd.engines import instance
from mdd.engines.errors import Trouble

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LOOPBACK = ("127.0.0.1", "::1")
DEFAULT_PORTS = {"postgres": 5432, "postgresql": 5432, "redis": 6379, "rediss": 6379}
MAKES = {
    "SECRET_KEY": 'python -c "import secrets; print(secrets.token_urlsafe(64))"',
    "SOURCE_KEYS": 'python -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"',
}


@dataclass(frozen=True)
class Environment:
    """Read once, in the settings.

    `source_keys`: AES-256 keys in URL-safe base64, the newest first; new secrets are sealed with that one.
    `listeners`: host and port of our own database and broker, which no source may reach.
    `flights`: host:port of the demo's own server, or nothing where the app's database is not embedded.
    `trusted_proxies`: addresses and networks of the proxies in front, believed about visitors' addresses and TLS.
    """

    data: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    source_keys: tuple[str, ...] = field(repr=False)
    listeners: tuple[tuple[str, int], ...]
    embedded: bool
    flights: str
    trusted_proxies: tuple[str, ...]


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of this instance: MDD_DATA, or `.mdd` in the checkout."""
    return Path(environ.get("MDD_DATA") or CHECKOUT / ".mdd").expanduser().resolve()


def environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """Return the addresses and keys of this instance.

    Raises Trouble when a real database is named without keys, a key is too weak, or a proxy has no address.
    """
    data = data_folder(environ)
    embedded = not environ.get("DATABASE_URL")
    remembered = instance.of(data) if embedded or not environ.get("REDIS_URL") else None
    database_url = environ.get("DATABASE_URL") or (remembered.database_url if remembered else "")
    redis_url = environ.get("REDIS_URL") or (remembered.redis_url if remembered else "")
    secret_key, source_keys = _keys(environ, remembered if embedded else None)
    return Environment(
        data=data,
        database_url=database_url,
        redis_url=redis_url,
        secret_key=secret_key,
        source_keys=source_keys,
        listeners=(_address(database_url), _address(redis_url)),
        embedded=embedded,
        flights=f"{instance.LOOPBACK}:{remembered.flights_port}" if embedded and remembered else "",
        trusted_proxies=_trusted_proxies(environ.get("MDD_TRUSTED_PROXY", "")),
    )


def _keys(environ: Mapping[str, str], remembered: instance.Instance | None) -> tuple[str, tuple[str, ...]]:
    """Return SECRET_KEY and SOURCE_KEYS as set; only embedded engines come with keys of their own."""
    secret_key = environ.get("SECRET_KEY") or (remembered.secret_key if remembered else "")
    listed = environ.get("SOURCE_KEYS") or ",".join(remembered.source_keys if remembered else [])
    source_keys = tuple(key.strip() for key in listed.split(",") if key.strip())
    _refuse_weak_secret_key(secret_key)
    _refuse_weak_source_keys(source_keys)
    return secret_key, source_keys


def _refuse_weak_secret_key(key: str) -> None:
    if not key:
        raise Trouble(f"DATABASE_URL is set, so SECRET_KEY must be too; make one with `{MAKES['SECRET_KEY']}`.")
    if len(key) < 50 or len(set(key)) < 10:
        raise Trouble(f"SECRET_KEY is too short or too plain; make one with `{MAKES['SECRET_KEY']}`.")


def _refuse_weak_source_keys(keys: tuple[str, ...]) -> None:
    if not keys:
        raise Trouble(f"DATABASE_URL is set, so SOURCE_KEYS must be too; make one with `{MAKES['SOURCE_KEYS']}`.")
    if not all(map(_is_strong, keys)):
        raise Trouble(f"A key in SOURCE_KEYS is not 32 random bytes in base64; make one with `{MAKES['SOURCE_KEYS']}`.")
    if len(set(keys)) < len(keys):
        raise Trouble("SOURCE_KEYS names a key twice: name each once, the newest first.")


def _is_strong(key: str) -> bool:
    try:
        raw = base64.b64decode(key, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(raw) == 32 and len(set(raw)) > 8


def _trusted_proxies(setting: str) -> tuple[str, ...]:
    if setting in {"", "0"}:
        return ()
    if setting == "1":
        return LOOPBACK
    proxies = tuple(map(str.strip, setting.split(",")))
    for proxy in proxies:
        _refuse_what_is_no_network(proxy)
    return proxies


def _refuse_what_is_no_network(proxy: str) -> None:
    try:
        ip_network(proxy)
    except ValueError as error:
        raise Trouble(
            f"MDD_TRUSTED_PROXY names {proxy!r}, which is neither an address nor a network: "
            "name the proxies as in `10.0.0.5,10.0.1.0/24`, or set 1 for one on this machine."
        ) from error


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "localhost", parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
