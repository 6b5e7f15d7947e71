"""The canvas as Markdown, JSON and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from io import StringIO
from typing import NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mdd.models import Expectation
from workshops import histories
from workshops.canvas import Answer, Question, canvas
from workshops.chains import Chains, S
from workshops.histories import Past
from workshops.record import plain
from workshops.sheet import Sheet

FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("question", "statement", "since", "customer", "deliverables", "kind", "critical", "measurable", "verdict")


class Export(NamedTuple):
    """A kind of file: what the answer calls it, and who writes it."""

    label: str
    content_type: str
    write: Callable[[Sheet], str]


@dataclass(frozen=True)
class Line:
    """One statement, flat. `measurable` is None where nobody asks that."""

    question: str
    statement: str
    since: str
    past: Sequence[Past]
    deliverables: Sequence[str] = ()
    customer: str = ""
    kind: str = ""
    critical: bool = False
    measurable: bool | None = None
    verdict: str = ""
    evidence: str = ""
    verdicts: Sequence[Past] = ()


def lines(sheet: Sheet) -> list[Line]:
    return [
        *(Line(*told("deliver", sheet, sheet.delivered, row), critical=row.is_critical) for row in sheet.deliverables),
        *(Line(*told("customers", sheet, sheet.served, row), texts(sheet.uses(row))) for row in sheet.customers),
        *(expected(sheet, row) for row in sheet.expectations),
    ]


def told(question: str, sheet: Sheet, chains: Chains[S], row: S) -> tuple[str, str, str, list[Past]]:
    since = row.agreed_at.astimezone(sheet.squad.tz).date().isoformat()
    return question, row.text, since, histories.of(sheet, chains, row)


def texts(rows: Sequence[object]) -> list[str]:
    return [str(row) for row in rows]


def expected(sheet: Sheet, row: Expectation) -> Line:
    customer, deliverable = sheet.whose(row)
    findings = sheet.findings_of(row)
    return Line(
        *told("expectations", sheet, sheet.expected, row),
        deliverables=[deliverable.text],
        customer=customer.text,
        kind=row.kind,
        measurable=row.is_measurable,
        verdict=findings[0].verdict if findings else "",
        evidence=findings[0].evidence if findings else "",
        verdicts=histories.of_findings(sheet, findings),
    )


def as_json(sheet: Sheet) -> str:
    said = {
        "squad": sheet.squad.name,
        "on": day(sheet).isoformat(),
        "statements": [flat(line) for line in lines(sheet)],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def flat(line: Line) -> dict[str, object]:
    """Plain values, moments as ISO 8601."""
    return asdict(line) | {"past": earlier(line.past), "verdicts": earlier(line.verdicts)}


def earlier(past: Sequence[Past]) -> list[dict[str, object]]:
    return [
        {"at": each.at.isoformat(), "verdict": each.badge, "text": each.text, "workshops": list(each.workshops)}
        for each in past
    ]


def as_csv(sheet: Sheet) -> str:
    """For spreadsheets: with the mark that tells them it is UTF-8, and nothing that they would take for a formula."""
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow([*COLUMNS, "evidence"])
    for line in lines(sheet):
        rows.writerow([cell(getattr(line, name)) for name in (*COLUMNS, "evidence")])
    return "\ufeff" + file.getvalue()


def cell(value: str | bool | Sequence[str] | None) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    text = value if isinstance(value, str) else "; ".join(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_markdown(sheet: Sheet) -> str:
    """A text that wikis and repositories take."""
    heading = (
        f"# {plain(sheet.squad.name)}: {_('What are we doing here?')}\n\n{formats.date_format(day(sheet), _('j F Y'))}"
    )
    return "\n\n".join([heading, *(section(question) for question in canvas(sheet, {}))]) + "\n"


def section(question: Question) -> str:
    said = "\n".join(bullet(answer) for answer in question.answers) or _("Nobody has said.")
    return f"## {question.title}\n\n{said}"


def bullet(answer: Answer) -> str:
    badge = f" **{answer.badge}**" if answer.badge else ""
    note = f"\n  {plain(answer.note)}" if answer.note else ""
    past = "".join(f"\n  - {was(each)}" for each in answer.past)
    return f"- {plain(answer.text)}{badge}{note}{past}"


def was(past: Past) -> str:
    said = past.text if past.badge in {"", past.text} else f"{past.badge}: {past.text}"
    return f"{formats.date_format(timezone.localtime(past.at), _('j M Y'))}: {plain(said)} ({plain(past.note)})"


def day(sheet: Sheet) -> date:
    """The last day that counts. A moment that is not now is the end of one."""
    at = sheet.at - timedelta(seconds=1) if sheet.at else timezone.now()
    return at.astimezone(sheet.squad.tz).date()


KINDS: Mapping[str, Export] = {
    "md": Export("Markdown", "text/markdown", as_markdown),
    "json": Export("JSON", "application/json", as_json),
    "csv": Export("CSV", "text/csv", as_csv),
}
