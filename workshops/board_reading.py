"""Reading a board back from its JSON file. What is wrong with a file is said in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mdd.forms import is_legible
from workshops.board_files import FORMAT, VERSION
from workshops.copies import BoardCopy, BucketCopy, CardCopy
from workshops.models import Bucket, Card, Reason, Stage, Template

LARGEST = 1_000_000
BUCKETS, CARDS, WORDINGS = 200, 1_000, 50
HEAVIEST = 1_000_000


class Unreadable(Exception):
    """The sentence says why."""


def read(content: bytes) -> BoardCopy:
    """The board that a file holds. Raises Unreadable."""
    said = parsed(content)
    if said.get("format") != FORMAT:
        raise Unreadable(_("This is no board. Choose the JSON file that “Take it along” has made."))
    if said.get("version") != VERSION:
        raise Unreadable(_("This board was written by another version, which cannot be read here."))
    buckets = [bucket(each) for each in listed(said, "buckets", BUCKETS)]
    return BoardCopy(
        title=text(said, "title", 80, is_needed=True),
        path=chosen(said, "path", Template.Path.values),
        stage=chosen(said, "stage", Stage.values),
        is_anonymous=said.get("is_anonymous") is True,
        buckets=buckets,
        cards=[card(each, len(buckets)) for each in listed(said, "cards", CARDS)],
    )


def parsed(content: bytes) -> Mapping[str, Any]:
    if len(content) > LARGEST:
        raise Unreadable(_("The file is too large. A board has at most 1 MB."))
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(_("This is no board. Choose the JSON file that “Take it along” has made.")) from None
    return said if isinstance(said, dict) else {}


def bucket(said: Mapping[str, Any]) -> BucketCopy:
    return BucketCopy(
        title=text(said, "title", 60, is_needed=True),
        origin=chosen(said, "origin", Bucket.Origin.values),
        question=text(said, "question", 140),
        if_rises=text(said, "if_rises", 200),
        if_falls=text(said, "if_falls", 200),
        unit=text(said, "unit", 30),
    )


def card(said: Mapping[str, Any], buckets: int) -> CardCopy:
    place = said.get("bucket")
    found = CardCopy(
        text=text(said, "text", 140, is_needed=True),
        kind=chosen(said, "kind", Card.Kind.values),
        state=chosen(said, "state", Card.State.values),
        weight=weighed(said.get("weight", 1)),
        reason=chosen(said, "reason", ["", *Reason.values]),
        parked_until=day(said.get("parked_until")),
        bucket=place,
        expectation=text(said, "expectation", 300),
        customer=text(said, "customer", 300),
        before=tuple(text(each, "text", 140, is_needed=True) for each in wordings(said)),
    )
    check(found, buckets)
    return found


def weighed(said: object) -> int:
    if type(said) is not int or not 1 <= said <= HEAVIEST:
        raise broken(said)
    return said


def wordings(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = said.get("before", [])
    if not isinstance(found, list) or len(found) > WORDINGS:
        raise broken("before")
    return [{"text": each} for each in found]


def check(card: CardCopy, buckets: int) -> None:
    """What the database would refuse."""
    is_parked = card.state == Card.State.PARKED
    has_place = type(card.bucket) is int and 0 <= card.bucket < buckets
    fits = [
        card.bucket is None or has_place,
        is_parked == bool(card.reason),
        is_parked or card.parked_until is None,
        card.state != Card.State.GROUPED or has_place,
        card.state != Card.State.THROWN or card.bucket is None,
    ]
    if not all(fits):
        raise broken(card.text)


def listed(said: Mapping[str, Any], name: str, most: int) -> list[Mapping[str, Any]]:
    rows = said.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise broken(name)
    if len(rows) > most:
        raise Unreadable(
            _("The board is too large: it may have at most %(most)s %(name)s.") % {"most": most, "name": name}
        )
    return rows


def text(said: Mapping[str, Any], name: str, longest: int, *, is_needed: bool = False) -> str:
    found = said.get(name, "")
    if not isinstance(found, str) or len(found) > longest or (is_needed and not found):
        raise broken(found or name)
    if found:
        attempt(is_legible, found)
    return found


def attempt(check: Callable[[str], None], found: str) -> None:
    try:
        check(found)
    except ValidationError:
        raise broken(found) from None


def chosen(said: Mapping[str, Any], name: str, known: list[str]) -> str:
    found = said.get(name)
    if not isinstance(found, str) or found not in known:
        raise broken(found or name)
    return found


def day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        raise broken(said) from None


def broken(what: object) -> Unreadable:
    said = "".join(sign for sign in str(what)[:40] if sign.isprintable())
    return Unreadable(_("Something in this file is not as a board has it, near “%(what)s”.") % {"what": said})
