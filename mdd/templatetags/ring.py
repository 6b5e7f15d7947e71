"""The loop of a squad, drawn as a ring of stages."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TypedDict

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

CENTRE = (240.0, 178.0)
RADIUS = 118.0
GAP = 0.07  # radians that stay free at each end of an arc


class Stage(TypedDict):
    """One stop of the loop; `state` is "done", "now" or ""."""

    label: str
    state: str


@register.simple_tag
def ring(stages: Sequence[Stage], days: int, *, words: str = "") -> SafeString:
    """Draw the stages as arcs, clockwise from the top, with the days of this round inside."""
    step = 2 * pi / len(stages)
    arcs = ((stage["state"], _arc(index * step + GAP, (index + 1) * step - GAP)) for index, stage in enumerate(stages))
    names = ((stage["state"], *_outside((index + 0.5) * step), stage["label"]) for index, stage in enumerate(stages))
    return format_html(
        '<svg class="ring" viewBox="0 0 480 360" role="img" aria-label="{}">{}{}'
        '<text class="ring__days" x="240" y="190">{}</text><text x="240" y="216">{}</text></svg>',
        _spoken(stages),
        format_html_join("", '<path class="is-{}" d="{}"/>', arcs),
        format_html_join("", '<text class="ring__name is-at-{}" x="{}" y="{}" text-anchor="{}">{}</text>', names),
        days,
        words or _("days round"),
    )


def _spoken(stages: Sequence[Stage]) -> str:
    done = [stage["label"] for stage in stages if stage["state"] == "done"]
    now = [stage["label"] for stage in stages if stage["state"] == "now"]
    return _("Done: %(done)s. Now: %(now)s.") % {"done": ", ".join(done) or "-", "now": ", ".join(now) or "-"}


def _arc(start: float, end: float) -> str:
    (x, y), (to_x, to_y) = _point(start, RADIUS), _point(end, RADIUS)
    return f"M{x:.1f} {y:.1f}A{RADIUS:g} {RADIUS:g} 0 0 1 {to_x:.1f} {to_y:.1f}"


def _outside(angle: float) -> tuple[str, str, str]:
    x, y = _point(angle, RADIUS + 22)
    side = sin(angle)
    anchor = "middle" if abs(side) < 0.25 else "start" if side > 0 else "end"
    return f"{x:.1f}", f"{y + 5 - 6 * cos(angle):.1f}", anchor


def _point(angle: float, radius: float) -> tuple[float, float]:
    return CENTRE[0] + radius * sin(angle), CENTRE[1] - radius * cos(angle)
