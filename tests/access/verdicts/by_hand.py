"""Numbers by hand through a weekly link."""

from tests.access.verdicts.cast import Verdicts

VERDICTS: Verdicts = {}
