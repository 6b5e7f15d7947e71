"""What the templates ask about the people of a workshop."""

from collections.abc import Sequence

from django import template

from workshops import presence
from workshops.models import Participant

register = template.Library()


@register.filter
def is_here(person: Participant) -> bool:
    return presence.is_here(person)


@register.filter
def place(people: Sequence[Participant], person: Participant) -> int:
    """Which of them somebody is, from 1."""
    return people.index(person) + 1
