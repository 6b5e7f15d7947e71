"""Workshops: the list, one of them, leading it, its people and its door."""

from tests.access.verdicts.cast import (
    ANYBODY,
    CAST,
    DOING,
    FORM,
    LEADING,
    LOOK,
    LOOK_IN,
    MEMBERS,
    NOT_ALLOWED,
    Verdicts,
)

# A script that is the same for everybody, signed in or not.
WORKER = (("GET", ANYBODY["GET"], "see"), ("POST", NOT_ALLOWED, "405"))
# The code is the right to ask who comes for a name; who is in the squad, or in already, goes straight on.
WHOEVER = dict.fromkeys(CAST, "see")
NO_NAME = {"stranger": "form", "operator": "form", "anonymous": "form"}

VERDICTS: Verdicts = {
    "workshops:workshops": LOOK,
    "workshops:start": FORM,
    "workshops:workshop": LOOK_IN,
    "workshops:health": LOOK,
    "workshops:healths": LOOK,
    "workshops:say-confidence": DOING,
    # Streams are let in by this route too. Whoever is nobody here is not asked to sign in: a page does the asking.
    "live": {"GET": LOOK_IN["GET"] | {"anonymous": "hide"}},
    "workshops:projector": LOOK_IN,
    "workshops:worker": {method: verdict | {"anonymous": said, "guest": said} for method, verdict, said in WORKER},
    "workshops:move": DOING,
    "workshops:stop-move": DOING,
    "workshops:add-time": DOING,
    "workshops:rest-clock": DOING,
    "workshops:raise-hand": DOING,
    "workshops:lower-hand": DOING,
    "workshops:change-state": MEMBERS,
    "workshops:facilitate": MEMBERS,
    "workshops:done": DOING,
    "workshops:go": {"GET": WHOEVER, "POST": dict.fromkeys(CAST, "405")},
    "workshops:come-in": {"GET": WHOEVER, "POST": WHOEVER | NO_NAME},
    "workshops:lobby": LOOK_IN,
    "workshops:take-part": DOING,
    # Members have nothing to leave: the squad's page is where they go.
    "workshops:leave-workshop": {"POST": LOOK_IN["GET"]},
    "workshops:plan-meeting": LEADING,
    "workshops:split": LEADING,
    "workshops:go-to-group": DOING,
    "workshops:bring-back": DOING,
    "workshops:begin-meeting": DOING,
    # A secret link, as that of the other mails.
    "workshops:stop-reminders": {"GET": WHOEVER, "POST": WHOEVER},
    "workshops:add-person": LEADING,
    "workshops:speak-for": DOING,
    "workshops:give-role": DOING,
    "workshops:let-in": DOING,
    "workshops:take-out": DOING,
    "workshops:lock-door": DOING,
    "workshops:ask-approval": DOING,
    "workshops:set-password": LEADING,
    "workshops:clear-password": DOING,
    "workshops:renew-code": DOING,
}
# Whichever squad's workshop it leads into: the cast's guest is nobody there, and members of ours are strangers.
BEYOND: Verdicts = {
    "workshops:stop-reminders": {"GET": WHOEVER, "POST": WHOEVER},
    "live": {"GET": dict.fromkeys(CAST, "hide")},
    "workshops:come-in": {"GET": WHOEVER, "POST": dict.fromkeys(CAST, "form")},
}
