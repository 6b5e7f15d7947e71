"""Databases that were made before the migrations were squashed, and what an empty one costs."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from mdd.checks import OLDER, RECORD, SQUASHED
from mdd.tables import CreateTables
from tests.processes import CHECKOUT


@pytest.mark.parametrize(("app", "newest"), [(app, newest) for app, _, newest in SQUASHED])
def test_an_older_database_is_refused_in_one_sentence(db: None, app: str, newest: str) -> None:
    MigrationRecorder(connection).record_unapplied(app, newest)

    with pytest.raises(SystemExit, match="says how to bring it up to date") as told:
        call_command("migrate", skip_checks=False)

    assert str(told.value).count("\n") == 0


def test_the_record_that_it_names_is_there() -> None:
    assert RECORD in OLDER
    assert (CHECKOUT / RECORD).is_file()


def test_a_database_at_the_newest_of_the_old_migrations_has_nothing_to_do(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = {key for key in MigrationLoader(None).replacements if key[0] in {app for app, *_ in SQUASHED}}
    for app, name in ours:
        MigrationRecorder(connection).record_unapplied(app, name)

    call_command("migrate", plan=True, skip_checks=False)

    assert "No planned migration operations." in capsys.readouterr().out


def test_tables_that_are_made_together_leave_models_unmade() -> None:
    state = ProjectState()
    assert state.apps.get_models() == []

    CreateTables([CreateModel("Thing", []), CreateModel("Other", [])]).state_forwards("mdd", state)

    assert "apps" not in vars(state)
    assert [model.__name__ for model in state.apps.get_models()] == ["Thing", "Other"]
