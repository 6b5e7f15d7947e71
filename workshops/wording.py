"""What a card can hold."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mdd.forms import is_legible

LONGEST = 140


def problems(text: str) -> list[str]:
    """What is wrong with the wording of one card."""
    if len(text) > LONGEST:
        return [
            _("A card holds %(longest)s characters; this has %(length)s.") % {"longest": LONGEST, "length": len(text)}
        ]
    try:
        is_legible(text)
    except ValidationError as illegible:
        return illegible.messages
    return []
