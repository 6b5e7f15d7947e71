"""Prune: how many have judged each card. Neither who, nor how."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from mdd.live.feeds import Groups
from workshops.models import IN_PLAY, Keep

from .shared import SharedRoom

KEPT = 4096


@lru_cache(maxsize=KEPT)
def count(card: int, done: int, judges: int, language: str | None) -> str:
    told = {"pk": card, "done": done, "judges": judges}
    return render_to_string("workshops/parts/judged.html", told).strip()


def judged(room: SharedRoom) -> Groups:
    """A part for each card that is in play."""
    judges = [person.pk for person in room.inside if not person.is_observer]
    given = Keep.objects.filter(card__workshop=room.workshop, participant__in=judges).values_list("card", flat=True)
    done = Counter(given)
    cards = [pk for pk, state, is_revealed in room.reading.turned if is_revealed and state in IN_PLAY]
    language = get_language()
    return {f"judged-{pk}": {f"judged-{pk}": count(pk, done[pk], len(judges), language)} for pk in cards}


PARTS = {"judged": judged}
