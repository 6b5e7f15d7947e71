"""Stages 8 and 9 of a workshop: focus, wrap-up, decision record."""

from tests.access.verdicts.cast import ASKING, CAST, DO, DOING, EMPTY_POST, FORM, LOOK, LOOK_IN, Verdicts

# Others are told that only a facilitator decides; the admin of the world is one.
DECIDE = {"POST": ASKING["POST"] | {"member": "see", "lead": "see", "guest": "see"}}

VERDICTS: Verdicts = {
    "workshops:phrase": ASKING,
    "workshops:dot": DOING,
    "workshops:guess": ASKING,
    "workshops:reveal-guesses": DOING,
    "workshops:ask-about": DOING,
    "workshops:consent": ASKING,
    "workshops:reveal-consents": DOING,
    "workshops:reveal-dots": DOING,
    "workshops:decide": DECIDE,
    "workshops:decision": LOOK_IN,
    "workshops:earlier-decision": LOOK_IN,
    "workshops:export-decision": LOOK,
    "workshops:adopt": FORM,
    "workshops:share-result": {"POST": EMPTY_POST},
    "workshops:withdraw-result": DO,
    # The link is the right to read it.
    "workshops:result": {"GET": dict.fromkeys(CAST, "see"), "POST": dict.fromkeys(CAST, "405")},
}
# Whichever squad's it is.
BEYOND: Verdicts = {"workshops:result": VERDICTS["workshops:result"]}
