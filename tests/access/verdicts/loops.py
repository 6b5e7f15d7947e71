"""The loop of a squad, and loops side by side."""

from tests.access.verdicts.cast import ANYBODY, Verdicts

VERDICTS: Verdicts = {"workshops:loops": ANYBODY}
