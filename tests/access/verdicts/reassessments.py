"""Reassessments, actions and the inbox."""

from tests.access.verdicts.cast import Verdicts

VERDICTS: Verdicts = {}
