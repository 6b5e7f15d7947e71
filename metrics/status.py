"""How a metric stands, in one word. Pure: facts in, word out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """The words, worst first. Nothing that is stale, silenced or broken looks good."""

    ERROR = "error", _("error")
    STALE = "stale", _("stale")
    NO_DATA = "no-data", _("no data")
    FIRING = "firing", _("firing")
    SILENCED = "silenced", _("silenced")
    MISSED = "missed", _("missed")
    OFF_PACE = "off-pace", _("off pace")
    WATCH = "watch", _("watch")
    ON_PACE = "on-pace", _("on pace")
    MET = "met", _("met")
    QUIET = "quiet", _("quiet")

    @property
    def severity(self) -> int:
        """0 is the worst."""
        return SEVERITY[self]

    @property
    def shape(self) -> str:
        """What is drawn beside the word, for who does not see the colour."""
        return SHAPES[self]

    @property
    def tone(self) -> str:
        return TONES.get(self, "calm")


SEVERITY = {status: place for place, status in enumerate(Status)}
SHAPES = {
    Status.ERROR: "!",
    Status.STALE: "◌",
    Status.NO_DATA: "⊖",
    Status.FIRING: "♨",
    Status.SILENCED: "⌁",
    Status.MISSED: "✕",
    Status.OFF_PACE: "▲",
    Status.WATCH: "◆",
    Status.ON_PACE: "●",
    Status.MET: "✓",
    Status.QUIET: "∼",
}
TONES = {
    Status.ERROR: "bad",
    Status.FIRING: "bad",
    Status.MISSED: "bad",
    Status.OFF_PACE: "watch",
    Status.WATCH: "watch",
    Status.ON_PACE: "good",
    Status.MET: "good",
}


@dataclass(frozen=True)
class Feed:
    """Where a metric's values come from, and how that goes.

    `needs_a_human`: the latest attempt failed with something that waiting will not mend. `fresh_until`: when the
    latest good answer, or the latest value by hand, is too old; None while there was none.
    """

    needs_a_human: bool = False
    fresh_until: datetime | None = None

    def is_stale(self, now: datetime) -> bool:
        return self.fresh_until is not None and now > self.fresh_until


def judge(feed: Feed, *, has_value: bool, pace: Status | None, now: datetime) -> Status | None:
    """The worst of what is true; `has_value` tells of the last closed period. None: sound, but without a goal."""
    candidates = {
        Status.ERROR: feed.needs_a_human,
        Status.STALE: feed.is_stale(now),
        Status.NO_DATA: not has_value,
    }
    return worst([*(status for status, is_true in candidates.items() if is_true), *([pace] if pace else [])])


def worst(statuses: Iterable[Status]) -> Status | None:
    return min(statuses, key=SEVERITY.__getitem__, default=None)
