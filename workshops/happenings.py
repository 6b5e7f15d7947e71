"""What happened on a board, in words that name nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from workshops.models import Card, Reason, Stage
from workshops.trails import Row, Rows


@dataclass(frozen=True)
class Happening:
    """One event: what the log says of it, the rows that it changed, and the buckets of then by their names."""

    kind: str
    payload: Mapping[str, Any]
    rows: Rows
    buckets: Mapping[str, Row]

    @property
    def said(self) -> str:
        """One short sentence, or "" for what is no news."""
        words = WORDS.get(self.kind)
        return words(self) if words else ""

    @staticmethod
    def turned(said: str, *, is_undone: bool) -> str:
        """That it was taken back, or done again."""
        return (_("Undone: %(what)s") if is_undone else _("Redone: %(what)s")) % {"what": said}

    def title(self, pk: int | None) -> str:
        name = f"bucket:{pk}"
        rows = (self.buckets.get(name), *self.rows.get(name, ()))
        return next((row["title"] for row in rows if row and "title" in row), "")

    def after(self, column: str) -> list[Any]:
        """What the changed rows hold in this column now."""
        return [after[column] for _before, after in self.rows.values() if after and column in after]


def thrown(it: Happening) -> str:
    count = len(it.payload.get("cards", it.rows))
    if not count:
        return _("Threw cards.")
    return ngettext("Threw 1 card.", "Threw %(count)s cards.", count) % {"count": count}


def revealed(it: Happening) -> str:
    count = len(it.rows)
    return ngettext("Turned 1 card face up.", "Turned %(count)s cards face up.", count) % {"count": count}


def moved(it: Happening) -> str:
    count = len(it.payload["cards"])
    places = set((it.payload.get("placed") or {}).values())
    if len(places) > 1:
        return _("Put %(count)s cards in %(buckets)s buckets.") % {"count": count, "buckets": len(places)}
    if it.payload["to"] is None:
        return ngettext("Took 1 card out.", "Took %(count)s cards out.", count) % {"count": count}
    said = ngettext("Moved 1 card to %(bucket)s.", "Moved %(count)s cards to %(bucket)s.", count)
    return said % {"count": count, "bucket": it.title(it.payload["to"])}


def opened(it: Happening) -> str:
    if it.payload["cards"]:
        return moved(it)
    return _("Opened %(bucket)s.") % {"bucket": it.title(it.payload["to"])}


def reworded(it: Happening) -> str:
    texts = it.after("text")
    return _("Reworded a card: “%(card)s”") % {"card": texts[0]} if texts else _("Reworded a card.")


def renamed(it: Happening) -> str:
    for before, after in it.rows.values():
        if before and after and "title" in after:
            return _("Renamed %(before)s to %(after)s.") % {"before": before["title"], "after": after["title"]}
    return _("Kept the title of a bucket.")


def removed(it: Happening) -> str:
    return _("Removed %(bucket)s.") % {"bucket": it.title(it.payload["bucket"])}


def phrased(it: Happening) -> str:
    questions = [question for question in it.after("question") if question]
    if questions:
        return _("Phrased a bucket: “%(question)s”") % {"question": questions[0]}
    return _("Phrased a bucket as a question.")


def decided(it: Happening) -> str:
    reason = it.payload.get("reason", "")
    if reason:
        return _("Parked a card: %(reason)s.") % {"reason": Reason(reason).label}
    return _("Kept a card.")


def brought_back(it: Happening) -> str:
    count, group = it.payload.get("cards", 0), it.payload.get("group", "")
    said = ngettext("Brought 1 card back from %(group)s.", "Brought %(count)s cards back from %(group)s.", count)
    return said % {"count": count, "group": group} if group else ""


def settled(it: Happening) -> str:
    kept = sum(state == Card.State.SURVIVED for state in it.after("state"))
    return _("Settled: %(kept)s kept, %(parked)s parked.") % {"kept": kept, "parked": len(it.rows) - kept}


def stage_moved(it: Happening) -> str:
    return _("Went to “%(stage)s”.") % {"stage": Stage(it.payload["to"]).label}


def saying(sentence: Any) -> Callable[[Happening], str]:
    return lambda _it: str(sentence)


WORDS: Mapping[str, Callable[[Happening], str]] = {
    "workshop-started": saying(gettext_lazy("The workshop began.")),
    "board-imported": saying(gettext_lazy("The board was read from a file.")),
    "stage-moved": stage_moved,
    "workshop-paused": saying(gettext_lazy("The workshop rests.")),
    "workshop-open": saying(gettext_lazy("The workshop goes on.")),
    "workshop-closed": saying(gettext_lazy("The workshop was closed.")),
    "cards-thrown": thrown,
    "card-reworded": reworded,
    "card-taken-back": saying(gettext_lazy("Took a card back.")),
    "cards-revealed": revealed,
    "turn-revealed": revealed,
    "cards-moved": moved,
    "cards-grouped": moved,
    "bucket-opened": opened,
    "buckets-merged": moved,
    "suggestion-accepted": moved,
    "bucket-renamed": renamed,
    "bucket-removed": removed,
    "bucket-phrased": phrased,
    "groups-made": saying(gettext_lazy("Split into groups.")),
    "group-brought-back": brought_back,
    "card-judged": saying(gettext_lazy("Judged a card.")),
    "bucket-settled": settled,
    "card-decided": decided,
    "card-restored": saying(gettext_lazy("Brought a card back into play.")),
    "dot-placed": saying(gettext_lazy("Placed a dot.")),
    "dots-revealed": saying(gettext_lazy("Opened the dots.")),
    "dots-hidden": saying(gettext_lazy("Closed the dots to vote again.")),
    "consent-given": saying(gettext_lazy("Answered about the question.")),
    "consent-asked": saying(gettext_lazy("Asked about a question.")),
    "consents-revealed": saying(gettext_lazy("Opened the answers.")),
    "guesses-revealed": saying(gettext_lazy("Opened the guesses.")),
    "main-question-decided": saying(gettext_lazy("Decided on the main question.")),
    "card-adopted": saying(gettext_lazy("Made a metric of a card.")),
}
