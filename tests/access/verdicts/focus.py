"""Stages 8 and 9 of a workshop: focus, wrap-up, decision record."""

from tests.access.verdicts.cast import Verdicts

VERDICTS: Verdicts = {}
