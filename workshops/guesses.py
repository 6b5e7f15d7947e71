"""What was guessed of a bucket's question: how many have, and once it is open between what. Never whose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics import baselines, words
from metrics.models import Goal, Metric
from workshops.models import Adoption, Guess


@dataclass(frozen=True)
class Spread:
    """The guesses about one question, the lowest first."""

    values: Sequence[float]
    unit: str

    def __str__(self) -> str:
        """As people say it: "40 to 70 minutes"."""
        low, high = words.number(self.values[0]), words.with_unit(self.values[-1], self.unit)
        return high if self.is_one else _("%(low)s to %(high)s") % {"low": low, "high": high}

    @property
    def is_one(self) -> bool:
        return self.values[0] == self.values[-1]

    @property
    def middle(self) -> str:
        return words.with_unit(median(self.values), self.unit)

    @property
    def places(self) -> list[int]:
        """Where each lies between the lowest (0) and the highest (100)."""
        low, width = self.values[0], self.values[-1] - self.values[0]
        return [round(100 * (value - low) / width) if width else 50 for value in self.values]


def counts(buckets: Collection[int]) -> Mapping[int, int]:
    """How many have guessed, by bucket."""
    rows = Guess.objects.filter(bucket__in=buckets).values_list("bucket").order_by()
    return dict(rows.annotate(people=Count("pk")))


def spreads(buckets: Collection[int]) -> Mapping[int, Spread]:
    """Those that are open, by bucket."""
    open_ones: dict[int, list[float]] = {}
    units: dict[int, str] = {}
    rows = Guess.objects.filter(bucket__in=buckets, is_revealed=True).order_by("value")
    for bucket, unit, value in rows.values_list("bucket", "bucket__unit", "value"):
        open_ones.setdefault(bucket, []).append(value)
        units[bucket] = unit
    return {bucket: Spread(values, units[bucket]) for bucket, values in open_ones.items()}


def remark(metric: Metric) -> str:
    """What the squad had guessed of this number and what it was then, or "" where nobody has guessed it."""
    adoption = Adoption.objects.filter(metric=metric).select_related("card").first()
    bucket = adoption and adoption.card.bucket_id
    spread = spreads([bucket]).get(bucket) if bucket else None
    if not bucket or not spread or not is_about(metric, bucket, spread):
        return ""
    began = first_known(metric)
    if began is None:
        return _("You guessed %(spread)s. It is not measured yet.") % {"spread": spread}
    said = {"spread": spread, "value": words.mark(began, metric.unit)}
    return _("You guessed %(spread)s, it was %(value)s.") % said


def is_about(metric: Metric, bucket: int, spread: Spread) -> bool:
    """Whether it was this number that was guessed: it is the only one of its bucket, or is counted alike."""
    is_only = Adoption.objects.filter(card__bucket=bucket).count() == 1
    return is_only or spread.unit.casefold() == metric.unit.casefold()


def first_known(metric: Metric) -> float | None:
    """Where the number stood when its first goal began."""
    goal = metric.goals.exclude(state=Goal.State.DRAFT).order_by("set_at", "pk").first()
    if goal is None:
        return None
    if goal.baseline is not None:
        return goal.baseline
    return baselines.measured(metric, since=goal.start, now=timezone.now())
