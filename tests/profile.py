"""How long the long trials are: short in `make test`, whole in `make long`."""

from __future__ import annotations

import os

IS_WHOLE = bool(os.environ.get("MDD_WHOLE"))
