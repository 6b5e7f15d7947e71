"""The triggers of this layer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from metrics import choices, finding, triggers, watching
from metrics.triggers import Trigger

TRIGGERS = (
    Trigger("missed", _("due date missed"), choices.of_metric, look=watching.missed),
    Trigger("off-pace", _("off pace for two weeks or more"), choices.of_metric, look=watching.off_pace),
    Trigger(
        "review",
        _("time to look again"),
        choices.of_review,
        look=watching.review,
        find=finding.reviews,
        place=choices.reviewed_page,
    ),
    Trigger("stale", _("no data for days"), choices.of_metric, look=watching.stale),
    Trigger(
        "degraded",
        _("numbers without a goal"),
        choices.of_dashboard,
        find=finding.degraded,
        place=choices.dashboard_page,
        decided=choices.TIDIED,
    ),
    Trigger(
        "owner-gone",
        _("its owner is gone"),
        choices.of_ownerless,
        find=finding.owner_gone,
        decided=choices.HANDED_OVER,
    ),
    Trigger("asked", _("somebody asks"), choices.of_metric),
)


def register() -> None:
    triggers.register(*TRIGGERS)
