"""Reassessments, actions and the inbox. Everybody in a squad reads along; leads and admins decide."""

from tests.access.verdicts.cast import ANYBODY, DO, EMPTY_POST, INSIDERS, LOOK, OUTSIDERS, Verdicts

DECIDERS = ("admin", "lead")
DECIDE = dict.fromkeys(INSIDERS, "refuse") | dict.fromkeys(OUTSIDERS, "hide")

VERDICTS: Verdicts = {
    "metrics:inbox": ANYBODY,
    "metrics:squad-inbox": LOOK,
    "metrics:reassessment": LOOK | {"POST": DECIDE | dict.fromkeys(DECIDERS, "form")},
    "metrics:snooze": {"POST": DECIDE | dict.fromkeys(DECIDERS, "see")},
    "metrics:ask-to-reassess": DO,
    "metrics:action": LOOK | {"POST": EMPTY_POST},
}
