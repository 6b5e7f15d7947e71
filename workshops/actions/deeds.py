"""Writing down what somebody did, so that they can take it back: in the log, or for themselves alone."""

from __future__ import annotations

from uuid import UUID

from mdd import live
from workshops.actions import anonymity
from workshops.doings import SECRET
from workshops.models import Deed, Participant, Workshop
from workshops.trails import Rows


def record(
    workshop: Workshop,
    kind: str,
    *,
    rows: Rows,
    by: Participant,
    operation: UUID,
    payload: dict[str, object],
    is_private: bool,
) -> None:
    """Log what is told of its author's words. What is private is kept for them; some of it is no news for others.

    What everybody can read is in the log with what it was, unless that would tell whose it is.
    """
    author = anonymity.author(workshop, by)
    if is_private:
        Deed.objects.create(by=by, operation=operation, rows=rows)
    else:
        payload = payload | {"rows": rows}
    told = anonymity.told(workshop, payload)
    live.record(
        workshop.topic, kind, operation=operation, by=author, audience=author if kind in SECRET else None, payload=told
    )
