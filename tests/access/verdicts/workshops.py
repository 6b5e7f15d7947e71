"""Workshops: the list, one of them, leading it."""

from tests.access.verdicts.cast import ANYBODY, DOING, FORM, LOOK, NOT_ALLOWED, Verdicts

# A script that is the same for everybody, signed in or not.
WORKER = (("GET", ANYBODY["GET"], "see"), ("POST", NOT_ALLOWED, "405"))

VERDICTS: Verdicts = {
    "workshops:workshops": LOOK,
    "workshops:start": FORM,
    "workshops:workshop": LOOK,
    "workshops:worker": {method: verdict | {"anonymous": said} for method, verdict, said in WORKER},
    "workshops:move": DOING,
    "workshops:change-state": DOING,
    "workshops:facilitate": DOING,
    "workshops:done": DOING,
}
