"""A goal that nobody has decided about yet."""

from __future__ import annotations

import pytest

from mdd.models import Squad
from metrics.models import Goal
from tests.reassess.deciding import off_pace


@pytest.fixture
def goal(squad: Squad) -> Goal:
    return off_pace(squad)
