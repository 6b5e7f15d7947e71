"""How the log tells what probes were told."""

from __future__ import annotations

import logging


class Answered(logging.Filter):
    """Leaves out that a probe was told "not yet". Django calls each 503 an error, and this one is an answer."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.getMessage() != "Service Unavailable: /readyz"
