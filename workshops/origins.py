"""The card that a metric grew from, for the trace of every number."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from metrics.words import Stop
from workshops.models import Adoption, Card, Decision


def of_metrics(metric_ids: Sequence[int]) -> dict[int, Stop]:
    """The cards of those of these metrics that were adopted. One query."""
    has_decision = Exists(Decision.objects.filter(workshop=OuterRef("card__workshop")))
    rows = Adoption.objects.filter(metric__in=metric_ids).annotate(has_decision=has_decision)
    joined = rows.select_related("card__workshop", "card__participant__user")
    return {row.metric_id: stop(row.card, leads_to_decision=getattr(row, "has_decision", False)) for row in joined}


def stop(card: Card, *, leads_to_decision: bool = False) -> Stop:
    """The card as the first stop of a trace. Who threw it is said once everybody may see it."""
    workshop = card.workshop
    by = card.participant if card.is_revealed else None
    said = {"name": by.shown_name if by else "", "workshop": workshop.title}
    note = _("thrown by %(name)s in %(workshop)s") if by else _("thrown in %(workshop)s")
    page = "workshops:decision" if leads_to_decision else "workshops:workshop"
    return Stop(_("Card"), "card", card.text, note % said, reverse(page, args=[workshop.pk]))
