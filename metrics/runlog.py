"""The run log in words: one line for each time a source was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metrics.models import Refresh
from metrics.sources.retelling import retold


@dataclass(frozen=True)
class Entry:
    """A line of the log. `at` is when the source was asked, `tone` colours `badge`."""

    at: datetime | None
    text: str
    note: str
    badge: str
    tone: str


BADGES = {
    Refresh.State.WAITING: (gettext_lazy("waits"), "watch"),
    Refresh.State.RUNNING: (gettext_lazy("asking"), "calm"),
    Refresh.State.DONE: (gettext_lazy("done"), "good"),
    Refresh.State.DEAD: (gettext_lazy("failed"), "bad"),
    Refresh.State.CANCELLED: (gettext_lazy("stopped"), "calm"),
}


def entry(refresh: Refresh, *, for_operator: bool) -> Entry:
    """One line; only an operator reads the detail that the source gave with an error."""
    badge, tone = BADGES[Refresh.State(refresh.state)]
    told = [retold(refresh.error), refresh.detail if for_operator else ""]
    return Entry(
        at=refresh.started_at,
        text=_("%(source)s #%(query)d, %(window)s")
        % {"source": refresh.query.source.name, "query": refresh.query_id, "window": window(refresh)},
        note=" ".join(part for part in (*told, capfirst(effort(refresh))) if part),
        badge=str(badge),
        tone=tone,
    )


def window(refresh: Refresh) -> str:
    """Which stretch of time was asked for, in the squad's zone."""
    zone = refresh.query.squad.tz
    start, end = refresh.slot.astimezone(zone), refresh.until.astimezone(zone)
    if start.date() == end.date():
        return f"{formats.date_format(start, _('j M H:i'))}–{formats.date_format(end, 'H:i')}"
    return f"{formats.date_format(start, _('j M H:i'))} – {formats.date_format(end, _('j M H:i'))}"


def effort(refresh: Refresh) -> str:
    """How long it took, how much came back, and how often it was tried."""
    parts = []
    if refresh.rows is not None:
        parts.append(ngettext("%(n)d row", "%(n)d rows", refresh.rows) % {"n": refresh.rows})
    if refresh.started_at and refresh.finished_at:
        parts.append(took((refresh.finished_at - refresh.started_at).total_seconds()))
    if refresh.attempts > 1:
        parts.append(_("attempt %(n)d") % {"n": refresh.attempts})
    return " · ".join(parts)


def took(seconds: float) -> str:
    return _("under 0.1 s") if seconds < 0.1 else _("%(n).1f s") % {"n": seconds}
