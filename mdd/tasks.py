"""Tasks that belong to no subject."""

from mdd.celery import app


@app.task(name="mdd.pulse")
def pulse() -> None:
    """Does nothing; that it was run is the sign of life (see `tell_that_the_worker_lives`)."""
