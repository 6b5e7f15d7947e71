"""The stage that chooses: each bucket as one question, dots, consent, and the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, Q
from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.http import Request
from workshops import entered, focus, voices
from workshops.actions import anonymity
from workshops.focus import Place, Said
from workshops.forms.focus import ConsentForm, DecideForm, PhraseForm
from workshops.models import IN_PLAY, Bucket, Card, Consent, Decision, Vote
from workshops.pages import guessing
from workshops.pages.guessing import Guessing
from workshops.rooms import Room

REVIEWED_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class Candidate:
    """A bucket that holds survivors: its words, what lies in it, and my dots on it."""

    bucket: Bucket
    survivors: Sequence[Card]
    unsettled: Sequence[Card]
    is_choosable: bool
    dots: int
    form: Form | None
    is_unfolded: bool
    guessing: Guessing


@dataclass(frozen=True)
class Asked:
    """The bucket that everybody is asked about, and what came of it as far as it is revealed.

    `outdated` is one's last answer, and `earlier` is what was revealed, where these were to other words.
    """

    bucket: Bucket
    mine: Consent | None
    outdated: Consent | None
    form: Form | None
    said: Said | None
    earlier: Said | None
    entered: int
    decide: Form | None
    doubt: str


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    buckets = with_cards(request, room)
    votes = Vote.objects.filter(bucket__in=buckets)
    mine = {vote.bucket_id: vote.dots for vote in voices.own(room, request.actor, votes)}
    placed = sum(vote.dots for vote in votes.filter(participant=room.voice)) if room.voice else sum(mine.values())
    dots = focus.opened(Vote.objects.filter(bucket__workshop=room.workshop))
    places = focus.placed(buckets, dots)
    is_open = bool(dots)
    decision = focus.latest(room.workshop)
    about = focus.asked_about(room.workshop, places) if is_open else None
    budget = focus.budget(len(buckets))
    guessed = guessing.of(request, room, buckets, asked)
    next_to_phrase = next((bucket.pk for bucket in buckets if not bucket.question), None)
    return {
        "candidates": [candidate(bucket, room, mine, asked, next_to_phrase, guessed[bucket.pk]) for bucket in buckets],
        "budget": budget,
        "left": max(0, budget - placed),
        "is_open": is_open,
        "top": top(places) if is_open else [],
        "entered": entered.in_dots(room.workshop) if is_open else 0,
        "counts": focus.people_of(room.workshop, about),
        "asked": about and asking(request, room, about, decision, asked),
        "decision": decision,
        **besides(request, room),
    }


def with_cards(request: Request, room: Room) -> list[Bucket]:
    """The candidates with those of their cards that the actor may see."""
    lying = Card.objects.visible_to(request.actor).exclude(state=Card.State.PARKED).order_by("pk")
    rows = focus.candidates(room.workshop).prefetch_related(Prefetch("cards", lying, to_attr="lying"))
    return list(rows)


def candidate(
    bucket: Bucket,
    room: Room,
    mine: Mapping[int, int],
    asked: Mapping[str, Form],
    next_to_phrase: int | None,
    guessed: Guessing,
) -> Candidate:
    lying: list[Card] = getattr(bucket, "lying", [])
    again = asked.get(f"phrase-{bucket.pk}")
    return Candidate(
        bucket=bucket,
        survivors=[card for card in lying if card.state == Card.State.SURVIVED],
        unsettled=[card for card in lying if card.state == Card.State.GROUPED],
        is_choosable=focus.is_choosable(bucket),
        dots=mine.get(bucket.pk, 0),
        form=(again or phrase_form(bucket)) if may_act(room) else None,
        is_unfolded=again is not None or bucket.pk == next_to_phrase,
        guessing=guessed,
    )


def phrase_form(bucket: Bucket) -> PhraseForm:
    said = {"question": bucket.question, "unit": bucket.unit, "if_rises": bucket.if_rises, "if_falls": bucket.if_falls}
    return PhraseForm(initial={**said, "seen": bucket.stamp}, auto_id=f"phrase_{bucket.pk}_%s")


def may_act(room: Room) -> bool:
    return room.may_write and room.workshop.is_open


def top(places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place.dots][: focus.SHOWN]


def asking(request: Request, room: Room, bucket: Bucket, decision: Decision | None, asked: Mapping[str, Form]) -> Asked:
    said, earlier = focus.said_about(bucket)
    own = voices.own(room, request.actor, Consent.objects.filter(bucket=bucket).order_by("-pk"))
    mine = next((answer for answer in own if answer.about == bucket.stamp), None)
    outdated = None if mine else next(iter(own), None)
    consents = asked.get("consent") or consent_form(bucket, mine, outdated)
    decides = asked.get("decide") or decide_form(room, bucket, said, decision)
    return Asked(
        bucket=bucket,
        mine=mine,
        outdated=outdated,
        form=consents if may_act(room) and said is None else None,
        said=said,
        earlier=earlier,
        entered=entered.in_consents(room.workshop, bucket) if said else 0,
        doubt=anonymity.warning(anonymity.few(room.workshop, Consent.objects.to_words_of(bucket))),
        decide=decides if room.is_facilitator and room.workshop.is_open and said else None,
    )


def consent_form(bucket: Bucket, mine: Consent | None, outdated: Consent | None) -> ConsentForm:
    """Filled with what one has said; of an answer to other words with what was typed, and nothing is chosen for one."""
    value, text = (mine.value, mine.text) if mine else ("", outdated.text if outdated else "")
    return ConsentForm(initial={"value": value, "text": text, "seen": bucket.stamp})


def decide_form(room: Room, bucket: Bucket, said: Said | None, decision: Decision | None) -> DecideForm:
    """Filled with what was said before, and with what worries people now."""
    today = timezone.now().astimezone(room.workshop.squad.tz).date()
    is_same = decision is not None and decision.bucket_id == bucket.pk
    before = {"guardrail": decision.guardrail, "gaming": decision.gaming} if decision and is_same else {}
    return DecideForm(
        workshop=room.workshop,
        auto_id="decide_%s",
        initial={
            "seen": decision.number if decision else 0,
            "bucket": bucket.pk,
            "about": bucket.stamp,
            "dissent": dissent(said),
            "review_date": today + REVIEWED_AFTER,
            **before,
        },
    )


def dissent(said: Said | None) -> str:
    words = {Consent.Value.CONCERN: _("Concern"), Consent.Value.OBJECTION: _("Objection")}
    worries = said.worries if said else ()
    return "\n".join(f"{words[Consent.Value(value)]}: {text}" for value, text in worries)


def besides(request: Request, room: Room) -> dict[str, object]:
    """Survivors in no bucket, which can be adopted and cannot be the main question, and how many are not settled."""
    wanted = Q(state=Card.State.SURVIVED, bucket=None) | Q(state__in=IN_PLAY, is_revealed=True)
    cards = list(Card.objects.visible_to(request.actor).filter(wanted, workshop=room.workshop).order_by("pk"))
    loose = [card for card in cards if card.state == Card.State.SURVIVED]
    return {"loose": loose, "unsettled": len(cards) - len(loose)}
