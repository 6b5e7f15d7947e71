"""What a source is given for one run, made from its row."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.utils.translation import gettext as _

from metrics import egress, secrets
from metrics.models import Source
from metrics.sources.contract import Context
from metrics.sources.deadline import Deadline
from metrics.sources.errors import Code, SourceError

FIELD = "sealed"


def context_for(source: Source, *, seconds: float, is_wanted: Callable[[], bool] = lambda: True) -> Context:
    """Deadline, way out and secrets for one run against this source."""

    def secret(name: str) -> str:
        return secrets_of(source).get(name, "")

    return Context(deadline=Deadline(seconds), net=egress.guard(), secret=secret, is_wanted=is_wanted)


def secrets_of(source: Source) -> dict[str, str]:
    """The plain secrets of a source. Raises SourceError CONFIG when they cannot be opened."""
    if not source.sealed:
        return {}
    try:
        opened: dict[str, str] = json.loads(secrets.unseal(bytes(source.sealed), row=source, field=FIELD))
    except secrets.SealError as error:
        sentence = _("The password of this source cannot be read any more. An operator has to enter it again.")
        raise SourceError(Code.CONFIG, sentence, detail=str(error)) from error
    return opened


def sealed(source: Source, plain: dict[str, str]) -> bytes:
    return secrets.seal(json.dumps(plain).encode(), row=source, field=FIELD)
