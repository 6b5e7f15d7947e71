"""Suggested groups: worked out when somebody asks, shown to them alone, and nothing moves until they accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd import live
from workshops import suggestions
from workshops.actions import moves, writing
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Card, Participant, SuggestedCard, Suggestion, Workshop
from workshops.trails import Rows, Trail


class Group(NamedTuple):
    """Loose cards that would go together: into the bucket where others like them lie, or a new one of this title."""

    cards: Sequence[Card]
    bucket: Bucket | None
    title: str


def suggest(workshop: Workshop, *, by: Participant, operation: UUID) -> None:
    """Put new suggestions in the place of one's earlier ones. Raises Refused where no loose cards are alike."""
    groups = list(look(workshop))  # before the topic is locked: others go on moving cards meanwhile
    with transaction.atomic():
        if not writing.is_new(workshop, operation):
            return
        by.suggestions.all().delete()
        for group in groups:
            keep(group, by)
        told(workshop, "groups-suggested", by, operation)
    if not groups:
        raise Refused(_("No loose cards are alike enough to suggest a group."))


def look(workshop: Workshop) -> Iterator[Group]:
    rows = Card.objects.on_board().filter(workshop=workshop, is_revealed=True).select_related("bucket").order_by("pk")
    cards = list(rows)
    for indexes in suggestions.groups([card.text for card in cards]):
        inside = [cards[index] for index in indexes]
        loose = [card for card in inside if card.bucket is None]
        bucket = home([card.bucket for card in inside if card.bucket])
        if loose and (bucket or len(loose) > 1):
            yield Group(loose, bucket, "" if bucket else draft(inside, cards))


def home(buckets: Sequence[Bucket]) -> Bucket | None:
    """Where most of the cards lie that a person has placed already."""
    ranked = Counter(buckets).most_common()
    return min(ranked, key=lambda each: (-each[1], each[0].position, each[0].pk))[0] if ranked else None


def draft(inside: Sequence[Card], cards: Sequence[Card]) -> str:
    others = [card.text for card in cards if card not in inside]
    return suggestions.title([card.text for card in inside], others) or _("Similar cards")


def keep(group: Group, by: Participant) -> None:
    row = Suggestion.objects.create(by=by, bucket=group.bucket, title=group.title)
    SuggestedCard.objects.bulk_create(SuggestedCard(suggestion=row, card=card, text=card.text) for card in group.cards)


@transaction.atomic
def accept(workshop: Workshop, *, group: int | None, by: Participant, operation: UUID) -> str:
    """Move the cards of one suggested group, or of all, in one step that one undo takes back.

    What has been moved or worded anew since it was suggested is left alone: the answer is a sentence about that, or "".
    """
    if not writing.is_new(workshop, operation):
        return ""
    asked = wanted(by, group)
    fresh, late = parted(asked)
    opened: list[Bucket] = []
    placed: dict[int, int] = {}
    rows = Card.objects.in_bulk([pk for cards in fresh.values() for pk in cards])
    trail = Trail(*rows.values())
    for suggestion, cards in fresh.items():
        bucket = suggestion.bucket or open_for(workshop, suggestion, opened)
        moves.lay([rows[pk] for pk in cards], bucket)
        placed |= dict.fromkeys(cards, bucket.pk)
    Suggestion.objects.filter(pk__in=[suggestion.pk for suggestion in asked]).delete()
    record(workshop, placed, trail.to(*rows.values(), *opened), by, operation)
    return sentence(late)


def offer_again(workshop: Workshop, *, placed: Mapping[str, int], opened: Mapping[int, str], by: Participant) -> None:
    """Suggest what was accepted and is undone: each group for the bucket it went to, or that was `opened` for it.

    What has been suggested to them since stays as it is.
    """
    suggested = SuggestedCard.objects.filter(suggestion__by=by).values("card")
    loose = Card.objects.on_board().filter(workshop=workshop, bucket=None, pk__in=placed).exclude(pk__in=suggested)
    groups: dict[int, list[Card]] = {}
    for card in loose.order_by("pk"):
        groups.setdefault(placed[str(card.pk)], []).append(card)
    there = Bucket.objects.in_bulk(list(groups))
    for pk, cards in groups.items():
        if bucket := there.get(pk):
            keep(Group(cards, bucket, ""), by)
        elif pk in opened:
            keep(Group(cards, None, opened[pk]), by)


def forget(*, placed: Mapping[str, int], by: Participant) -> None:
    """What is accepted once more is suggested no longer."""
    Suggestion.objects.filter(by=by, cards__card__in=[int(card) for card in placed]).delete()


@transaction.atomic
def dismiss(workshop: Workshop, *, group: int | None, by: Participant, operation: UUID) -> None:
    """Look no longer at one suggested group, or at any."""
    if not writing.is_new(workshop, operation):
        return
    rows = by.suggestions.all()
    (rows.filter(pk=group) if group else rows).delete()
    told(workshop, "suggestion-dismissed", by, operation)


def wanted(by: Participant, group: int | None) -> list[Suggestion]:
    rows = Suggestion.objects.of(by)
    asked = list(rows.filter(pk=group) if group else rows)
    if not asked:
        raise Refused(_("That suggestion is gone. Ask for suggestions again."))
    return asked


def parted(asked: Iterable[Suggestion]) -> tuple[dict[Suggestion, list[int]], list[Card]]:
    """The cards that are still loose and say the same, by suggestion, and those that are not any more."""
    suggested = {each.card_id: each for suggestion in asked for each in suggestion.cards.all()}
    cards = (
        Card.objects.filter(pk__in=suggested).select_related("bucket").select_for_update(of=("self",)).order_by("pk")
    )
    fresh: dict[Suggestion, list[int]] = {}
    late = []
    for card in cards:
        if card.is_loose and card.text == suggested[card.pk].text:
            fresh.setdefault(suggested[card.pk].suggestion, []).append(card.pk)
        else:
            late.append(card)
    return fresh, late


def open_for(workshop: Workshop, suggestion: Suggestion, opened: list[Bucket]) -> Bucket:
    last = Bucket.objects.filter(workshop=workshop).aggregate(last=Max("position"))["last"]
    origin = Bucket.Origin.SUGGESTED
    bucket = Bucket.objects.create(workshop=workshop, title=suggestion.title, position=(last or 0) + 1, origin=origin)
    opened.append(bucket)
    return bucket


def record(workshop: Workshop, placed: dict[int, int], rows: Rows, by: Participant, operation: UUID) -> None:
    buckets = set(placed.values())
    payload = {
        "cards": dict.fromkeys(placed),
        "to": buckets.pop() if len(buckets) == 1 else None,
        "placed": placed,
        "rows": rows,
    }
    live.record(workshop.topic, "suggestion-accepted", operation=operation, by=by.actor, payload=payload)


def told(workshop: Workshop, kind: str, by: Participant, operation: UUID) -> None:
    """Only to who did it: nothing has changed for anybody else."""
    live.record(workshop.topic, kind, operation=operation, by=by.actor, audience=by.actor)


def sentence(late: Sequence[Card]) -> str:
    if len(late) > 1:
        said = ngettext("%(n)s card", "%(n)s cards", len(late)) % {"n": len(late)}
        return _("%(cards)s changed meanwhile, so they stay where they are now.") % {"cards": said}
    for card in late:
        words = {"card": card.text, "bucket": card.bucket}
        if card.is_loose:
            return _("“%(card)s” was worded anew meanwhile, so it stays loose.") % words
        if card.bucket:
            return _("Somebody put “%(card)s” in %(bucket)s meanwhile, so it stays there.") % words
        return _("Somebody parked “%(card)s” meanwhile, so it stays there.") % words
    return ""
