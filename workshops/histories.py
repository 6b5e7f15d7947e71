"""How a squad came to say what it says: earlier wordings, earlier verdicts, and the workshops that said them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mdd.models import Finding
from workshops.chains import Chains, S
from workshops.models import SUBJECTS, Stage
from workshops.sheet import Sheet

TONES = {"met": "good", "not-met": "bad", "unknown": "watch"}


@dataclass(frozen=True)
class Past:
    """What was said once. `workshops` are the titles of those that said it; by hand there are none."""

    at: datetime
    text: str
    note: str
    workshops: Sequence[str]
    badge: str = ""
    tone: str = ""


def of(sheet: Sheet, chains: Chains[S], row: S) -> list[Past]:
    """The wordings of a statement, the latest first. Nothing where there is only one, written by hand."""
    told = [wording(sheet, row), *(wording(sheet, each) for each in chains.past(row))]
    return told if len(told) > 1 or told[0].workshops else []


def wording(sheet: Sheet, row: S) -> Past:
    workshops = said_in(sheet, row._meta.model_name or "", row.pk)
    return Past(row.agreed_at, row.text, note(workshops), workshops)


def of_findings(sheet: Sheet, findings: Sequence[Finding]) -> list[Past]:
    """The verdicts on an expectation, the latest first. Nothing where there is only one, written by hand."""
    told = [verdict(sheet, each) for each in findings]
    return told if len(told) > 1 or any(each.workshops for each in told) else []


def verdict(sheet: Sheet, finding: Finding) -> Past:
    workshops = said_in(sheet, SUBJECTS[Stage.MEETING], finding.pk)
    label = finding.get_verdict_display()
    return Past(
        finding.at, finding.evidence or label, note(workshops), workshops, badge=label, tone=TONES[finding.verdict]
    )


def said_in(sheet: Sheet, name: str, pk: int) -> list[str]:
    """The titles of the workshops that said it, until the moment of the sheet."""
    said = sheet.said_in.get((name, pk), [])
    return [each.workshop.title for each in said if sheet.at is None or each.at <= sheet.at]


def note(workshops: Sequence[str]) -> str:
    return ", ".join(f"“{title}”" for title in workshops) if workshops else _("written by hand")
