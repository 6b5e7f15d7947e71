"""What customers expect and nobody measures: the board must find a number for it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mdd.models import Expectation, Finding, Squad
from metrics.models import Metric


def open_expectations(squad: Squad) -> QuerySet[Expectation]:
    """Expectations in force that could be measured and are not, and that were not met when the squad last looked."""
    looks = Finding.objects.filter(expectation=OuterRef("pk")).order_by("-at", "-pk")
    measuring = Metric.objects.filter(expectation=OuterRef("pk")).exclude(state=Metric.State.RETIRED)
    rows = Expectation.objects.filter(~Exists(measuring), squad=squad, is_measurable=True).in_force()
    return (
        rows.alias(latest=Coalesce(Subquery(looks.values("verdict")[:1]), Value(Finding.Verdict.UNKNOWN)))
        .exclude(latest=Finding.Verdict.MET)
        .select_related("customer", "deliverable")
        .order_by("pk")
    )
