"""The four questions and a squad's current answers, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext as _

from mdd.models import Customer, Deliverable, Expectation, Finding, Squad
from workshops import histories
from workshops.histories import Past
from workshops.sheet import Sheet


@dataclass(frozen=True)
class Answer:
    """One statement; `badge` with its `tone` is the mark beside it. `pk` leads to those that can be reworded.

    `past` is how the squad came to say so, the latest first.
    """

    text: str
    note: str = ""
    badge: str = ""
    tone: str = ""
    pk: int | None = None
    past: Sequence[Past] = ()


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


def canvas(sheet: Sheet, asked: Mapping[str, forms.Form]) -> list[Question]:
    """The four questions in their order, each with its form from `asked` once it can be answered."""
    deliverables, customers, expectations = sheet.deliverables, sheet.customers, sheet.expectations
    return [
        Question(
            "deliver",
            _("What do we deliver?"),
            _("What have we shipped? What do we keep running? Which of it is most critical?"),
            _("Add something we deliver"),
            [replace(what(row), past=histories.of(sheet, sheet.delivered, row)) for row in deliverables],
            asked.get("deliver"),
            "",
        ),
        Question(
            "customers",
            _("Who are our customers?"),
            _("Who defines our work? Who uses it, inside and outside?"),
            _("Add a customer"),
            [replace(who(row, sheet.uses(row)), past=histories.of(sheet, sheet.served, row)) for row in customers],
            asked.get("customers") if deliverables else None,
            _("Say first what you deliver."),
        ),
        Question(
            "expectations",
            _("What do they expect?"),
            _("On time? To specification? Answers to problems they did not know they had? Quality? How we work?"),
            _("Add an expectation"),
            [
                replace(about(row, *sheet.whose(row)), past=histories.of(sheet, sheet.expected, row))
                for row in expectations
            ],
            asked.get("expectations") if customers else None,
            _("Say first who your customers are."),
        ),
        Question(
            "meeting",
            _("Do we meet them?"),
            _("How do we know? What nobody knows wants a metric."),
            _("Say whether we meet it"),
            [
                replace(judged(found[0], row), past=histories.of_findings(sheet, found))
                for row in expectations
                if (found := sheet.findings_of(row))
            ],
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


def who(row: Customer, uses: Sequence[Deliverable] | None = None) -> Answer:
    return Answer(row.text, note=", ".join(map(str, row.deliverables.all() if uses is None else uses)), pk=row.pk)


def about(row: Expectation, customer: Customer | None = None, deliverable: Deliverable | None = None) -> Answer:
    whose = {"customer": customer or row.customer, "deliverable": deliverable or row.deliverable}
    note = _("%(customer)s, of %(deliverable)s") % whose
    return Answer(row.text, note=note, badge=row.get_kind_display(), pk=row.pk)


def judged(finding: Finding, expectation: Expectation | None = None) -> Answer:
    return Answer(
        (expectation or finding.expectation).text,
        note=finding.evidence,
        badge=finding.get_verdict_display(),
        tone=TONES[finding.verdict],
    )
