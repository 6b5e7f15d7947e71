"""Mail that waits in a folder because no SMTP server is set, for the operator to hand on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mdd.access import operator_required
from mdd.http import Request

NEWEST = 50
SEPARATOR = b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mail:
    """One message as it would have been sent."""

    to: str
    subject: str
    body: str
    at: datetime


@operator_required
@require_safe
def mails(request: Request) -> HttpResponse:
    folder = Path(settings.EMAIL_FILE_PATH)
    newest = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:NEWEST]
    waiting = [mail for file in newest for mail in read(file)]
    return render(request, "staff/mails.html", {"mails": waiting, "has_smtp": settings.HAS_SMTP})


def read(file: Path) -> list[Mail]:
    """The messages of a file that Django's file backend wrote, newest first."""
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    parts = file.read_bytes().split(SEPARATOR)
    return [parse(part.lstrip(), at) for part in reversed(parts) if part.strip()]


def parse(raw: bytes, at: datetime) -> Mail:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    return Mail(to=str(message["To"]), subject=str(message["Subject"]), body=body.get_content() if body else "", at=at)
