"""All children of an instance: started in groups, stopped in the opposite order."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from mdd.supervisor.child import Child, GaveUp, Step
from mdd.supervisor.keeper import Keeper
from mdd.supervisor.launch import Desk, launched


class Crew:
    """Groups of tasks; a group is stopped together, the last one first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._groups: list[list[asyncio.Task[None]]] = []

    async def start(self, children: Sequence[Child]) -> None:
        """Start these together and return when every one is ready. Raises GaveUp when one never is."""
        keepers = [Keeper(child, self._desk) for child in children]
        tasks = self._begin(*(keeper.keep() for keeper in keepers))
        await asyncio.gather(*(_ready(keeper, task) for keeper, task in zip(keepers, tasks, strict=True)))

    async def do(self, step: Step) -> None:
        """Run a step to its end. Raises GaveUp when it fails."""
        try:
            command = await asyncio.to_thread(step.command)
            async with launched(step.name, command, self._desk, step.patience) as process:
                if await process.wait():
                    raise GaveUp(f"{step.name} failed: {self._desk.log.path} says why.")
        except (OSError, RuntimeError) as error:
            raise GaveUp(f"{step.name} failed: {error}.") from error

    async def watch(self) -> None:
        """Wait for ever; a keeper that ends did so by a fault of ours, which is raised."""
        tasks = [task for group in self._groups for task in group]
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """Stop everything. Each child has its patience, then it is killed."""
        while self._groups:
            group = self._groups.pop()
            for task in group:
                task.cancel()
            await asyncio.gather(*group, return_exceptions=True)

    def _begin(self, *coroutines: Coroutine[Any, Any, None]) -> list[asyncio.Task[None]]:
        group = [asyncio.create_task(coroutine) for coroutine in coroutines]
        self._groups.append(group)
        return group


async def _ready(keeper: Keeper, task: asyncio.Task[None]) -> None:
    """Wait until the child is ready, or its keeper has given it up."""
    ready = asyncio.create_task(keeper.ready.wait())
    await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        ready.cancel()
        task.result()
