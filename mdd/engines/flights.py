"""The demo's server, as its loader and its source see it."""

from dataclasses import dataclass, field
from pathlib import Path

from mdd.engines import instance, roles


@dataclass(frozen=True)
class FlightsServer:
    """`owner_dsn` loads and grants; `reader` may log in, a few times at once, and sees what it was granted."""

    owner_dsn: str = field(repr=False)
    host: str
    port: int
    dbname: str
    reader: str
    reader_password: str = field(repr=False)


def flights(data: Path) -> FlightsServer:
    """Return the addresses and passwords of the demo's server of the instance in `data`."""
    remembered = instance.of(data)
    address = f"{instance.LOOPBACK}:{remembered.flights_port}"
    return FlightsServer(
        owner_dsn=f"postgresql://{roles.OWNER}:{remembered.flights_password}@{address}/{roles.OWNER}",
        host=instance.LOOPBACK,
        port=remembered.flights_port,
        dbname=roles.OWNER,
        reader=roles.READER,
        reader_password=remembered.flights_reader_password,
    )
