"""How long the long trials are: short where every test runs, whole by `make engine`."""

from __future__ import annotations

import os

IS_WHOLE = bool(os.environ.get("MDD_WHOLE"))
