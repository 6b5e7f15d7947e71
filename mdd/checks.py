"""What is checked before the tables are brought up to date."""

from collections.abc import Sequence

from django.core import checks
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from mdd.engines import Trouble

# Of each app the first and the newest of the migrations that were squashed.
SQUASHED = (
    ("mdd", "0001_people_statements_traces", "0008_user_language"),
    ("metrics", "0001_sources_numbers_dashboards", "0003_reassessments_actions_deliveries"),
    ("workshops", "0001_workshops_and_their_boards", "0015_blind_guesses"),
)
RECORD = "docs/decisions/0041-squashed-migrations.md"
OLDER = f"This database is of an earlier MDD, whose migrations are gone: {RECORD} says how to bring it up to date."


@checks.register(checks.Tags.database)
def refuse_older_databases(*, databases: Sequence[str] | None, **_: object) -> list[checks.CheckMessage]:
    """Django would fail far from the cause, with a traceback."""
    for alias in databases or ():
        applied = MigrationRecorder(connections[alias]).applied_migrations()
        if any((app, first) in applied and (app, newest) not in applied for app, first, newest in SQUASHED):
            raise Trouble(OLDER)
    return []
