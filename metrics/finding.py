"""What asks for a reassessment by what the database holds, without looking at values. Few queries for all squads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd.models import Membership, Squad
from metrics.models import Dashboard, Metric, Reassessment, Ruling
from metrics.slots import DAY
from metrics.triggers import Finding, subject_of


def today(squad: Squad, now: datetime) -> date:
    return now.astimezone(squad.tz).date()


def reviews(now: datetime) -> Iterator[Finding]:
    """Dashboards and kept numbers whose day to be looked at again has come."""
    yield from dashboards_to_review(now)
    yield from kept_until(now)


def dashboards_to_review(now: datetime) -> Iterator[Finding]:
    rows = Dashboard.objects.filter(review_date__lte=now.date() + DAY).select_related("squad")
    for row in rows:
        if row.review_date and row.review_date <= today(row.squad, now):
            yield about_dashboard(row, row.review_date.isoformat(), row.review_date, to_review)


def to_review() -> str:
    return _("This dashboard wanted to be looked at again on this day.")


def about_dashboard(row: Dashboard, occasion: str, since: date, says: Callable[[], str]) -> Finding:
    subject = subject_of(row)
    return Finding(row.squad, subject, f"{subject}:{occasion}", row.question, since=since, says=says)


def kept_until(now: datetime) -> Iterator[Finding]:
    """Rulings that kept a metric until a day. Each is asked about once, so what was asked is left out here.

    Whose owner is still gone then is asked about as that.
    """
    asked = Concat(Value("ruling:"), Cast(OuterRef("pk"), CharField()))
    rulings = Ruling.objects.filter(
        ~Exists(Reassessment.objects.filter(trigger="review", occasion=asked)),
        ~Q(reassessment__trigger="owner-gone"),
        next_review__lte=now.date() + DAY,
    ).in_force()
    for ruling in rulings.select_related("reassessment__metric__squad"):
        metric, day = ruling.reassessment.metric, ruling.next_review
        if metric and day and day <= today(metric.squad, now):
            yield Finding(
                metric.squad,
                ruling.reassessment.subject,
                f"ruling:{ruling.pk}",
                metric.question,
                metric=metric,
                since=day,
            )


def degraded(now: datetime) -> Iterator[Finding]:
    """Dashboards with a number that has lost its goal."""
    rows = Dashboard.objects.exclude(degraded_since=None).select_related("squad").prefetch_related("tiles")
    lost = dict(Metric.objects.unwatched().filter(tiles__dashboard__in=rows).values_list("pk", "question"))
    for row in rows:
        since = row.degraded_since
        if since:
            names = [lost[tile.metric_id] for tile in row.tiles.all() if tile.metric_id in lost]
            day = since.astimezone(row.squad.tz).date()
            yield about_dashboard(row, since.isoformat(), day, partial(without_goal, names))


def without_goal(names: list[str]) -> str:
    said = ngettext(
        "One number on it has no goal: %(names)s", "%(n)d numbers on it have no goal: %(names)s", len(names)
    )
    return said % {"n": len(names), "names": " · ".join(names)}


def owner_gone(now: datetime) -> Iterator[Finding]:
    """Metrics in use whose owner is no longer in the squad. After each ruling about that it is another occasion."""
    here = Membership.objects.filter(squad=OuterRef("squad"), user=OuterRef("owner"))
    rulings = Ruling.objects.filter(reassessment__metric=OuterRef("pk"), reassessment__trigger="owner-gone")
    rows = Metric.objects.filter(~Exists(here), ~Q(state=Metric.State.RETIRED), owner__isnull=False)
    rows = rows.annotate(ruled=Subquery(rulings.order_by("-pk").values("pk")[:1]))
    for row in rows.select_related("squad", "owner"):
        subject, ruled = subject_of(row), getattr(row, "ruled", None)
        yield Finding(
            row.squad,
            subject,
            f"{subject}:owner {row.owner_id}" + (f" after {ruled}" if ruled else ""),
            row.question,
            metric=row,
            says=partial(left_behind, str(row.owner)),
        )


def left_behind(owner: str) -> str:
    return _("%(owner)s, who kept this number, is no longer in the squad.") % {"owner": owner}
