"""What the forms of a workshop share."""

from collections.abc import Mapping
from uuid import uuid4

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from workshops import seats

register = template.Library()


@register.simple_tag
def posts(url: str) -> SafeString:
    """The attributes of a form that changes the room: it posts as any form, with JavaScript by the outbox."""
    return format_html('method="post" action="{}" data-posts', url)


@register.simple_tag(takes_context=True)
def operation(context: Context) -> SafeString:
    """The key of one write, made before it is sent. A part that is drawn for many leaves a seat for each page's own."""
    is_shared = context.get("csrf_token") == seats.CSRF
    return format_html('<input type="hidden" name="operation" value="{}">', seats.OPERATION if is_shared else uuid4())


@register.simple_tag(takes_context=True)
def voice(context: Context) -> SafeString:
    """Whose word a form brings, where somebody without a device is spoken for."""
    chosen = context["room"].voice
    return format_html('<input type="hidden" name="on_behalf" value="{}">', chosen.pk) if chosen else SafeString()


@register.simple_tag(takes_context=True)
def at(context: Context) -> SafeString:
    """Where a form leads back to, before the meeting."""
    here = context.get("at")
    return format_html('<input type="hidden" name="at" value="{}">', here) if here else SafeString()


@register.simple_tag(takes_context=True)
def part(context: Context, name: str) -> SafeString:
    """A part of the room that is the same for everybody, and is streamed."""
    parts: Mapping[str, SafeString] = context["parts"]
    return parts.get(name, SafeString())


@register.filter
def dots(lying: int, budget: int) -> list[bool]:
    """The dots to draw: those that lie, then the places of the others."""
    return [place < lying for place in range(max(lying, budget))]
