"""Stages 8 and 9 of a workshop: focus, wrap-up, decision record."""

from tests.access.verdicts.cast import DOING, EMPTY_POST, FORM, LOOK, Verdicts

# Others are told that only a facilitator decides; the admin of the world is one.
DECIDE = {"POST": EMPTY_POST | {"member": "see", "lead": "see"}}
ASK_AGAIN = {"POST": EMPTY_POST}

VERDICTS: Verdicts = {
    "workshops:phrase": ASK_AGAIN,
    "workshops:dot": DOING,
    "workshops:ask-about": DOING,
    "workshops:consent": ASK_AGAIN,
    "workshops:reveal-consents": DOING,
    "workshops:reveal-dots": DOING,
    "workshops:decide": DECIDE,
    "workshops:decision": LOOK,
    "workshops:earlier-decision": LOOK,
    "workshops:export-decision": LOOK,
    "workshops:adopt": FORM,
}
