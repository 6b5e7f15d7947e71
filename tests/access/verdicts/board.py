"""Stages 5 to 7 of a workshop: throw, group, prune."""

from tests.access.verdicts.cast import Verdicts

VERDICTS: Verdicts = {}
