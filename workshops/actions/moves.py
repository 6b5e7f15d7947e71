"""Moving cards between the tangle and the buckets.

The event of a move says where each card came from (`cards`) and where all of them went (`to`), or where each went
(`placed`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from workshops.actions import faster, writing
from workshops.actions.faster import Late, Outrun
from workshops.actions.refusals import Refused
from workshops.models import IN_PLAY, Bucket, Card, Participant, Workshop
from workshops.trails import Trail

# Cards, each with the bucket that it was in when it was taken in hand.
Held = Mapping[int, int | None]


@transaction.atomic
def move(workshop: Workshop, *, held: Held, to: int | None, by: Participant, operation: UUID) -> Late | None:
    """Put cards in a bucket, or take them out of theirs.

    What somebody else has moved since it was seen stays where it is: the answer is about that.
    """
    if not writing.is_new(workshop, operation):
        return None
    if not held:
        raise Refused(_("Choose a card first, then where it goes."))
    bucket = bucket_of(workshop, to) if to else None
    return put(workshop, held, bucket, kind="cards-moved", by=by, operation=operation)


def bucket_of(workshop: Workshop, pk: int) -> Bucket:
    bucket = Bucket.objects.filter(workshop=workshop, pk=pk).first()
    if bucket is None:
        raise Refused(_("That bucket is gone, so the cards stay where they are."))
    return bucket


def put(
    workshop: Workshop,
    held: Held,
    bucket: Bucket | None,
    *,
    kind: str,
    by: Participant,
    operation: UUID,
    opened: Sequence[Bucket] = (),
) -> Late | None:
    """Move the cards that are still where they were seen, and write the event, with the buckets `opened` for it.

    Raises Outrun where none is, Refused where there is nothing to do.
    """
    rows = Card.objects.on_board().filter(workshop=workshop, is_revealed=True, pk__in=held)
    cards = list(rows.select_related("bucket").select_for_update(of=("self",)).order_by("pk"))
    late = [card for card in cards if card.bucket_id != held[card.pk]]
    wanted = [card for card in cards if card.bucket_id == held[card.pk] and card.bucket != bucket]
    kept = metrics_among(wanted)
    moved = [card for card in wanted if card not in kept]
    if held and not moved:
        refuse(late, kept, bucket)
    trail, came_from = Trail(*moved), {str(card.pk): card.bucket_id for card in moved}
    lay(moved, bucket)
    to = bucket.pk if bucket else None
    payload = {"cards": came_from, "to": to, "rows": trail.to(*moved, *opened)}
    live.record(workshop.topic, kind, operation=operation, by=by.actor, payload=payload)
    return lost(late, kept, bucket)


def metrics_among(cards: Iterable[Card]) -> list[Card]:
    """Those that have become metrics: they stay in the bucket whose dashboard shows them."""
    return list(Card.objects.filter(pk__in=[card.pk for card in cards], adoption__isnull=False).order_by("pk"))


def refuse(late: Sequence[Card], kept: Sequence[Card], bucket: Bucket | None) -> NoReturn:
    if outrun := lost(late, kept, bucket):
        raise Outrun(outrun)
    raise Refused(_("Those cards lie there already, or are parked."))


def lost(late: Sequence[Card], kept: Sequence[Card], bucket: Bucket | None) -> Late | None:
    """None where all has gone as wanted. What was put where it was to go anyway is said, and wanted no longer."""
    said = [*([sentence(late)] if late else []), *([staying(kept)] if kept else [])]
    elsewhere = {card.pk: card.bucket_id for card in late if card.bucket != bucket}
    return Late(" ".join(said), elsewhere, bucket) if said else None


def lay(cards: Iterable[Card], bucket: Bucket | None) -> None:
    """Put cards that are held against others. Where they lie says their state too, as long as they are in play."""
    state = Card.State.GROUPED if bucket else Card.State.THROWN
    by_state: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        card.bucket = bucket
        card.state = state if card.state in IN_PLAY else card.state
        by_state[card.state].append(card.pk)
    for said, pks in by_state.items():
        Card.objects.filter(pk__in=pks).update(bucket=bucket, state=said)


def staying(kept: Sequence[Card]) -> str:
    if len(kept) > 1:
        return _("%(count)s of these are metrics already, so they stay where they are.") % {"count": len(kept)}
    return _("“%(card)s” is a metric already, so it stays where it is.") % {"card": kept[0].text}


def sentence(late: Sequence[Card]) -> str:
    """What is said about cards that somebody else moved first."""
    if len(late) > 1:
        return _("Somebody else moved %(count)s of these meanwhile; they stay where they are now.") % {
            "count": len(late)
        }
    words = {"card": late[0].text, "bucket": late[0].bucket, "who": faster.who(late[0])}
    if late[0].bucket is None:
        return _("%(who)s took “%(card)s” out meanwhile, so it stays there.") % words
    return _("%(who)s put “%(card)s” in %(bucket)s meanwhile, so it stays there.") % words
