"""One run of an instance, from the first process to the last."""

import asyncio
import os
import shutil
import signal
from contextlib import closing

from mdd.engines import Trouble, environment, instance
from mdd.supervisor import launch, lock, plan, settings
from mdd.supervisor.child import GaveUp, Step
from mdd.supervisor.crew import Crew
from mdd.supervisor.launch import Desk
from mdd.supervisor.ledger import SUPERVISOR, Ledger
from mdd.supervisor.log import Log
from mdd.supervisor.settings import Start

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(start: Start) -> None:
    """Run the instance until a signal comes. Raises Trouble when it cannot come up."""
    with lock.held(start.data, address=start.address), closing(Log(plan.log_folder(start.data) / "mdd.log")) as log:
        desk = Desk(log, Ledger(start.data))
        _prepare(start, desk)
        try:
            launch.run(_until_told(start, desk))
        except GaveUp as reason:
            raise Trouble(str(reason)) from reason


def _prepare(start: Start, desk: Desk) -> None:
    """End what an earlier start left, and refuse what cannot go well before anything runs."""
    desk.ledger.end_leftovers()
    desk.ledger.note(SUPERVISOR, os.getpid())
    settings.refuse_what_is_taken(start)
    environment()
    if start.runs_postgres or start.runs_valkey:
        instance.with_free_ports(start.data)
    shutil.rmtree(start.data / "tmp", ignore_errors=True)


async def _until_told(start: Start, desk: Desk) -> None:
    """Bring everything up and keep it so; whatever happens, put everything down at the end."""
    told = asyncio.create_task(_told_to_stop())
    crew = Crew(desk)
    life = asyncio.create_task(_live(start, crew, desk))
    await asyncio.wait({told, life}, return_when=asyncio.FIRST_COMPLETED)
    desk.log.say("mdd", "stopping")
    life.cancel()
    await asyncio.gather(life, return_exceptions=True)
    await crew.stop()
    if not life.cancelled():
        life.result()


async def _live(start: Start, crew: Crew, desk: Desk) -> None:
    ours = plan.of(start)
    await asyncio.gather(crew.start(ours.engines), crew.do(ours.files))
    for step in ours.before:
        await crew.do(step)
    await crew.start(ours.apps)
    desk.log.say("mdd", f"MDD answers on {start.address}")
    for step in ours.after:
        await _try(step, crew, desk)
    _show_demo_user(start)
    await crew.watch()


async def _try(step: Step, crew: Crew, desk: Desk) -> None:
    try:
        await crew.do(step)
    except GaveUp as reason:
        desk.log.say("mdd", str(reason))


async def _told_to_stop() -> None:
    told = asyncio.Event()
    for each in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(each, told.set)
    await told.wait()


def _show_demo_user(start: Start) -> None:
    """Print what the demo left for the person at this terminal, once; it goes to no log."""
    left = start.data / "demo-user"
    if not left.exists():
        return
    email, password = left.read_text().split()
    left.unlink()
    lines = [start.address, f"sign in as {email}", f"password   {password}", "shown only now"]
    width = max(map(len, lines)) + 4
    print("=" * width, *(f"  {line}" for line in lines), "=" * width, sep="\n", flush=True)  # noqa: T201
