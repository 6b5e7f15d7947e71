"""A loop as it is drawn: each stage with its page and the time spent."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd.templatetags.ring import Stage
from workshops.loops import QUESTIONS, Loop, Point, Stretch

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def ring_of(loop: Loop) -> list[Stage]:
    return [
        {
            "label": str(each.point.label),
            "state": each.state,
            "note": spell(each.spent) if each.state else "",
            "url": page_of(loop, each),
        }
        for each in loop.stretches
    ]


def page_of(loop: Loop, stretch: Stretch) -> str:
    """Where one goes for this part of the loop: into the workshop while it is there, else to what came out of it."""
    slug, point = loop.squad.slug, stretch.point
    if stretch.state == "now" and loop.is_in_workshop and loop.workshop:
        return loop.workshop.get_absolute_url()
    if point in QUESTIONS:
        return reverse("workshops:statements", args=[slug]) + f"#{point}"
    if point == Point.BOARD:
        return loop.workshop.get_absolute_url() if loop.workshop else reverse("workshops:workshops", args=[slug])
    if point == Point.REASSESS:
        return loop.prompts[0].get_absolute_url() if loop.prompts else reverse("metrics:squad-inbox", args=[slug])
    return reverse(f"metrics:{'dashboards' if point == Point.DASHBOARDS else 'metrics'}", args=[slug])


def spell(span: timedelta) -> str:
    """A span in its largest unit; nothing under a minute."""
    if span < MINUTE:
        return ""
    if span < HOUR:
        return _("%(n)d min") % {"n": span // MINUTE}
    if span < DAY:
        return _("%(n)d h") % {"n": span // HOUR}
    return ngettext("%(n)d day", "%(n)d days", span.days) % {"n": span.days}
