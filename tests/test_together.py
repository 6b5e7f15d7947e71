"""What is started once for many tests is started once: they run in one process, as their group says."""

from __future__ import annotations

import pytest


@pytest.mark.xdist_group("together")
def test_a_group_is_kept_together(request: pytest.FixtureRequest) -> None:
    is_grouping = getattr(request.config.option, "loadgroup", False)

    assert request.node.nodeid.endswith("@together") == is_grouping
