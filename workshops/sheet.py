"""What a squad says, now or at an earlier moment, with how it came to say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from mdd.models import Customer, Deliverable, Expectation, Finding, Squad
from workshops.chains import Chains
from workshops.models import Agreement


@dataclass(frozen=True)
class Sheet:
    """One squad's answers to the four questions. `at` is None for now."""

    squad: Squad
    at: datetime | None
    delivered: Chains[Deliverable]
    served: Chains[Customer]
    expected: Chains[Expectation]
    findings: Sequence[Finding]
    agreements: Sequence[Agreement]

    @property
    def deliverables(self) -> list[Deliverable]:
        return sorted(self.delivered.in_force(self.at), key=lambda row: (not row.is_critical, row.pk))

    @property
    def customers(self) -> list[Customer]:
        return self.served.in_force(self.at)

    @property
    def expectations(self) -> list[Expectation]:
        return self.expected.in_force(self.at)

    def uses(self, customer: Customer) -> list[Deliverable]:
        return [self.delivered.then(row.pk, self.at) for row in customer.deliverables.all()]

    def whose(self, expectation: Expectation) -> tuple[Customer, Deliverable]:
        """Who expects it, and of what."""
        return (
            self.served.then(expectation.customer_id, self.at),
            self.delivered.then(expectation.deliverable_id, self.at),
        )

    @cached_property
    def found(self) -> Mapping[int, list[Finding]]:
        """What was found of each expectation until then, whatever its wording was, the latest first."""
        by_root: dict[int, dict[datetime, Finding]] = defaultdict(dict)
        for finding in self.findings:
            if self.at is None or finding.at <= self.at:
                by_root[self.expected.root(finding.expectation_id)].setdefault(finding.at, finding)
        return {root: list(found.values()) for root, found in by_root.items()}

    def findings_of(self, expectation: Expectation) -> list[Finding]:
        return self.found.get(self.expected.root(expectation.pk), [])

    @cached_property
    def said_in(self) -> Mapping[tuple[str, int], list[Agreement]]:
        """The agreements on each thing, by the name and number of it."""
        by_subject: dict[tuple[str, int], list[Agreement]] = defaultdict(list)
        for each in self.agreements:
            by_subject[each.subject].append(each)
        return by_subject


def read(squad: Squad, at: datetime | None = None) -> Sheet:
    """Six queries, however long the squad has been asking itself."""
    customers = Customer.objects.filter(squad=squad).prefetch_related("deliverables")
    findings = Finding.objects.filter(expectation__squad=squad).select_related("expectation")
    agreements = Agreement.objects.filter(workshop__squad=squad).select_related("workshop")
    return Sheet(
        squad,
        at,
        Chains(list(Deliverable.objects.filter(squad=squad).order_by("pk"))),
        Chains(list(customers.order_by("pk"))),
        Chains(list(Expectation.objects.filter(squad=squad).order_by("pk"))),
        list(findings.order_by("-at", "-pk")),
        list(agreements.order_by("pk")),
    )
