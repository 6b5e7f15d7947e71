"""Everything that is known about a metric at one moment, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from metrics import pace, periods, status
from metrics.models import Goal, Metric
from metrics.pace import Seen
from metrics.periods import Period, Rhythm
from metrics.sources.errors import Code
from metrics.status import Feed, Status
from metrics.words import Stop


@dataclass(frozen=True)
class Standing:
    """A metric (with squad, query and source at hand), its active goal and its periods, oldest first, at `now`.

    `last_value` is the day of the newest value, however long ago; `taken_at` when the newest sample was taken;
    `origin` what the metric came from, where that is known; `at_due` the first closed period with a value that ends
    on the goal's due date or later.
    """

    metric: Metric
    goal: Goal | None
    periods: Sequence[Period]
    last_value: date | None
    taken_at: datetime | None
    now: datetime
    origin: Stop | None = None
    at_due: Seen | None = None

    @cached_property
    def rhythm(self) -> Rhythm:
        return periods.rhythm_of(self.metric)

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.rhythm.zone).date()

    @cached_property
    def closed(self) -> list[Seen]:
        return periods.closed(self.periods)

    @property
    def last(self) -> Seen | None:
        """The last closed period: what is shown as the value, and judged."""
        return self.closed[-1] if self.closed else None

    @property
    def value(self) -> float | None:
        return self.last.value if self.last else None

    @cached_property
    def known(self) -> Seen | None:
        """The last closed period that has a value: what is still known where nothing came in since."""
        return next((seen for seen in reversed(self.closed) if seen.value is not None), None)

    @property
    def owner(self) -> str:
        return self.metric.owner.name if self.metric.owner else ""

    @property
    def was_asked(self) -> bool:
        """Whether the last closed period has samples, be they without a value."""
        return next((period.is_asked for period in reversed(self.periods) if period.is_closed), False)

    @cached_property
    def so_far(self) -> float | None:
        """What the period that is not over says by now."""
        period = self.periods[-1] if self.periods else None
        return None if period is None or period.is_closed else period.value

    @cached_property
    def feed(self) -> Feed:
        query = self.metric.query
        return periods.feed(
            self.rhythm,
            answered_at=query.answered_at if query else None,
            last_value=self.last_value,
            needs_a_human=query is not None and query.error_code != "" and Code(query.error_code).asks_a_human,
        )

    @property
    def data_at(self) -> datetime | None:
        """How old the data is: the last good answer, or when the newest value was written down."""
        return self.metric.query.answered_at if self.metric.query else self.taken_at

    @cached_property
    def pace(self) -> Status | None:
        return pace.pace(self.goal, self.closed, self.at_due) if self.goal else None

    @property
    def was_met(self) -> bool:
        """Whether the goal was met when it was due."""
        return self.goal is not None and pace.was_met(self.goal, self.at_due)

    def may_be_longer(self, row: int) -> bool:
        """Whether so many of the last closed periods reach back to the oldest that was loaded, and the goal further."""
        return self.goal is not None and 0 < row == len(self.closed) and self.closed[0].day > self.goal.start

    @cached_property
    def status(self) -> Status | None:
        """The one word; None for a sound metric without a goal, and for a retired one."""
        if self.metric.state == Metric.State.RETIRED:
            return None
        return status.judge(self.feed, has_value=self.value is not None, pace=self.pace, now=self.now)
