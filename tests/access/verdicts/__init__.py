"""Who may do what, route by route, reviewed by hand and never derived from the code that it judges.

"see" 200 or a redirect to a page of ours, "form" 422 for an empty form, "refuse" 403, "hide" 404, "ask" to sign in.
A method that a route does not list is 405.
"""

from tests.access.verdicts import (
    board,
    by_hand,
    focus,
    languages,
    loops,
    metrics,
    people,
    questions,
    reassessments,
    squads,
    staff,
    workshops,
)
from tests.access.verdicts.cast import Verdicts

AREAS = (board, by_hand, focus, languages, loops, metrics, people, questions, reassessments, squads, staff, workshops)
# Routes at which somebody else's thing, or one that is not there, is not simply hidden from everybody.
BEYOND: Verdicts = {route: verdict for area in AREAS for route, verdict in getattr(area, "BEYOND", {}).items()}
VERDICTS: Verdicts = {route: verdict for area in AREAS for route, verdict in area.VERDICTS.items()}
