"""Which processes an instance has, and with which commands they run."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mdd.engines import environment, instance, plan
from mdd.engines.engine import Command, Engine
from mdd.engines.environment import CHECKOUT
from mdd.supervisor import checks
from mdd.supervisor.child import Child, Step
from mdd.supervisor.settings import Start

ENGINE_PATIENCE = 3.0
# After a crash PostgreSQL replays its log first, and begins anew if it is ended meanwhile.
POSTGRES_READY_SECONDS = 600.0
WEB_SILENT_SECONDS = 60.0
# More than the 75 s after which a worker ends a task that hangs.
WORKER_SILENT_SECONDS = 90.0
# Its sign is the tick, which a worker runs: give that worker time to be found hung first.
BEAT_SILENT_SECONDS = 150.0


@dataclass(frozen=True)
class Plan:
    """Engines start while `files` are made; `before` runs to its end, then apps start, and `after` runs beside them."""

    engines: tuple[Child, ...]
    files: Step
    before: tuple[Step, ...]
    apps: tuple[Child, ...]
    after: tuple[Step, ...]


def of(start: Start) -> Plan:
    """Return the processes of this start."""
    tables = _manage(start, "migrate", "migrate", "--noinput")
    # What it could check was checked a moment ago, for the tables.
    demo = (_manage(start, "demo", "load_demo", "--skip-checks"),) if start.has_demo else ()
    return Plan(
        engines=tuple(_engines(start)),
        files=_manage(start, "static", "collectstatic", "--noinput", "--verbosity=0"),
        # Where others can come in, its user is shut out before they can.
        before=(tables,) if start.is_local else (tables, *demo),
        apps=(
            _web(start),
            _worker(start, "fast", "interactive,tick,deliver"),
            _worker(start, "refresh", "refresh,heavy"),
            _beat(start),
        ),
        after=demo if start.is_local else (),
    )


def _engines(start: Start) -> Iterator[Child]:
    if start.runs_postgres:
        yield _engine(plan.app_postgres(start.data), ready_within=POSTGRES_READY_SECONDS)
    if start.runs_valkey:
        yield _engine(plan.app_valkey(start.data))
    if start.has_demo:
        yield _engine(plan.flights_postgres(start.data), ready_within=POSTGRES_READY_SECONDS)


def _engine(engine: Engine, *, ready_within: float = Child.ready_within) -> Child:
    works = partial(checks.engine_works, engine)
    return Child(engine.name, engine.command, is_ready=works, ready_within=ready_within, patience=ENGINE_PATIENCE)


def _web(start: Start) -> Child:
    answers = partial(checks.web_answers, start.own_host, start.port)
    argv = ["uvicorn", "mdd.asgi:application", f"--host={start.host}", f"--port={start.port}", "--lifespan=off"]
    argv += [*_proxy_headers(), "--no-server-header", "--no-access-log", "--timeout-graceful-shutdown=4"]
    return Child(
        "web",
        partial(_python, start, *argv),
        is_ready=answers,
        is_alive=checks.Patient(answers, seconds=WEB_SILENT_SECONDS),
    )


def _proxy_headers() -> tuple[str, ...]:
    """Whose word is taken on where a request comes from and whether it came by TLS: anybody could say so."""
    proxies = environment().trusted_proxies
    return ("--proxy-headers", f"--forwarded-allow-ips={','.join(proxies)}") if proxies else ("--no-proxy-headers",)


def _worker(start: Start, name: str, queues: str) -> Child:
    argv = ["celery", "--quiet", "-A", "mdd", "worker", f"--hostname={name}@%h", f"--queues={queues}"]
    argv += ["--concurrency=2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Child(
        f"worker-{name}",
        partial(_python, start, *argv),
        is_alive=checks.Heart(f"worker:{name}", seconds=WORKER_SILENT_SECONDS),
    )


def _beat(start: Start) -> Child:
    argv = ["celery", "--quiet", "-A", "mdd", "beat", "--pidfile="]
    return Child("beat", partial(_python, start, *argv), is_alive=checks.Heart("beat", seconds=BEAT_SILENT_SECONDS))


def _manage(start: Start, name: str, *argv: str) -> Step:
    return Step(name, lambda: _command(start, str(CHECKOUT / "manage.py"), *argv))


def _python(start: Start, module: str, *argv: str) -> Command:
    return _command(start, "-m", module, *argv)


def _command(start: Start, *argv: str) -> Command:
    return Command((sys.executable, *argv), _environ(start), CHECKOUT)


def _environ(start: Start) -> dict[str, str]:
    """The operator's environment, and where to find this instance. Keys and passwords stay in its private file."""
    return os.environ | {
        "MDD_DATA": str(start.data),
        "HOST": start.host,
        "PORT": str(start.port),
        "TMPDIR": str(instance.private(start.data / "tmp")),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "mdd.settings",
        "MDD_EGRESS_ALLOW": _egress(start),
    }


def _egress(start: Start) -> str:
    """The demo's server is a source like any other: it is reached because the list names it."""
    named = [os.environ.get("MDD_EGRESS_ALLOW", ""), environment().flights if start.has_demo else ""]
    return ",".join(filter(None, named))


def log_folder(data: Path) -> Path:
    return instance.private(instance.private(data) / "log")
