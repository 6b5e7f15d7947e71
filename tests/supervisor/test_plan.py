"""What the supervisor is told of each process."""

from __future__ import annotations

from pathlib import Path

from mdd.supervisor import plan, settings


def test_postgresql_may_replay_its_log_for_minutes(tmp_path: Path) -> None:
    start = settings.read({"MDD_DATA": str(tmp_path), "MDD_DEMO": "1"})

    patient = {child.name for child in plan.of(start).engines if child.ready_within >= 600}

    assert patient == {"postgres", "flights"}
