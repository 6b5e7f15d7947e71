"""What the templates ask about the people of a workshop."""

from django import template

from workshops import presence
from workshops.models import Participant

register = template.Library()


@register.filter
def is_here(person: Participant) -> bool:
    return presence.is_here(person)
