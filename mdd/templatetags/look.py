"""Small drawings that templates ask for by name: icons, states, avatars."""

import re
from functools import cache
from pathlib import Path
from zlib import crc32

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

register = template.Library()

STATES = {
    "error": _("error"),
    "stale": _("stale"),
    "no-data": _("no data"),
    "firing": _("firing"),
    "silenced": _("silenced"),
    "missed": _("missed"),
    "off-pace": _("off pace"),
    "watch": _("watch"),
    "on-pace": _("on pace"),
    "met": _("met"),
    "quiet": _("quiet"),
}
HATCHED = {"error", "stale", "no-data"}
NOODLES = 4
TURNING = {"chevron-left", "chevron-right", "log-out", "redo", "send", "undo"}  # they point along the line of writing


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw our own icon of that name, or lucide's; a screen reader hears the label, or nothing."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    classes = "icon icon--turns" if name in TURNING else "icon"
    return mark_safe(_svg(name).replace("<svg", f'<svg class="{classes}" {spoken}', 1))  # noqa: S308 (our own files)


@register.simple_tag
def state(status: str, *, pill: bool = False) -> SafeString:
    """Say a status as word, shape and colour. Takes "off-pace", "off_pace" or "off pace"."""
    name = slug(status)
    classes = f"state state--{name}" + (" state--pill" if pill else "")
    return format_html('<span class="{}">{}{}</span>', classes, icon(f"state-{name}"), STATES[name])


@register.simple_tag
def avatar(name: str, *, large: bool = False) -> SafeString:
    """Draw the initials of a person in one of the four noodle colours, always the same for one name."""
    words = name.split() or ["?"]
    initials = words[0][:1] + (words[-1][:1] if len(words) > 1 else "")
    classes = f"avatar avatar--{crc32(name.encode()) % NOODLES}" + (" avatar--large" if large else "")
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initials.upper())


@register.filter
def slug(status: str | None) -> str:
    """Turn a status into the name that classes and drawings use."""
    return (status or "").replace("_", "-").replace(" ", "-")


@register.filter
def hatched(status: str | None) -> bool:
    """Tell whether a tile of this status must not look alive."""
    return slug(status) in HATCHED


@cache
def _svg(name: str) -> str:
    path = finders.find(f"img/icons/{name}.svg") or finders.find(f"vendor/icons/{name}.svg")
    if path is None:
        raise LookupError(f"There is no icon named {name!r} in static/img/icons or static/vendor/icons.")
    drawing = re.sub(r"<!--.*?-->", "", Path(str(path)).read_text(), flags=re.DOTALL)
    root, rest = drawing.split(">", 1)
    drawing = re.sub(r'\s(class|xmlns|width|height)="[^"]*"', "", root) + ">" + rest
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", drawing)).strip()
