"""Stages 1 to 4 of a workshop, and their templates."""

from tests.access.verdicts.cast import Verdicts

VERDICTS: Verdicts = {}
