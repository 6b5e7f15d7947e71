"""Workshops: the list, one of them, leading it."""

from tests.access.verdicts.cast import DOING, FORM, LOOK, Verdicts

VERDICTS: Verdicts = {
    "workshops:workshops": LOOK,
    "workshops:start": FORM,
    "workshops:workshop": LOOK,
    "workshops:move": DOING,
    "workshops:change-state": DOING,
    "workshops:facilitate": DOING,
    "workshops:done": DOING,
}
