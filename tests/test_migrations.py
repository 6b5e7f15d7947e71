"""What an empty database costs."""

from __future__ import annotations

from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from mdd.tables import CreateTables


def test_tables_that_are_made_together_leave_models_unmade() -> None:
    state = ProjectState()
    assert state.apps.get_models() == []

    CreateTables([CreateModel("Thing", []), CreateModel("Other", [])]).state_forwards("mdd", state)

    assert "apps" not in vars(state)
    assert [model.__name__ for model in state.apps.get_models()] == ["Thing", "Other"]
