"""What PostgreSQL and libpq say, put into our codes and one sentence for the squad."""

from __future__ import annotations

import re

import psycopg
from django.utils.translation import gettext as _

from . import sql
from .deadline import Deadline
from .errors import Code, SourceError

STOPPED = {"57014", "55P03", "25P03"}  # by the server's own limit or by us
READ_ONLY = {"25006", "0A000"}
REFUSED = ("password authentication failed", "no password supplied", "no pg_hba.conf entry", "authentication failed")
UNKNOWN = (
    "does not exist",
    "is not permitted to log in",
    "permission denied for database",
    "sslmode",
    "does not support ssl",
    "response to ssl negotiation",
    "certificate",
    "host name must be specified",
    "wrong version number",
    "unsupported protocol",
    "alert protocol version",
    "alert handshake failure",
    "alert unknown ca",
)
WHERE = re.compile(
    r"""connection to server at "[^"]*"( \([^)]*\))?, port \d+ failed: |^- host: '[^']*'.*?: (?=connection )""",
    re.MULTILINE,
)
BUSY = ("too many", "remaining connection slots", "starting up", "shutting down", "recovery mode")


def on_connecting(error: psycopg.Error, user: str) -> SourceError:
    """libpq gives no code before the session stands, only words; an unknown word counts as out of reach."""
    detail = str(error)
    said = WHERE.sub("", detail).lower()
    if any(word in said for word in REFUSED):
        sentence = _("The source refused the password of “%(user)s”.") % {"user": user}
        return SourceError(Code.AUTH, sentence, detail=detail)
    if any(word in said for word in BUSY):
        return SourceError(Code.SERVER, _("The source takes no more connections just now."), detail=detail)
    if any(word in said for word in UNKNOWN):
        sentence = _("The source is not set up right: its database, user or encryption is refused.")
        return SourceError(Code.CONFIG, sentence, detail=detail)
    return SourceError(Code.UNREACHABLE, _("The source cannot be reached."), detail=detail)


def on_asking(error: psycopg.Error, deadline: Deadline, *, user: str, text: str, before: int) -> SourceError:
    """`before`: how many characters the server saw before the squad's text."""
    state = error.sqlstate or ""
    if state in STOPPED or deadline.is_over():
        return deadline.missed()
    if isinstance(error, psycopg.DataError) and not state:
        return SourceError(Code.BAD_SHAPE, _("The answer holds a value that has no place in time."), detail=str(error))
    if not state or state.startswith(("08", "57P")):
        return SourceError(Code.UNREACHABLE, _("The connection to the source was lost."), detail=str(error))
    return on_statement(error, state, user=user, line=line_of(error, text, before))


def on_statement(error: psycopg.Error, state: str, *, user: str, line: str) -> SourceError:
    said = error.diag.message_primary or ""
    if state in READ_ONLY or (state == "42601" and "multiple commands" in said):
        return SourceError(Code.BAD_QUERY, _("Only one SELECT is allowed."), detail=said)
    if state == "42501":
        sentence = _("The user “%(user)s” may not read that (%(said)s). Ask its owner for SELECT.")
        return SourceError(Code.DENIED, sentence % {"user": user, "said": said}, detail=said)
    if state.startswith(("53", "58", "XX")) and state != "53400":
        return SourceError(Code.SERVER, _("The source has trouble answering."), detail=f"{state} {said}")
    return SourceError(Code.BAD_QUERY, f"{line}{said}.", detail=f"{state} {said}")


def line_of(error: psycopg.Error, text: str, before: int) -> str:
    position = int(error.diag.statement_position or 0) - before
    return _("Line %(line)d: ") % {"line": sql.line_at(text, position)} if position > 0 else ""
