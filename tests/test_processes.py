"""What tests start does not outlive them."""

from __future__ import annotations

import subprocess
import sys

from tests.processes import CHECKOUT
from tests.stack import wait_until
from tests.supervisor.conftest import lives

HOLDER = """
import subprocess, time
from tests import processes
print(processes.tied("http.server", "--bind=127.0.0.1", "0", stdout=subprocess.DEVNULL).pid, flush=True)
time.sleep(60)
"""


def test_what_is_tied_to_a_process_ends_with_it_though_it_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        tied = int(holder.stdout.readline())
        assert lives(tied)

        holder.kill()

    wait_until(lambda: not lives(tied), 10)
