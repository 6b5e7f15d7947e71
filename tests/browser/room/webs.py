"""The web process beside a test: the real one, on the test's database, that can be killed and started again."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from mdd.engines import instance
from tests.processes import tied
from tests.stack import answers, wait_until


@dataclass
class Web:
    """It answers to 127.0.0.1, which browsers take for safe, and to room.test, which they do not."""

    log: Path
    port: int = field(default_factory=instance.free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        serve = ["uvicorn", "mdd.asgi:application", "--host", "127.0.0.1", "--port", str(self.port)]
        with self.log.open("ab") as output:
            self.process = tied(*serve, env=surroundings(self.port), stdout=output, stderr=output)
        wait_until(lambda: answers(f"{self.base}/healthz"), 60, self.log.read_text)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.communicate()


# Hebrew has no words yet: it is offered to see pages from right to left.
OFFERED = {"MDD_LANGUAGES": "en,de,he"}


def surroundings(port: int) -> dict[str, str]:
    """Those of the test, with the database that the test has."""
    there = urlsplit(os.environ["DATABASE_URL"])
    database = there._replace(path=f"/{settings.DATABASES['default']['NAME']}").geturl()
    return (
        os.environ
        | {"DATABASE_URL": database, "HOST": "127.0.0.1", "PORT": str(port), "MDD_HOSTS": "room.test"}
        | OFFERED
    )
