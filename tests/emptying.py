"""Emptying the tables after a test that commits: only those with rows, and without asking their triggers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase

# What `migrate` filled: Django's own flush would empty these and fill them again.
KEPT = {"django_content_type", "auth_permission"}
OF_NO_MODEL = {"mdd_cache"}
GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


@pytest.fixture(autouse=True, scope="session")
def tables_emptied_quickly() -> Iterator[None]:
    """Truncating some 70 empty tables takes longer than most tests do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", patient)
        yield


def patient(case: TransactionTestCase) -> None:
    """A page whose stream is just ending may still be read or written for: try again."""
    for _ in range(5):
        with suppress(DatabaseError):
            empty()
            return
    empty()


def empty() -> None:
    """Triggers forbid what is done here, as they should; those of foreign keys still hold when all is done."""
    with transaction.atomic(), connection.cursor() as cursor:
        full = with_rows()
        cursor.execute(GUARDED)
        guarded = full & {name for (name,) in cursor.fetchall()}
        run = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in guarded]
        run += [
            "SET CONSTRAINTS ALL DEFERRED",
            *(f"DELETE FROM {name}" for name in full),
            "SET CONSTRAINTS ALL IMMEDIATE",
        ]
        run += [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in guarded]
        cursor.execute("; ".join(run))


def with_rows() -> set[str]:
    tables = (set(connection.introspection.django_table_names()) | OF_NO_MODEL) - KEPT
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in sorted(tables)))
        return {name for (name,) in cursor.fetchall()}
