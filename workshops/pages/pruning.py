"""Prune: one bucket at a time, what each would keep, and what is to be talked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.http import Request
from mdd.models import Event
from workshops import places, settling, voices
from workshops.models import Bucket, Card, Keep, Pruning, Reason, Stage, Workshop
from workshops.pages import board
from workshops.parts import board as parts
from workshops.rooms import Room

LOOSE = "loose"


@dataclass
class Tab:
    """A bucket, or the loose cards (`bucket` is None)."""

    bucket: Bucket | None
    cards: list[Card] = field(default_factory=list)
    is_current: bool = False
    is_everybodys: bool = False

    @property
    def key(self) -> str:
        return str(self.bucket.pk) if self.bucket else LOOSE

    @property
    def title(self) -> str:
        return self.bucket.title if self.bucket else _("Loose cards")

    @property
    def in_play(self) -> list[Card]:
        return [card for card in self.cards if card.state in {Card.State.THROWN, Card.State.GROUPED}]

    @property
    def kept(self) -> list[Card]:
        return [card for card in self.cards if card.state == Card.State.SURVIVED]

    @property
    def warnings(self) -> list[str]:
        """What is worth a second look; nothing is forbidden."""
        if not self.bucket or not self.cards:
            return []
        serves = any(card.expectation_id for card in self.cards)
        measures = any(card.kind == Card.Kind.METRIC for card in self.cards)
        return [
            *([] if serves else [_("It serves no expectation yet: whose question is it?")]),
            *([] if measures else [_("No card is of kind metric: what would we count?")]),
        ]


def back(workshop: Workshop, bucket: int | None) -> HttpResponse:
    """To the workshop, with the same bucket open."""
    where = f"at={Stage.THROW}" if workshop.is_ahead else f"bucket={bucket or LOOSE}"
    return redirect(f"{workshop.get_absolute_url()}?{where}")


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    cards = list(board.shown(request, room).filter(is_revealed=True))
    on_board = [card for card in cards if card.state != Card.State.PARKED]
    edited = board.edited(request, room, asked, on_board)
    tabs = tabs_of(room.workshop, on_board)
    place = Pruning.objects.filter(workshop=room.workshop).first()
    together = everybodys(tabs, place)
    current = chosen(tabs, request.GET.get("bucket"), edited) or together
    together.is_everybodys = current.is_current = True
    mine = voices.own(room, request.actor, Keep.objects.filter(card__in=current.in_play))
    return {
        "tabs": tabs,
        "together": together,
        "current": current,
        "following": following(tabs, current),
        "talks": talks(room.workshop, current),
        "talk": place,
        "mine": {keep.card_id: keep for keep in mine},
        "parked": [card for card in cards if card.state == Card.State.PARKED],
        "edited": edited,
        "reasons": Reason.choices,
        "unsettled": sum(len(tab.in_play) for tab in tabs),
        **parts.told_of_face_down(room.reading, is_facilitator=room.is_facilitator),
        **judging(room, place),
    }


def judging(room: Room, place: Pruning | None) -> dict[str, object]:
    """Whether verdicts count now. When the time is up, those on the card that is talked about do."""
    now = timezone.now()
    is_over = room.clock.ends_at is not None and room.clock.ends_at <= now
    is_talking = place is not None and place.talk_ends_at is not None and place.talk_ends_at > now
    may_write = room.may_write and room.workshop.is_open
    return {
        "is_over": is_over and room.workshop.is_open,
        "may_restore": may_write,
        "may_judge": may_write and not is_over,
        "talk_judged": place.talk_id if may_write and place and is_talking else None,
    }


def tabs_of(workshop: Workshop, cards: Sequence[Card]) -> list[Tab]:
    """The buckets that hold cards, and what is loose."""
    tabs: dict[int | None, Tab] = {row.pk: Tab(row) for row in Bucket.objects.filter(workshop=workshop)}
    tabs[None] = Tab(None)
    for card in cards:
        tabs[card.bucket_id].cards.append(card)
    return [tab for tab in tabs.values() if tab.cards] or [tabs[None]]


def everybodys(tabs: Sequence[Tab], place: Pruning | None) -> Tab:
    """Where all of you are."""
    by_bucket = {tab.bucket.pk if tab.bucket else None: tab for tab in tabs}
    return by_bucket[places.everybodys({bucket: bool(tab.in_play) for bucket, tab in by_bucket.items()}, place)]


def chosen(tabs: Sequence[Tab], asked: str | None, edited: board.Edited | None) -> Tab | None:
    """The tab of the card that is being worded, else the one asked for by somebody who looks around."""
    for tab in tabs:
        if edited and any(card.pk == edited.pk for card in tab.cards):
            return tab
    return next((tab for tab in tabs if tab.key == asked), None)


def following(tabs: Sequence[Tab], current: Tab) -> Tab | None:
    """The next one that has something to judge."""
    later = tabs[tabs.index(current) + 1 :]
    return next((tab for tab in later if tab.in_play), None)


def talks(workshop: Workshop, tab: Tab) -> list[tuple[Card, settling.Tally]]:
    """The cards that the last settling of this bucket left split, the most divided first.

    Only theirs are counted: before that, verdicts are private.
    """
    settled = Event.objects.filter(
        topic=workshop.topic, kind="bucket-settled", payload__bucket=tab.bucket.pk if tab.bucket else None
    )
    last = settled.order_by("-serial").first()
    split = {card.pk: card for card in tab.in_play if last and card.pk in last.payload["split"]}
    tallies = settling.tallies(split) if split else {}
    return sorted(((split[pk], tally) for pk, tally in tallies.items()), key=lambda pair: pair[1].spread, reverse=True)
