"""Stages 8 and 9 of a workshop: focus, wrap-up, decision record."""

from tests.access.verdicts.cast import ASKING, DOING, FORM, LOOK, LOOK_IN, Verdicts

# Others are told that only a facilitator decides; the admin of the world is one.
DECIDE = {"POST": ASKING["POST"] | {"member": "see", "lead": "see", "guest": "see"}}

VERDICTS: Verdicts = {
    "workshops:phrase": ASKING,
    "workshops:dot": DOING,
    "workshops:ask-about": DOING,
    "workshops:consent": ASKING,
    "workshops:reveal-consents": DOING,
    "workshops:reveal-dots": DOING,
    "workshops:decide": DECIDE,
    "workshops:decision": LOOK_IN,
    "workshops:earlier-decision": LOOK_IN,
    "workshops:export-decision": LOOK,
    "workshops:adopt": FORM,
}
