"""Stages 5 to 7 of a workshop: throw, group, prune."""

from tests.access.verdicts.cast import ASKING, DOING, EMPTY_POST, FORM, LOOK, LOOK_IN, WRITE_FORM, Verdicts

VERDICTS: Verdicts = {
    "workshops:throw": ASKING,
    "workshops:evidence": {"GET": WRITE_FORM | {"guest": "see"}, "POST": EMPTY_POST | {"guest": "form"}},
    "workshops:throw-evidence": ASKING,
    "workshops:reveal-cards": DOING,
    "workshops:reveal-next-cards": DOING,
    "workshops:move-cards": DOING,
    "workshops:hold-cards": DOING,
    "workshops:undo": DOING,
    "workshops:redo": DOING,
    "workshops:replay": LOOK_IN,
    "workshops:board": LOOK,
    "workshops:export-board": LOOK,
    "workshops:import-board": FORM,
    "workshops:settle-cards": DOING,
    "workshops:lead-to-bucket": DOING,
    "workshops:talk": DOING,
    "workshops:suggest-groups": DOING,
    "workshops:accept-suggestion": DOING,
    "workshops:dismiss-suggestion": DOING,
    "workshops:reword-card": ASKING,
    "workshops:take-back-card": DOING,
    "workshops:judge": DOING,
    "workshops:decide-card": DOING,
    "workshops:restore": DOING,
    "workshops:open-bucket": ASKING,
    "workshops:rename-bucket": ASKING,
    "workshops:merge-bucket": DOING,
    "workshops:remove-bucket": DOING,
}
