"""Bringing the cards of a group back to everybody: as one step, which may be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import ngettext

from mdd import live
from mdd.models import Event
from workshops import copies, timer
from workshops.actions import importing, marking, workshops, writing
from workshops.actions.guests import free_name
from workshops.actions.refusals import Refused
from workshops.actions.workshops import held, minutes_of
from workshops.copies import BucketCopy
from workshops.models import Bucket, Card, Participant, Workshop
from workshops.trails import Trail

BRINGS = UUID("f3f9d0c0-1d7e-4b0f-93a4-0d5f6c8f2b11")
BROUGHT, APART_AGAIN = "group-brought-back", "group-apart-again"


@transaction.atomic
def bring_back(whole: Workshop, *, group: Workshop, by: Participant, operation: UUID) -> None:
    """Lay a group's cards and buckets on everybody's board; buckets of one name become one. The group is over then.

    Raises Refused where that has been done, and while cards of it lie face down: only their authors may read them.
    """
    if not writing.is_new(whole, operation):
        return
    live.is_new(group.topic, operation)  # holds the group: nobody throws there meanwhile
    group = held(group)
    refuse(group)
    trail = Trail(group)
    made = lay_down(held(whole), group)
    close(group)
    marking.hint(whole)
    cards = sum(isinstance(row, Card) for row in made)
    payload = {"group": group.title, "cards": cards, "rows": trail.since(*made)}
    live.record(whole.topic, BROUGHT, operation=operation, by=by.actor, payload=payload)
    live.record(group.topic, BROUGHT, operation=uuid5(BRINGS, str(operation)), by=by.actor)


def refuse(group: Workshop) -> None:
    if group.state == Workshop.State.CLOSED:
        raise Refused(writing.back_already(group))
    hidden = Card.objects.filter(workshop=group, is_revealed=False).count()
    if hidden:
        said = ngettext(
            "In “%(group)s” %(n)s card still lies face down. Reveal it there first.",
            "In “%(group)s” %(n)s cards still lie face down. Reveal them there first.",
            hidden,
        )
        raise Refused(said % {"group": group.title, "n": hidden})


def lay_down(whole: Workshop, group: Workshop) -> list[Model]:
    """The copy of the group's board, as any board is brought from a file; what was made for it."""
    board = copies.of(group)
    before = set(whole.buckets.values_list("pk", flat=True))
    buckets = places(whole, board.buckets)
    rows = importing.throw(whole, board.cards, buckets, authors(whole, group))
    return [*{bucket.pk: bucket for bucket in buckets if bucket.pk not in before}.values(), *rows]


def places(whole: Workshop, wanted: Sequence[BucketCopy]) -> Sequence[Bucket]:
    """A bucket for each of the group's: that of the same name, or a new one behind the others."""
    there = {bucket.title.casefold(): bucket for bucket in whole.buckets.all()}
    last = whole.buckets.aggregate(last=Max("position"))["last"] or 0
    for place, each in enumerate(wanted, start=last + 1):
        if each.title.casefold() not in there:
            made = Bucket.objects.create(workshop=whole, title=each.title, origin=each.origin, position=place)
            there[each.title.casefold()] = made
    return [there[each.title.casefold()] for each in wanted]


def authors(whole: Workshop, group: Workshop) -> Sequence[Participant | None]:
    """Who stands for each card in the whole, in the order of the copy. Nobody in an anonymous workshop."""
    cards = Card.objects.filter(workshop=group, is_revealed=True).order_by("pk")
    seats = group.participants.select_related("user", "origin")
    people = {} if whole.is_anonymous else {seat.pk: person_of(whole, seat) for seat in seats}
    return [people.get(card.participant_id or 0) for card in cards]


def person_of(whole: Workshop, seat: Participant) -> Participant:
    """Somebody's place in the whole, taken now if they had none there."""
    if seat.origin:
        return seat.origin
    if seat.user:
        return workshops.join(whole, user=seat.user)
    return Participant.objects.create(workshop=whole, name=free_name(whole, seat.name), has_device=seat.has_device)


def close(group: Workshop) -> None:
    timer.rest(group, minutes_of(group))
    group.state = Workshop.State.CLOSED
    group.moving_to, group.moves_at = "", None
    group.save(update_fields=[*workshops.MOVING, "state"])


def has_gone_on(group: Workshop) -> bool:
    """Whether something has happened there since it was apart again."""
    last = Event.objects.filter(topic=group.topic_id).order_by("-serial").first()
    return last is None or last.kind != APART_AGAIN


def tell(group: Workshop) -> None:
    """That the bringing back was undone or redone."""
    kind = BROUGHT if held(group).state == Workshop.State.CLOSED else APART_AGAIN
    for topic in (group.topic, group.parent.topic if group.parent else group.topic):
        live.record(topic, kind, operation=uuid4(), by=None)
