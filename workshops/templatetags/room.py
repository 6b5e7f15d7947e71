"""What the forms of a workshop share."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def posts(url: str) -> SafeString:
    """The attributes of a form that changes the room: it posts as any form, with JavaScript by the outbox."""
    return format_html('method="post" action="{}" data-posts', url)


@register.simple_tag
def operation() -> SafeString:
    """The key of one write, made before it is sent."""
    return format_html('<input type="hidden" name="operation" value="{}">', uuid4())


@register.filter
def dots(lying: int, budget: int) -> list[bool]:
    """The dots to draw: those that lie, then the places of the others."""
    return [place < lying for place in range(max(lying, budget))]
