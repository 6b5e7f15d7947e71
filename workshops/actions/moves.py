"""Moving cards between the tangle and the buckets, and taking a move back.

The event of a move holds where each card came from (`cards`) and where all of them went (`to`): its own inverse. One
that put cards in several buckets says where each went (`placed`), and which buckets it made for that (`opened`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, ProtectedError, QuerySet, Value, When
from django.utils.translation import gettext as _

from mdd import live
from mdd.models import Event
from workshops.actions import faster
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Card, Participant, Workshop

# Cards, each with the bucket that it was in when it was taken in hand.
Held = Mapping[int, int | None]


@transaction.atomic
def move(workshop: Workshop, *, held: Held, to: int | None, by: Participant, operation: UUID) -> str:
    """Put cards in a bucket, or take them out of theirs.

    What somebody else has moved since it was seen stays where it is: the answer is a sentence about that, or "".
    """
    if not live.is_new(workshop.topic, operation):
        return ""
    if not held:
        raise Refused(_("Choose a card first, then where it goes."))
    bucket = bucket_of(workshop, to) if to else None
    return put(workshop, held, bucket, kind="cards-moved", by=by, operation=operation)


@transaction.atomic
def undo(workshop: Workshop, *, of: UUID, by: Participant, operation: UUID) -> None:
    """Take one's own move back, unless somebody else has changed it since."""
    if not live.is_new(workshop.topic, operation):
        return
    event = own_moves(workshop, by).filter(operation=of).first()
    if event is None or is_undone(workshop, of):
        raise Refused(_("There is nothing to undo."))
    cards = list(Card.objects.on_board().filter(workshop=workshop, pk__in=event.payload["cards"]))
    if is_changed_since(event, cards):
        raise Refused(_("Somebody has moved it since, so it stays where it is."))
    for origin in set(event.payload["cards"].values()):
        back = [card.pk for card in cards if event.payload["cards"][str(card.pk)] == origin]
        lay(back, bucket_of(workshop, origin) if origin else None)
    close(event)
    payload = {"undone": str(of), "cards": landed(event)}
    live.record(workshop.topic, "move-undone", operation=operation, by=by.actor, payload=payload)


def landed(move: Event) -> dict[str, int | None]:
    """Where each card went."""
    return move.payload.get("placed") or dict.fromkeys(move.payload["cards"], move.payload["to"])


def close(move: Event) -> None:
    """Put the buckets away that were opened for it, but for those that hold something else or have a name by now."""
    later = Event.objects.filter(topic=move.topic_id, serial__gt=move.serial, kind="bucket-renamed")
    named = list(later.values_list("payload__bucket", flat=True))
    for bucket in Bucket.objects.filter(pk__in=move.payload.get("opened", [])).exclude(pk__in=named):
        with suppress(ProtectedError), transaction.atomic():
            bucket.delete()


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
) -> str:
    """Move the cards that are still where they were seen, and write the event, with the buckets `opened` for it."""
    rows = Card.objects.on_board().filter(workshop=workshop, is_revealed=True, pk__in=held)
    cards = list(rows.select_related("bucket").select_for_update(of=("self",)).order_by("pk"))
    late = [card for card in cards if card.bucket_id != held[card.pk]]
    moved = [card for card in cards if card.bucket_id == held[card.pk] and card.bucket != bucket]
    if held and not moved:
        raise Refused(sentence(late) or _("Those cards lie there already, or are parked."))
    lay([card.pk for card in moved], bucket)
    to = bucket.pk if bucket else None
    cards_from = {str(card.pk): card.bucket_id for card in moved}
    payload = {"cards": cards_from, "to": to, "opened": [each.pk for each in opened]}
    live.record(workshop.topic, kind, operation=operation, by=by.actor, payload=payload)
    return sentence(late)


def lay(cards: Iterable[int], bucket: Bucket | None) -> None:
    """Where cards lie says their state too, as long as they are in play."""
    state = Card.State.GROUPED if bucket else Card.State.THROWN
    in_play = When(state__in=(Card.State.THROWN, Card.State.GROUPED), then=Value(state))
    Card.objects.filter(pk__in=cards).update(bucket=bucket, state=Case(in_play, default=F("state")))


def sentence(late: Sequence[Card]) -> str:
    """What is said about cards that somebody else moved first."""
    if not late:
        return ""
    if len(late) > 1:
        return _("Somebody else moved %(count)s of these meanwhile; they stay where they are now.") % {
            "count": len(late)
        }
    words = {"card": late[0].text, "bucket": late[0].bucket, "who": faster.who(late[0])}
    if late[0].bucket is None:
        return _("%(who)s took “%(card)s” out meanwhile, so it stays there.") % words
    return _("%(who)s put “%(card)s” in %(bucket)s meanwhile, so it stays there.") % words


def own_moves(workshop: Workshop, by: Participant) -> QuerySet[Event]:
    """One's moves, the last first."""
    mine = Event.objects.filter(topic=workshop.topic, by=live.key_of(by.actor))
    return mine.filter(payload__has_key="to").order_by("-serial")


def is_undone(workshop: Workshop, of: UUID) -> bool:
    return Event.objects.filter(topic=workshop.topic, kind="move-undone", payload__undone=str(of)).exists()


def is_changed_since(move: Event, cards: Sequence[Card]) -> bool:
    """Whether a card is not there any more, or somebody else has moved it in between."""
    places = landed(move)
    pks = list(places)
    later = Event.objects.filter(topic=move.topic_id, serial__gt=move.serial, payload__cards__has_any_keys=pks)
    is_away = len(cards) != len(pks) or any(card.bucket_id != places[str(card.pk)] for card in cards)
    return is_away or later.exclude(by=move.by).exists()
