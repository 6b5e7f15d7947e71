"""Stages 5 to 7 of a workshop: throw, group, prune."""

from tests.access.verdicts.cast import DOING, EMPTY_POST, Verdicts

ASKED = {"POST": EMPTY_POST}

VERDICTS: Verdicts = {
    "workshops:throw": ASKED,
    "workshops:reveal-cards": DOING,
    "workshops:move-cards": DOING,
    "workshops:undo-move": DOING,
    "workshops:settle-cards": DOING,
    "workshops:reword-card": ASKED,
    "workshops:take-back-card": DOING,
    "workshops:judge": DOING,
    "workshops:decide-card": DOING,
    "workshops:restore": DOING,
    "workshops:open-bucket": ASKED,
    "workshops:rename-bucket": ASKED,
    "workshops:merge-bucket": DOING,
    "workshops:remove-bucket": DOING,
}
