"""The trigger of parked cards: the day has come on which the reason may no longer hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mdd.models import User
from metrics.forms.reassessments import Nothing, UntilPart
from metrics.models import Ruling
from metrics.tiles import Link
from metrics.triggers import Case, Choice, Finding, Given, Trigger, subject_of
from workshops.actions import parked
from workshops.models import Card, Reason

DAY = timedelta(days=1)


def find(now: datetime) -> Iterator[Finding]:
    """Cards whose day has come. One that was never revealed is its author's alone, and nobody is asked about it."""
    cards = Card.objects.parked().filter(workshop__parent=None, is_revealed=True, parked_until__lte=now.date() + DAY)
    for card in cards.select_related("workshop__squad"):
        squad, until = card.workshop.squad, card.parked_until
        if until and until <= now.astimezone(squad.tz).date():
            subject = subject_of(card)
            says = partial(because, Reason(card.reason))
            yield Finding(squad, subject, f"{subject}:{until.isoformat()}", card.text, since=until, says=says)


def because(reason: Reason) -> str:
    return _("Parked because: %(reason)s.") % {"reason": reason.label}


def card_of(case: Case) -> Card:
    return Card.objects.select_related("workshop__topic").get(pk=case.subject[1])


def choices(case: Case) -> Sequence[Choice]:
    keep, adjust, retire = Ruling.Decision.KEEP, Ruling.Decision.ADJUST, Ruling.Decision.RETIRE
    if card_of(case).state != Card.State.PARKED:
        says = gettext_lazy("It lies on the board again. This only closes the question.")
        return [Choice(adjust, gettext_lazy("It is back already"), says, Nothing, bring_back)]
    return [
        Choice(
            keep,
            gettext_lazy("Keep it parked"),
            gettext_lazy("The reason still holds. It is asked about again on a day."),
            UntilPart,
            keep_parked,
        ),
        Choice(
            adjust,
            gettext_lazy("Bring it back"),
            gettext_lazy("It lies on the board of its workshop again, where it was."),
            Nothing,
            bring_back,
        ),
        Choice(
            retire,
            gettext_lazy("Let it go for good"),
            gettext_lazy("It stays parked with its reason, and nobody is asked again."),
            Nothing,
            let_go,
        ),
    ]


def keep_parked(case: Case, given: Given, by: User) -> None:
    parked.leave(card_of(case), until=given["next_review"], by=by)


def bring_back(case: Case, given: Given, by: User) -> None:
    parked.bring_back(card_of(case), by=by)


def let_go(case: Case, given: Given, by: User) -> None:
    parked.leave(card_of(case), until=None, by=by)


def board(case: Case) -> Link:
    return Link(_("The board"), card_of(case).workshop.get_absolute_url())


TRIGGER = Trigger(
    "parked",
    gettext_lazy("a parked card’s day has come"),
    choices,
    find=find,
    asks_why=False,
    place=board,
    decided={
        Ruling.Decision.KEEP: gettext_lazy("kept parked"),
        Ruling.Decision.ADJUST: gettext_lazy("brought back"),
        Ruling.Decision.RETIRE: gettext_lazy("let go for good"),
    },
)
