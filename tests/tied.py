"""`python -m tests.tied MODULE …` runs a module until whoever started it lets go of its input, by a kill as well."""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

PATIENCE = 20.0  # seconds that it may take to end by itself


def end_with_the_input() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=end_with_the_input, daemon=True).start()
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
