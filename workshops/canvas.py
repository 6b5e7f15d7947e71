"""The four questions and a squad's current answers, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from mdd.models import Customer, Deliverable, Expectation, Finding, Squad


@dataclass(frozen=True)
class Answer:
    """One statement; `badge` with its `tone` is the mark beside it. `pk` leads to those that can be reworded."""

    text: str
    note: str = ""
    badge: str = ""
    tone: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class Question:
    """One of the four. `waits` says what must be answered first where there is nothing to choose from."""

    kind: str
    title: str
    hint: str
    action: str
    answers: Sequence[Answer]
    form: forms.Form | None
    waits: str


TONES = {"met": "good", "not-met": "bad", "unknown": "watch"}


def canvas(squad: Squad, asked: Mapping[str, forms.Form]) -> list[Question]:
    """The four questions in their order, each with its form from `asked` once it can be answered. Five queries."""
    deliverables = delivered(squad)
    customers = served(squad)
    expectations = expected(squad)
    return [
        Question(
            "deliver",
            _("What do we deliver?"),
            _("What have we shipped? What do we keep running? Which of it is most critical?"),
            _("Add something we deliver"),
            [what(row) for row in deliverables],
            asked.get("deliver"),
            "",
        ),
        Question(
            "customers",
            _("Who are our customers?"),
            _("Who defines our work? Who uses it, inside and outside?"),
            _("Add a customer"),
            [who(row) for row in customers],
            asked.get("customers") if deliverables else None,
            _("Say first what you deliver."),
        ),
        Question(
            "expectations",
            _("What do they expect?"),
            _("On time? To specification? Answers to problems they did not know they had? Quality? How we work?"),
            _("Add an expectation"),
            [about(row) for row in expectations],
            asked.get("expectations") if customers else None,
            _("Say first who your customers are."),
        ),
        Question(
            "meeting",
            _("Do we meet them?"),
            _("How do we know? What nobody knows wants a metric."),
            _("Say whether we meet it"),
            [judged(finding) for finding in found(expectations)],
            asked.get("meeting") if expectations else None,
            _("Say first what they expect."),
        ),
    ]


def delivered(squad: Squad) -> list[Deliverable]:
    return list(Deliverable.objects.filter(squad=squad).in_force().order_by("-is_critical", "pk"))


def served(squad: Squad) -> list[Customer]:
    return list(Customer.objects.filter(squad=squad).in_force().prefetch_related("deliverables").order_by("pk"))


def expected(squad: Squad) -> list[Expectation]:
    rows = Expectation.objects.filter(squad=squad).in_force().select_related("customer", "deliverable")
    return list(rows.order_by("pk"))


def found(expectations: Sequence[Expectation]) -> list[Finding]:
    """The latest finding of each expectation that has one."""
    findings = Finding.objects.filter(expectation__in=expectations).select_related("expectation")
    return list(findings.order_by("expectation", "-at", "-pk").distinct("expectation"))


def what(row: Deliverable) -> Answer:
    return Answer(row.text, badge=_("critical") if row.is_critical else "", tone="watch", pk=row.pk)


def who(row: Customer) -> Answer:
    return Answer(row.text, note=", ".join(map(str, row.deliverables.all())), pk=row.pk)


def about(row: Expectation) -> Answer:
    note = _("%(customer)s, of %(deliverable)s") % {"customer": row.customer, "deliverable": row.deliverable}
    return Answer(row.text, note=note, badge=row.get_kind_display(), pk=row.pk)


def judged(finding: Finding) -> Answer:
    return Answer(
        finding.expectation.text,
        note=finding.evidence,
        badge=finding.get_verdict_display(),
        tone=TONES[finding.verdict],
    )
