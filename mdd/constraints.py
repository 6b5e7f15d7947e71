"""Which rule of the database a refused write broke."""

from django.db import IntegrityError
from psycopg import Error


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint, or of what a trigger says it holds; empty where there is none."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, Error) else ""
