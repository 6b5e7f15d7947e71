"""Squads and their statements."""

from tests.access.verdicts.cast import ANYBODY, EMPTY_POST, INSIDERS, LOOK, OUTSIDERS, Verdicts

VERDICTS: Verdicts = {
    "workshops:front": ANYBODY,
    "workshops:squads": ANYBODY,
    "workshops:new-squad": ANYBODY | {"POST": dict.fromkeys((*INSIDERS, *OUTSIDERS), "form")},
    "workshops:squad": LOOK,
    "workshops:statements": LOOK,
    "workshops:agree": {"POST": EMPTY_POST},
}
