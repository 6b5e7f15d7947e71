"""The language is everybody's own choice, also of those without an account."""

from tests.access.verdicts.cast import CAST, Verdicts

VERDICTS: Verdicts = {"language": {"POST": dict.fromkeys(CAST, "form")}}
