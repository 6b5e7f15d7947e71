"""What can go wrong when a source is asked, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Code(models.TextChoices):
    """The class of a failure. It decides whether we ask again, ask a human, or leave the whole source alone."""

    CONFIG = "CONFIG", _("the source is not set up right")
    AUTH = "AUTH", _("the source refused the password")
    BLOCKED = "BLOCKED", _("the address may not be reached")
    UNREACHABLE = "UNREACHABLE", _("the source cannot be reached")
    TIMEOUT = "TIMEOUT", _("it took too long")
    BAD_QUERY = "BAD_QUERY", _("the query has a mistake")
    DENIED = "DENIED", _("the source may not be read")
    NO_DATA = "NO_DATA", _("no data")
    BAD_SHAPE = "BAD_SHAPE", _("the answer has the wrong shape")
    TOO_MANY_ROWS = "TOO_MANY_ROWS", _("too many rows")
    PARTIAL = "PARTIAL", _("the answer was not complete")
    RATE_LIMITED = "RATE_LIMITED", _("the source asks us to wait")
    SERVER = "SERVER", _("the source has trouble")
    OURS = "OURS", _("MDD itself stumbled")

    @property
    def asks_a_human(self) -> bool:
        """Asking the same again cannot help: somebody has to change something first."""
        return self in ASKS_A_HUMAN

    @property
    def is_trouble_of_the_source(self) -> bool:
        """Every query of the source would meet it, so it counts for the breaker. A squad's bad SQL never does."""
        return self in TROUBLE_OF_THE_SOURCE

    @property
    def is_too_much_at_once(self) -> bool:
        """A shorter range may still be answered."""
        return self in {Code.TIMEOUT, Code.TOO_MANY_ROWS}


ASKS_A_HUMAN = frozenset(
    {Code.CONFIG, Code.AUTH, Code.BLOCKED, Code.BAD_QUERY, Code.DENIED, Code.BAD_SHAPE, Code.TOO_MANY_ROWS}
)
TROUBLE_OF_THE_SOURCE = frozenset({Code.UNREACHABLE, Code.SERVER, Code.AUTH})


class SourceError(Exception):
    """A source was asked and gave no usable answer.

    `sentence` is for the squad; `detail` for operators only, since it may tell about the network or other tables.
    `retry_at`: when the source itself named a time. `misfits`: what to tell each metric instead, by its id.
    """

    def __init__(
        self,
        code: Code,
        sentence: str,
        *,
        detail: str = "",
        retry_at: datetime | None = None,
        misfits: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = str(sentence)
        self.detail = detail
        self.retry_at = retry_at
        self.misfits = misfits or {}
