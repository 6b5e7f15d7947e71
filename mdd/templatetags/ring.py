"""The loop of a squad, drawn as a ring of stages."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NotRequired, TypedDict

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

CENTRE = (240.0, 192.0)
RADIUS = 124.0
LINE = 21.0
GAP = 0.075  # radians that stay free at each end of an arc
STATES = {"done": gettext_lazy("done"), "now": gettext_lazy("you are here"), "": gettext_lazy("not yet")}


class Stage(TypedDict):
    """One stop of the loop; `state` is "done", "now" or "", `note` the time spent, `url` its page."""

    label: str
    state: str
    note: NotRequired[str]
    url: NotRequired[str]


@register.simple_tag
def ring(stages: Sequence[Stage], days: int) -> SafeString:
    """Draw the stages as links around the day of this round, clockwise from the top."""
    step = 2 * pi / len(stages)
    stops = (
        (stage.get("url") or "#", stage["state"], spoken(stage), arc(at, step), words(stage, (at + 0.5) * step))
        for at, stage in enumerate(stages)
    )
    return format_html(
        '<svg class="ring" viewBox="0 12 480 364" role="group" aria-label="{}">{}{}</svg>',
        summary(stages, days),
        format_html_join("", '<a class="ring__stop is-{1}" href="{0}" aria-label="{2}">{3}{4}</a>', stops),
        middle(days),
    )


@register.simple_tag
def small_ring(stages: Sequence[Stage], days: int) -> SafeString:
    """Draw the same without names and links."""
    step = 2 * pi / len(stages)
    arcs = ((stage["state"], arc(at, step)) for at, stage in enumerate(stages))
    return format_html(
        '<svg class="ring ring--small" viewBox="100 52 280 280" role="img" aria-label="{}">{}{}</svg>',
        summary(stages, days),
        format_html_join("", '<g class="ring__stop is-{}">{}</g>', arcs),
        middle(days),
    )


def middle(days: int) -> SafeString:
    return format_html(
        '<g class="ring__middle" aria-hidden="true"><text x="240" y="152">{}</text>'
        '<text class="ring__days" x="240" y="212">{}</text><text x="240" y="240">{}</text></g>',
        _("day"),
        days,
        _("of this round"),
    )


def summary(stages: Sequence[Stage], days: int) -> str:
    done = [stage["label"] for stage in stages if stage["state"] == "done"]
    now = [stage["label"] for stage in stages if stage["state"] == "now"]
    return _("The loop, day %(days)d of this round. Done: %(done)s. Now: %(now)s") % {
        "days": days,
        "done": ", ".join(done) or "-",
        "now": ", ".join(now) or "-",
    }


def spoken(stage: Stage) -> str:
    """“Board 40 min, done”: what is written beside the arc comes first, as who speaks to a screen would say it."""
    return f"{' '.join(filter(None, [stage['label'], stage.get('note')]))}, {STATES[stage['state']]}"


def arc(place: int, step: float) -> SafeString:
    (x, y), (to_x, to_y) = point(place * step + GAP, RADIUS), point((place + 1) * step - GAP, RADIUS)
    drawn = f"M{x:.1f} {y:.1f}A{RADIUS:g} {RADIUS:g} 0 0 1 {to_x:.1f} {to_y:.1f}"
    return format_html('<path d="{}"/>', drawn)


def words(stage: Stage, angle: float) -> SafeString:
    """The name of a stage outside of its arc, and under it the time spent. Above the ring both lines rise together."""
    x, y = point(angle, RADIUS + 20)
    side, note = sin(angle), stage.get("note", "")
    anchor = "middle" if abs(side) < 0.25 else "start" if side > 0 else "end"
    top = y - 10 * cos(angle) + 6 - (LINE * (1 + cos(angle)) / 2 if note else 0)
    return format_html(
        '<text class="ring__name" x="{0}" y="{1}" text-anchor="{2}">{3}</text> '
        '<text class="ring__note" x="{0}" y="{4}" text-anchor="{2}">{5}</text>',
        f"{x:.1f}",
        f"{top:.1f}",
        anchor,
        stage["label"],
        f"{top + LINE:.1f}",
        note,
    )


def point(angle: float, radius: float) -> tuple[float, float]:
    return CENTRE[0] + radius * sin(angle), CENTRE[1] - radius * cos(angle)
