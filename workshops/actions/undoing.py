"""Taking back what one did on the board, and doing it again: the rows become what they were.

Refused where somebody else has changed them since. What a doing made and others use by now stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mdd import live
from workshops import focus
from workshops.actions import (
    adopting,
    anonymity,
    bringing_back,
    counting,
    guessing,
    judging,
    keeps,
    marking,
    moves,
    suggesting,
    writing,
)
from workshops.actions.refusals import Refused
from workshops.doings import REDONE, UNDONE, Doing, doings, is_touched
from workshops.models import Bucket, Card, Consent, Deed, Participant, Workshop
from workshops.trails import MODELS, Row, Rows, Trail, backwards, now

KINDS = tuple(MODELS)
ACCEPTED = "suggestion-accepted"


@transaction.atomic
def undo(workshop: Workshop, *, of: UUID, by: Participant, operation: UUID) -> None:
    """Take one thing back that one did. Raises Refused."""
    if not writing.is_new(workshop, operation):
        return
    done = found(by, of, is_undone=False) or nothing(_("There is nothing to undo."))
    turn(workshop, done, backwards(done.rows), kind=UNDONE, by=by, operation=operation)


@transaction.atomic
def redo(workshop: Workshop, *, of: UUID, by: Participant, operation: UUID) -> None:
    """Do again what one has taken back. Raises Refused."""
    if not writing.is_new(workshop, operation):
        return
    done = found(by, of, is_undone=True) or nothing(_("There is nothing to do again."))
    turn(workshop, done, done.rows, kind=REDONE, by=by, operation=operation)


def found(by: Participant, of: UUID, *, is_undone: bool) -> Doing | None:
    return next((each for each in doings(by) if each.operation == of and each.is_undone == is_undone), None)


def nothing(sentence: str) -> Doing:
    raise Refused(sentence)


def changed() -> Refused:
    return Refused(_("Somebody has changed it since, so it stays as it is."))


def turn(workshop: Workshop, done: Doing, wanted: Rows, *, kind: str, by: Participant, operation: UUID) -> None:
    if is_touched(done, by):
        raise changed()
    spent = focus.spent(workshop) if "vote" in {kind_of(name) for name in wanted} else None
    rows = write(workshop, wanted)
    if not rows:
        raise changed()
    if spent is not None:
        refuse_overspending(workshop, spent)
    follow(workshop, rows, operation)
    if done.kind == ACCEPTED:
        turn_suggestion(workshop, done, kind=kind, by=by)
    note(workshop, done, rows, kind=kind, by=by, operation=operation)


def refuse_overspending(workshop: Workshop, before: Mapping[int, int]) -> None:
    """Raises Refused where somebody has more dots than before, and more than there are."""
    budget = focus.budget(focus.candidates(workshop).count())
    if any(dots > max(budget, before.get(voter, 0)) for voter, dots in focus.spent(workshop).items()):
        raise Refused(_("All your dots are placed. Take one back first."))


def follow(workshop: Workshop, rows: Rows, operation: UUID) -> None:
    """Whatever hangs on rows of these kinds is counted, told or compared anew."""
    kinds = {kind_of(name) for name in rows}
    if "card" in kinds:
        marking.hint(workshop)
        counting.hint(workshop)
    if "keep" in kinds:
        keeps.count(workshop, operation)
    for group in Workshop.objects.filter(pk__in=[pk_of(name) for name in rows if kind_of(name) == "workshop"]):
        bringing_back.tell(group)


def turn_suggestion(workshop: Workshop, done: Doing, *, kind: str, by: Participant) -> None:
    """What was accepted and is not any more is a suggestion again."""
    placed = done.payload["placed"]
    if kind == REDONE:
        suggesting.forget(placed=placed, by=by)
        return
    made = {name: after for name, (before, after) in done.rows.items() if before is None and after}
    opened = {int(name.partition(":")[2]): row["title"] for name, row in made.items() if kind_of(name) == "bucket"}
    suggesting.offer_again(workshop, placed=placed, opened=opened, by=by)


def note(workshop: Workshop, done: Doing, rows: Rows, *, kind: str, by: Participant, operation: UUID) -> None:
    """The log says of it as much as it said of what was done."""
    payload: dict[str, object] = {"of": str(done.operation), "kind": done.kind}
    author = anonymity.author(workshop, by) if done.deed else by.actor
    if done.deed:
        Deed.objects.filter(pk=done.deed.pk).update(turned_by=operation)
        payload = anonymity.told(workshop, payload)
    else:
        payload["rows"] = rows
    audience = author if done.is_secret else None
    live.record(workshop.topic, kind, operation=operation, by=author, audience=audience, payload=payload)


def write(workshop: Workshop, wanted: Rows) -> Rows:
    """Let the rows be what is wanted, and say what has changed. Raises Refused where they are not what they were."""
    rows = {name: MODELS[kind_of(name)].objects.filter(pk=name.partition(":")[2]).first() for name in wanted}
    trail = Trail(*(row for row in rows.values() if row is not None))
    for name in in_order(wanted):
        GUARDS[kind_of(name)](workshop, name, wanted[name])
        turn_row(name, *wanted[name])
    return trail.since(*(MODELS[kind_of(name)](pk=name.partition(":")[2]) for name in wanted))


def kind_of(name: str) -> str:
    return name.partition(":")[0]


def pk_of(name: str) -> int:
    return int(name.partition(":")[2])


def in_order(wanted: Rows) -> list[str]:
    """What is made first and what goes last: what others stand on is there as long as they are."""

    def place(name: str) -> tuple[int, int]:
        before, after = wanted[name]
        layer = KINDS.index(kind_of(name))
        return (0, layer) if before is None else (2, -layer) if after is None else (1, layer)

    return sorted(wanted, key=place)


def turn_row(name: str, before: Row | None, after: Row | None) -> None:
    kind, _colon, pk = name.partition(":")
    rows = MODELS[kind].objects.filter(pk=pk)
    row = now([name]).get(name)
    if before is None:
        if row is None:
            MODELS[kind].objects.create(pk=int(pk), **(after or {}))
    elif after is None:
        put_away(rows, is_as_it_was=row == before, kind=kind)
    elif row is None or any(row[column] != value for column, value in before.items()):
        raise changed()
    else:
        rows.update(**after)


def put_away(rows: Any, *, is_as_it_was: bool, kind: str) -> None:
    """Remove what was made. A bucket that was named anew or holds something else by now stays."""
    if not is_as_it_was and kind != "bucket":
        raise changed()
    try:
        with transaction.atomic():
            if is_as_it_was:
                rows.delete()
    except ProtectedError:
        if kind != "bucket":
            raise changed() from None


def guard_workshop(workshop: Workshop, name: str, change: Iterable[Row | None]) -> None:
    """A group is over again only if nothing has happened in it since it was apart again."""
    group = workshop.groups.filter(pk=pk_of(name)).first()
    _before, after = change
    if group is None or (after and after["state"] == Workshop.State.CLOSED and bringing_back.has_gone_on(group)):
        raise changed()


def guard_wording(workshop: Workshop, name: str, change: Iterable[Row | None]) -> None:
    """It goes with its card."""


def guard_bucket(workshop: Workshop, name: str, change: Iterable[Row | None]) -> None:
    """What was guessed in its unit holds that; else it can always change."""
    before, after = change
    if before and after and "unit" in after and (row := Bucket.objects.filter(pk=name.partition(":")[2]).first()):
        guessing.must_keep_its_unit(row, after["unit"])


def guard_card(workshop: Workshop, name: str, change: Iterable[Row | None]) -> None:
    """The bucket it goes to must be there, and what is a metric already keeps its state and its place."""
    before, after = change
    if after and after.get("bucket_id"):
        moves.bucket_of(workshop, after["bucket_id"])
    if before and after and {"state", "bucket_id"} & after.keys():
        adopting.must_not_be_adopted(card_of(pk_of(name)))


def guard_keep(workshop: Workshop, name: str, change: Iterable[Row | None]) -> None:
    judging.refuse_late(keeps.in_play(card_of(whole(name, change)["card_id"])))


def card_of(pk: int) -> Card:
    if card := Card.objects.filter(pk=pk).first():
        return card
    raise changed()


def guard_vote(workshop: Workshop, name: str, change: Iterable[Row | None]) -> None:
    if focus.is_open(workshop):
        raise Refused(_("The dots are open now. Ask a facilitator to vote again."))
    must_be_there(workshop, whole(name, change)["bucket_id"])


def guard_consent(workshop: Workshop, name: str, change: Iterable[Row | None]) -> None:
    answer = whole(name, change)
    must_be_there(workshop, answer["bucket_id"])
    if Consent.objects.filter(bucket=answer["bucket_id"], about=answer.get("about", ""), is_revealed=True).exists():
        raise Refused(_("The answers are open now. Ask a facilitator to ask again."))


def must_be_there(workshop: Workshop, bucket: int) -> None:
    if not workshop.buckets.filter(pk=bucket).exists():
        raise changed()


def whole(name: str, change: Iterable[Row | None]) -> Row:
    """A row with all its columns, as it is or as it is to be."""
    if row := now([name]).get(name):
        return row
    if made := next((each for each in change if each and len(each) > 1), None):
        return made
    raise changed()


GUARDS: Mapping[str, Callable[[Workshop, str, Iterable[Row | None]], None]] = {
    "workshop": guard_workshop,
    "cardwording": guard_wording,
    "bucket": guard_bucket,
    "card": guard_card,
    "keep": guard_keep,
    "vote": guard_vote,
    "consent": guard_consent,
}
