"""The four questions and a squad's current answers, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from mdd.models import Customer, Deliverable, Expectation, Finding, Squad


@dataclass(frozen=True)
class Answer:
    """One statement; `badge` with its `tone` is the mark beside it."""

    text: str
    note: str = ""
    badge: str = ""
    tone: str = ""


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
    """The four questions in their order, each with its form from `asked` once it can be answered. Four queries."""
    deliverables = delivered(squad)
    customers = served(squad)
    expectations = expected(squad)
    return [
        Question(
            "deliver",
            _("What do we deliver?"),
            _("What have we shipped? What do we keep running? Which of it is most critical?"),
            _("Add something we deliver"),
            [Answer(row.text, badge=_("critical") if row.is_critical else "", tone="watch") for row in deliverables],
            asked.get("deliver"),
            "",
        ),
        Question(
            "customers",
            _("Who are our customers?"),
            _("Who defines our work? Who uses it, inside and outside?"),
            _("Add a customer"),
            [Answer(row.text, note=", ".join(map(str, row.deliverables.all()))) for row in customers],
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
            [judged(row) for row in expectations if row.verdict],
            asked.get("meeting") if expectations else None,
            _("Say first what they expect."),
        ),
    ]


def delivered(squad: Squad) -> list[Deliverable]:
    return list(Deliverable.objects.filter(squad=squad).in_force().order_by("-is_critical", "pk"))


def served(squad: Squad) -> list[Customer]:
    return list(Customer.objects.filter(squad=squad).in_force().prefetch_related("deliverables").order_by("pk"))


def expected(squad: Squad) -> list[Expectation]:
    """Expectations in force, each with the `verdict` and `evidence` of its latest finding."""
    latest = Finding.objects.filter(expectation=OuterRef("pk")).order_by("-at", "-pk")
    rows = Expectation.objects.filter(squad=squad).in_force().select_related("customer", "deliverable")
    return list(
        rows.annotate(
            verdict=Subquery(latest.values("verdict")[:1]), evidence=Subquery(latest.values("evidence")[:1])
        ).order_by("pk")
    )


def about(row: Expectation) -> Answer:
    note = _("%(customer)s, of %(deliverable)s") % {"customer": row.customer, "deliverable": row.deliverable}
    return Answer(row.text, note=note, badge=row.get_kind_display())


def judged(row: Expectation) -> Answer:
    verdict = Finding.Verdict(row.verdict)  # type: ignore[attr-defined]
    return Answer(row.text, note=row.evidence, badge=str(verdict.label), tone=TONES[verdict])  # type: ignore[attr-defined]
