"""Invitations and the people of a squad."""

from tests.access.verdicts.cast import Verdicts

VERDICTS: Verdicts = {}
