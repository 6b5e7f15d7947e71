"""Numbers by hand: the squad's page, and the link of a mail."""

from tests.access.verdicts.cast import CAST, EMPTY_POST, LOOK, Verdicts

# The link is the right to write one number; who opens it, signed in or not, makes no difference.
WHOEVER = dict.fromkeys(CAST, "see")

VERDICTS: Verdicts = {
    "metrics:numbers": LOOK,
    "metrics:number": {"POST": EMPTY_POST},
    "metrics:by-link": {"GET": WHOEVER, "POST": dict.fromkeys(CAST, "form")},
    "metrics:stop-mail": {"GET": WHOEVER, "POST": WHOEVER},
}
# Whichever squad's number it asks for.
BEYOND: Verdicts = {route: VERDICTS[route] for route in ("metrics:by-link", "metrics:stop-mail")}
