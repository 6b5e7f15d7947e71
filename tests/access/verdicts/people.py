"""Invitations and the people of a squad."""

from tests.access.verdicts.cast import INSIDERS, LOOK, OUTSIDERS, Verdicts

OTHERS = dict.fromkeys(INSIDERS, "refuse") | dict.fromkeys(OUTSIDERS, "hide")
ADMIN = OTHERS | {"admin": "see"}
ASKED = OTHERS | {"admin": "form"}
EVERYBODY = dict.fromkeys((*INSIDERS, *OUTSIDERS), "see")

VERDICTS: Verdicts = {
    "workshops:people": LOOK,
    "workshops:invite": {"POST": ASKED},
    "workshops:withdraw": {"POST": ADMIN},
    "workshops:change-role": {"POST": ASKED},
    "workshops:ask-by-mail": {"POST": LOOK["GET"]},
    "workshops:remind-by-mail": {"POST": LOOK["GET"]},
    "workshops:hand-over": {"POST": ASKED},
    # The member's own page, or any member's for an admin.
    "workshops:leave": {"GET": ADMIN | {"member": "see"}, "POST": ASKED | {"member": "form"}},
    "workshops:settings": {"GET": ADMIN, "POST": ASKED},
    # The link is the right to come: who has it is let in by the button.
    "workshops:join": {"GET": EVERYBODY | {"anonymous": "see", "guest": "see"}, "POST": EVERYBODY},
}
# Whichever squad it leads to.
BEYOND: Verdicts = {
    "workshops:join": VERDICTS["workshops:join"] | {"POST": EVERYBODY | {"anonymous": "ask", "guest": "ask"}}
}
