"""Stages 5 to 7 of a workshop: throw, group, prune."""

from tests.access.verdicts.cast import ASKING, DOING, Verdicts

VERDICTS: Verdicts = {
    "workshops:throw": ASKING,
    "workshops:reveal-cards": DOING,
    "workshops:move-cards": DOING,
    "workshops:hold-cards": DOING,
    "workshops:undo-move": DOING,
    "workshops:settle-cards": DOING,
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
