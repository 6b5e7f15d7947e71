"""Everybody who may come, and the verdicts that many routes share."""

Verdicts = dict[str, dict[str, dict[str, str]]]

WRITERS = ("admin", "member", "lead")
LOOKERS = ("coach", "viewer")
INSIDERS = (*WRITERS, *LOOKERS)
OUTSIDERS = ("stranger", "operator")
# A guest of the workshop of the world, who has no account.
ALIKE = (WRITERS, LOOKERS, OUTSIDERS, ("guest",), ("anonymous",))
CAST = tuple(who for alike in ALIKE for who in alike)

LOOK = {"GET": dict.fromkeys(INSIDERS, "see") | dict.fromkeys(OUTSIDERS, "hide")}
WRITE_FORM = dict.fromkeys(WRITERS, "see") | dict.fromkeys(LOOKERS, "refuse") | dict.fromkeys(OUTSIDERS, "hide")
EMPTY_POST = dict.fromkeys(WRITERS, "form") | dict.fromkeys(LOOKERS, "refuse") | dict.fromkeys(OUTSIDERS, "hide")
FORM = {"GET": WRITE_FORM, "POST": EMPTY_POST}
DO = {"POST": WRITE_FORM}
# A write of a workshop leads back to it; what could not be done is said there. Guests take part in it.
DOING = {"POST": WRITE_FORM | {"guest": "see"}}
ASKING = {"POST": EMPTY_POST | {"guest": "form"}}
LOOK_IN = {"GET": LOOK["GET"] | {"guest": "see"}}
# What only a facilitator does: the workshop's is the admin, the others are told so.
LEADING = {"POST": DOING["POST"] | {"admin": "form"}}
# What belongs to members of the squad, even in the room.
MEMBERS = {"POST": WRITE_FORM | {"guest": "refuse"}}
ANYBODY = {"GET": dict.fromkeys((*INSIDERS, *OUTSIDERS), "see")}
NOT_ALLOWED = dict.fromkeys((*INSIDERS, *OUTSIDERS), "405")
OPERATOR = dict.fromkeys(INSIDERS, "hide") | {"stranger": "hide", "operator": "see"}
