"""Which engines an instance runs, with the passwords and ports that it remembers."""

from functools import partial
from pathlib import Path

from mdd.engines import instance, roles
from mdd.engines.engine import Engine
from mdd.engines.postgres import Postgres
from mdd.engines.valkey import Valkey


def app_postgres(data: Path, *, version: str = "18", is_trial: bool = False) -> Postgres:
    """The app's own database. A trial may make databases beside it and forgets them with the machine."""
    remembered = instance.of(data)
    return Postgres(
        name="postgres",
        data=data,
        port=remembered.postgres_port,
        superuser_password=remembered.postgres_superuser_password,
        settle_roles=partial(roles.settle_app, password=remembered.postgres_password, may_create_databases=is_trial),
        version=version,
        is_durable=not is_trial,
    )


def flights_postgres(data: Path, *, version: str = "18", is_trial: bool = False) -> Postgres:
    """The demo's source: a server of its own, as a real source would be."""
    remembered = instance.of(data)
    return Postgres(
        name="flights",
        data=data,
        port=remembered.flights_port,
        superuser_password=remembered.flights_superuser_password,
        settle_roles=partial(
            roles.settle_flights,
            password=remembered.flights_password,
            reader_password=remembered.flights_reader_password,
        ),
        version=version,
        is_durable=not is_trial,
    )


def app_valkey(data: Path) -> Valkey:
    """The broker."""
    remembered = instance.of(data)
    return Valkey(name="valkey", data=data, port=remembered.valkey_port, password=remembered.valkey_password)


def trial(data: Path, *, version: str, with_flights: bool) -> list[Engine]:
    """What the test command starts."""
    engines: list[Engine] = [app_postgres(data, version=version, is_trial=True), app_valkey(data)]
    if with_flights:
        engines.append(flights_postgres(data, version=version, is_trial=True))
    return engines
