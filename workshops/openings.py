"""What nobody measures yet."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mdd.models import Expectation, Finding, Squad
from metrics.models import Metric


def open_expectations(squad: Squad) -> QuerySet[Expectation]:
    """Measurable expectations in force that are not known to be met, and that no metric serves: they want a number."""
    findings = Finding.objects.filter(expectation=OuterRef("pk")).order_by("-at", "-pk")
    metrics = Metric.objects.filter(expectation=OuterRef("pk")).exclude(state=Metric.State.RETIRED)
    rows = Expectation.objects.filter(squad=squad, is_measurable=True).in_force()
    found = rows.annotate(found=Subquery(findings.values("verdict")[:1]))
    wanting = found.filter(Q(found=None) | ~Q(found=Finding.Verdict.MET))
    return wanting.filter(~Exists(metrics)).select_related("customer", "deliverable").order_by("pk")
